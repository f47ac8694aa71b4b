"""What a unit still has to do goes along when a reorganisation gives its people to another unit."""

from hopso.accounts.records import account_store
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.place import desk_folder
from hopso.operations_desk.place import find_unit
from hopso.organisation.carrying_out import relocate
from hopso.organisation.events import PeopleHandedOver
from hopso.organisation.place import unit_of
from plone import api


# portal type -> states in which somebody still has to act, and the field that names the person it came from
OPEN = {
    "Incident": (("reported", "in_hand"), "reporter"),
    "Feedback": (("sent", "in_hand", "forwarded"), ""),
    "Violation": (("recorded", "decided"), "recorded_by"),
    "DataRequest": (("asked",), "person"),
}


def people_handed_over(event: PeopleHandedOver) -> None:
    """Move what is open to the new unit; what is done stays where it was done.

    If people remain in the old unit (it was split), only what came from those who
    left goes along, and feedback, which the unit got as a unit, stays.
    """
    source, target = find_unit(event.source), find_unit(event.target)
    if source is None or target is None:
        return
    emptied = not account_store().of_unit(event.source)
    catalog = api.portal.get_tool("portal_catalog")
    for portal_type, (states, field) in OPEN.items():
        brains = catalog.unrestrictedSearchResults(
            portal_type=portal_type, review_state=states, path="/".join(source.getPhysicalPath())
        )
        for brain in brains:
            thing = brain._unrestrictedGetObject()
            if unit_of(thing).getId() != event.source:
                continue
            if emptied or (field and getattr(thing, field, None) in event.people):
                relocate(thing, desk_folder(target, portal_type, local(now()).year))

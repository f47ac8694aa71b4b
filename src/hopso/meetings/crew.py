"""Who serves a meeting: the technicians of its sites, of the body that runs the system and of the provider.

They are no participants.  Their units stand in the participation records as
``crew:<unit id>`` with the part ``technicians``: whoever looks after lines and
rooms in such a unit learns when and where the meeting is, and nothing of what
it is about (NT-13.3).
"""

from hopso.organisation.vocabularies import unit_brains
from hopso.policy.api import policy_for
from plone import api


CREW = "crew"
PART = "technicians"


def crew_units(meeting) -> list[str]:
    """Return the ids of the units whose people serve *meeting*, sorted; none without sites."""
    uids = list(getattr(meeting, "sites", None) or ())
    if not uids:
        return []
    policy = policy_for(meeting)
    found = set(units_of_places(uids).values())
    for name in (policy.operator_unit, policy.provider_unit):
        found.update(unit_named(name))
    if not policy.operator_unit:
        from hopso.operations_desk.place import operator_unit  # which imports meetings

        operator = operator_unit()
        found.update([operator.getId()] if operator is not None else [])
    return sorted(found)


def unit_named(name: str) -> list[str]:
    """Return the id of the unit with this id or name as a list, empty if there is none."""
    wanted = (name or "").strip()
    brains = unit_brains() if wanted else ()
    return [one.getId for one in brains if wanted in (one.getId, one.Title)][:1]


def units_of_places(uids) -> dict[str, str]:
    """Return UID -> id of the innermost unit around each room or site; unknown UIDs are missing."""
    catalog = api.portal.get_tool("portal_catalog")
    units = {brain.getPath(): brain.getId for brain in unit_brains()}
    found = {}
    for brain in catalog.unrestrictedSearchResults(portal_type=("Site", "Room"), UID=list(uids)):
        path = brain.getPath()
        while path and path not in units:
            path = path.rpartition("/")[0]
        if path:
            found[brain.UID] = units[path]
    return found

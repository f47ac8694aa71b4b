"""Who serves a meeting: the people of its sites, of the body that runs the system and of the provider.

They are no participants.  Their units stand in the participation records as
``crew:<unit id>``, the people named for a site as themselves, both with the part
``technicians``: they learn when and where the meeting is, and nothing of what it
is about (NT-13.3).
"""

from DateTime import DateTime
from hopso.core.text import now
from hopso.organisation.vocabularies import unit_brains
from hopso.policy import bodies
from hopso.policy.api import policy_for
from plone import api


CREW = "crew"
PART = "technicians"


def crew_of(meeting) -> list[str]:
    """Return the principals (``crew:<unit id>``, ``user:<id>``) that serve *meeting*, sorted."""
    from hopso.operations_desk.duty.records import people_on_duty  # whose room knows meetings

    named = {f"user:{one}" for one in people_on_duty(meeting)}
    uids = list(getattr(meeting, "sites", None) or ())
    if not uids:
        return sorted(named)
    units = set(units_of_places(uids).values())
    units.update(unit.getId() for unit in helping_units(meeting))
    units.update(line_providers(uids))
    named |= {f"user:{one}" for one in people_of_sites(uids)}
    return sorted({f"{CREW}:{one}" for one in units} | named)


def helping_units(meeting) -> list:
    """Return the units of the operator and of the provider, as far as they are named."""
    policy = policy_for(meeting)
    found = [bodies.operator_unit(policy), bodies.provider_unit(policy)]
    return [one for one in found if one is not None]


def line_providers(uids) -> set[str]:
    """Return the ids of the units that supply the lines of these sites, as far as they are named there."""
    from hopso.inventory.sites.api import site_brains  # as below

    facts = [one.desk_facts for one in site_brains(uids) if isinstance(one.desk_facts, dict)]
    return {one["provider"] for one in facts if one.get("provider")}


def people_of_sites(uids) -> set[str]:
    """Return the user ids of those who are named to look after these sites today."""
    from hopso.inventory.sites.api import staff_of_uids  # whose room knows the desk, and that meetings

    return {one.user_id for staff in staff_of_uids(list(uids)).values() for one in staff}


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


def staff_changed(event) -> None:
    """Let the new people of a site serve the meetings to come, and those who left no more."""
    from hopso.meetings import participation

    catalog = api.portal.get_tool("portal_catalog")
    coming = {"query": DateTime(now()), "range": "min"}
    for brain in catalog.unrestrictedSearchResults(
        portal_type="Meeting", sites=event.site, meeting_end=coming
    ):
        participation.synchronise(brain._unrestrictedGetObject())

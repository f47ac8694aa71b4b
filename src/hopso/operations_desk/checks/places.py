"""The places of a meeting that are checked, and who may do it there."""

from dataclasses import dataclass

from hopso.meetings.crew import helping_units
from hopso.meetings.crew import people_of_sites
from hopso.meetings.crew import units_of_places
from hopso.operations_desk import place as desk
from hopso.operations_desk.checks import template
from hopso.operations_desk.checks.records import ROOM
from hopso.operations_desk.checks.records import SITE
from hopso.policy.api import policy_for
from plone import api


SERVE = "hopso: Serve meeting"
CONNECTED = ("online", "hybrid")


@dataclass(frozen=True)
class Place:
    """A site or a room of a meeting; unit: id of the unit that has it, occasions as in the template."""

    uid: str
    kind: str
    title: str
    unit: str
    occasions: frozenset = frozenset()


def places_of(meeting) -> list[Place]:
    """Return the sites of *meeting*, and the rooms of a connected one in which no site stands, in its order."""
    sites = list(meeting.sites or ())
    rooms = list(meeting.rooms or ()) if meeting.mode in CONNECTED else []
    if not sites and not rooms:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    brains = {
        one.UID: one
        for one in catalog.unrestrictedSearchResults(portal_type=("Site", "Room"), UID=[*sites, *rooms])
    }
    units, shared = units_of_places(brains), _occasions(meeting)
    found, taken = [], set()
    for uid in sites:
        if uid in brains:
            site = brains[uid]._unrestrictedGetObject()
            taken.add(site.room)
            found.append(
                Place(uid, SITE, site.title, units.get(uid, ""), shared | _of_site(meeting, uid, site))
            )
    for uid in rooms:
        if uid in brains and uid not in taken:
            found.append(Place(uid, ROOM, brains[uid].Title, units.get(uid, ""), shared))
    return found


def _occasions(meeting) -> frozenset:
    found = set()
    if (meeting.external_bridge or "").strip():
        found.add(template.BRIDGE)
    if policy_for(meeting).require_backdrop:
        found.add(template.BACKDROP)
    return frozenset(found)


def _of_site(meeting, uid, site) -> frozenset:
    found = set()
    if uid == meeting.chair_site or site.kind == "chair":
        found.add(template.CHAIR)
    if site.kind in ("central", "control_centre"):
        found.add(template.CENTRAL)
    return frozenset(found)


def place_titles(uids) -> dict[str, str]:
    """Return UID -> name of sites and rooms; those that are gone are missing."""
    wanted = [uid for uid in uids if uid]
    if not wanted:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type=("Site", "Room"), UID=wanted)
    return {one.UID: one.Title for one in found}


def may_serve(meeting, place_uid: str, unit_id: str = "") -> bool:
    """Tell whether the present user serves this place.

    That are its unit's people, those named for the site, the operator's, the
    provider's, and who is on duty there.
    The right on the meeting is asked for by the operation.
    """
    unit = desk.find_unit(unit_id or units_of_places([place_uid]).get(place_uid, ""))
    candidates = [*([unit] if unit is not None else []), *helping_units(meeting)]
    if any(api.user.has_permission(SERVE, obj=one) for one in candidates):
        return True
    from hopso.operations_desk.duty.records import on_duty  # which knows this module

    user_id = api.user.get_current().getId()
    return user_id in people_of_sites([place_uid]) or on_duty(meeting, place_uid, user_id)

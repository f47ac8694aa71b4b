"""What units hold now: the facts that planning and the check start from."""

from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.meetings.participation import participation_store
from hopso.organisation.assignments import assignment_store
from hopso.organisation.effects import Holding
from plone import api


# A meeting is open until it is concluded: somebody still has to do something about it.
OVER = ("concluded", "archived", "cancelled")
# Invitations matter until the meeting is over.
MET = (*OVER, "ended")


def open_meetings(**query) -> list:
    """Return the catalog's records of the open meetings that fit *query*, whoever asks."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Meeting", **query)
    return [brain for brain in found if brain.review_state not in OVER]


def holdings(unit_ids) -> dict[str, Holding]:
    """Return unit id -> what it holds, with four catalog queries in all."""
    wanted = sorted(unit_ids)
    found = {unit_id: Holding() for unit_id in wanted}
    if not wanted:
        return found
    accounts, assignments, moment = account_store(), assignment_store(), now()
    for unit_id, one in found.items():
        one.people.update(accounts.by_unit.get(unit_id, ()))
        for user_id in assignments.by_unit.get(unit_id, ()):
            for held in assignments.by_user.get(user_id, ()):
                if held.unit == unit_id and (held.until is None or moment < held.until):
                    one.functions.add((user_id, held.function))
    for brain in open_meetings(host_unit=wanted):
        found[brain.host_unit].meetings[brain.UID] = brain.Title
        if brain.review_state == "in_session":
            found[brain.host_unit].sitting += (brain.Title,)
    for brain in open_meetings(preparing_unit=wanted):
        found[brain.preparing_unit].preparing[brain.UID] = brain.Title
    _rooms(found)
    _invitations(found)
    return found


def _rooms(found):
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type=["Room", "Device"]):
        parts = brain.getPath().split("/")
        unit_id = parts[-3] if len(parts) > 2 else ""
        if unit_id in found:
            kept = found[unit_id].rooms if brain.portal_type == "Room" else found[unit_id].devices
            kept[brain.UID] = brain.Title


def _invitations(found):
    store, invited = participation_store(), {}
    for unit_id in found:
        for uid, _parts in store.meetings_of(f"unit:{unit_id}"):
            invited.setdefault(uid, []).append(unit_id)
    if not invited:
        return
    for brain in open_meetings(UID=sorted(invited)):
        if brain.review_state not in MET:
            for unit_id in invited[brain.UID]:
                found[unit_id].invitations[brain.UID] = brain.Title

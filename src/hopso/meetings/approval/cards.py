"""What waits for the present user, as the cards of the start page show it."""

from hopso.core.text import now
from hopso.meetings.approval import delegation
from hopso.meetings.approval import inbox
from plone import api


DECIDED_STATES = ("registered", "scheduled", "convened")
TO_PREPARE = ("registered", "scheduled", "convened")
SPEAKS = ("coordinators", "leaders", "secretaries")


def waiting_meetings() -> list:
    """Return the visible meetings in which something may wait for a decision."""
    catalog = api.portal.get_tool("portal_catalog")
    return list(catalog(portal_type="Meeting", review_state=list(DECIDED_STATES), sort_on="meeting_start"))


def to_decide(me) -> list[tuple[str, object]]:
    """Return (``urgent`` or ``step``, record of the meeting) of what waits for the decision of *me*."""
    delegated = {one.unit for one in delegation.current_of(me.user_id)}
    deciding = me.units(*(function for role, function in inbox.FUNCTION_OF.items() if role in inbox.DECIDERS))
    if not deciding and not delegated:
        return []
    brains = waiting_meetings()
    urgent = [("urgent", one) for one in inbox.to_decide(me, brains, delegated)]
    return urgent + [("step", one) for one in inbox.to_approve(me, brains)]


def to_prepare(me) -> list[tuple[object, object]]:
    """Return (record of the meeting, record of the item or None) of what the units of *me* prepare (NT-11.1).

    Items of meetings that other units host, and meetings as a whole; two queries.
    """
    units = me.units(*SPEAKS)
    if not units:
        return []
    catalog, wanted = api.portal.get_tool("portal_catalog"), sorted(units)
    whole = catalog(
        portal_type="Meeting", review_state=list(TO_PREPARE), preparing_unit=wanted, sort_on="meeting_start"
    )
    items = catalog(portal_type="AgendaItem", preparing_unit=wanted)
    uids = sorted({one.meeting_uid for one in items if one.meeting_uid})
    known = {one.UID: one for one in catalog(UID=uids, review_state=list(TO_PREPARE))} if uids else {}
    found = [(one, None) for one in whole if one.host_unit not in units]
    found += [
        (known[one.meeting_uid], one)
        for one in items
        if one.meeting_uid in known and known[one.meeting_uid].host_unit not in units
    ]
    moment = now()
    found = [pair for pair in found if pair[0].meeting_end > moment]
    return sorted(found, key=lambda pair: pair[0].meeting_start)

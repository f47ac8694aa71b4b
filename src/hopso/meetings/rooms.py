"""The rooms of a meeting: taken when it is scheduled, given back when it is not."""

from hopso import _
from hopso.core import errors
from hopso.core.text import span_text
from hopso.inventory import slots
from hopso.meetings import rules
from hopso.meetings.facts import head_count
from plone import api
from plone.uuid.interfaces import IUUID


HOLDS_ROOMS = ("scheduled", "convened", "in_session")


def room_findings(meeting, start, end, room_uids) -> list:
    """Return what stands against these rooms at that time: taken, too small, out of use."""
    found, people, uid = [], head_count(meeting), IUUID(meeting)
    for room in slots.rooms_of(room_uids):
        for slot in slots.conflicts(room, start, end, uid):
            found.append(rules.room_taken(room.title, visible_title(slot.meeting), span(slot)))
        found.extend(rules.seats(room.title, room.capacity or 0, people))
    return found


def visible_title(uid: str) -> str:
    """Return the title of a meeting if the present user may see it, else nothing."""
    brains = api.portal.get_tool("portal_catalog").searchResults(UID=uid, portal_type="Meeting")
    return brains[0].Title if brains else ""


def span(slot) -> str:
    """Return the time of a slot for people."""
    return span_text(slot.start, slot.end, api.portal.get_current_language() or "vi")


def take_rooms(meeting) -> None:
    """Book the meeting's rooms for its time, giving back others.  Raises EditConflict."""
    wanted, uid = tuple(meeting.rooms or ()), IUUID(meeting)
    given_up = [one for one in meeting.booked_rooms or () if one not in wanted]
    slots.free(slots.rooms_of(given_up), uid)
    try:
        slots.book(slots.rooms_of(wanted), meeting.start, meeting.end, uid)
    except slots.RoomTaken as taken:
        finding = rules.room_taken(taken.room.title, visible_title(taken.slot.meeting), span(taken.slot))
        raise errors.EditConflict(_("The room is not free at that time."), findings=[finding]) from taken
    if meeting.booked_rooms != wanted:
        meeting.booked_rooms = wanted


def release_rooms(meeting) -> None:
    """Give back all rooms of the meeting."""
    if meeting.booked_rooms:
        slots.free(slots.rooms_of(meeting.booked_rooms), IUUID(meeting))
        meeting.booked_rooms = ()


def keeps_slots(meeting) -> bool:
    """Tell whether the rooms booked are those of the meeting's present fields."""
    uid = IUUID(meeting)
    if meeting.booked_rooms is None:
        # Imported in this state: the operations have never given it a slot.
        return True
    if meeting.booked_rooms != tuple(meeting.rooms or ()):
        return False
    wanted = (meeting.start, meeting.end)
    return all(
        any(slot.meeting == uid and (slot.start, slot.end) == wanted for slot in slots.slots_of(room))
        for room in slots.rooms_of(meeting.booked_rooms)
    )

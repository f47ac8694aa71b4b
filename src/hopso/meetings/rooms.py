"""What a meeting has: taken when it is scheduled, given back when it is not."""

from hopso import _
from hopso.booking import api as booking
from hopso.booking.alternatives import alternatives
from hopso.booking.alternatives import wanted_by
from hopso.booking.answers import findings_of
from hopso.booking.answers import of_room
from hopso.booking.hours import outside_hours
from hopso.booking.preemption import may_be_taken
from hopso.booking.resources import thing_of
from hopso.booking.rules import too_long
from hopso.booking.spans import LONGEST
from hopso.booking.spans import room_key
from hopso.booking.spans import SITE
from hopso.booking.spans import site_key
from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.rules import bookable
from hopso.meetings import rules
from hopso.meetings.facts import head_count
from hopso.policy.api import policy_for
from plone.uuid.interfaces import IUUID


HOLDS_ROOMS = ("scheduled", "convened", "in_session")


def room_findings(meeting, start, end, room_uids, site_uids=None) -> list:
    """Return what stands against these rooms and sites at that time: taken, too small, out of use.

    ``site_uids`` None: the sites of the meeting.  What is taken comes with what is free
    instead (``data["alternatives"]``).
    """
    if end - start > LONGEST:
        return [too_long(LONGEST.days)]
    policy, people = policy_for(meeting), head_count(meeting)
    found = resource_findings(meeting, start, end, room_uids, site_uids)
    found.extend(outside_hours(start, end, policy.bookable_hours))
    for uid in room_uids or ():
        room = thing_of(room_key(uid))
        if room is not None:
            found.extend(of_room(room.title, bookable(room, policy, local(start).date())))
            found.extend(rules.seats(room.title, room.capacity or 0, people))
    return found


def resource_findings(meeting, start, end, room_uids=None, site_uids=None) -> list:
    """Return who else has the rooms, sites and the bridge at that time, margins included."""
    wanted = wanted_by(meeting, room_uids, site_uids, start, end)
    in_the_way = booking.conflicts(wanted.resources(), *wanted.span(), wanted.holder)
    if not in_the_way:
        return []
    return findings_of(in_the_way, alternatives(wanted), may_be_taken(meeting, in_the_way))


def take_rooms(meeting) -> None:
    """Book what the meeting needs for its time, giving back the rest; all or nothing.  Raises EditConflict."""
    setup, teardown = booking.margins_of(meeting)
    try:
        booking.book(
            booking.resources_of(meeting), meeting.start, meeting.end, IUUID(meeting), setup, teardown
        )
    except booking.Taken as taken:
        findings = findings_of(taken.conflicts, alternatives(wanted_by(meeting)))
        raise errors.EditConflict(_("The room is not free at that time."), findings=findings) from taken
    if meeting.booked_rooms != tuple(meeting.rooms or ()):
        meeting.booked_rooms = tuple(meeting.rooms or ())


def release_rooms(meeting) -> None:
    """Give back all that the meeting has; what is past stays for the statistics."""
    uid = IUUID(meeting)
    if booking.bookings_of(uid):
        booking.stop(uid, now())
    if meeting.booked_rooms:
        meeting.booked_rooms = ()


def keeps_slots(meeting) -> bool:
    """Tell whether what is booked is what the meeting's present fields say."""
    if meeting.booked_rooms is None:
        # Imported in this state: the operations have never given it a slot.
        return True
    if meeting.booked_rooms != tuple(meeting.rooms or ()):
        return False
    held = booking.bookings_of(IUUID(meeting))
    if any((one.begins, one.ends) != (meeting.start, meeting.end) for one in held):
        return False
    named = {one.resource for one in held}
    # Rooms of sites and the bridge follow from these; that they changed elsewhere moves no meeting.
    return {room_key(uid) for uid in meeting.rooms or ()} <= named and {
        one for one in named if one.startswith(SITE)
    } == {site_key(uid) for uid in meeting.sites or ()}

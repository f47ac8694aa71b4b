"""Which meeting has which room when: one small record a room.

All bookings of a room are one persistent object.  Two people who book the
same room at once therefore conflict in the database; the second is tried
again by the publisher, and then sees the slot of the first.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from hopso.core.moments import to_utc
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.inventory.slots"
# Past slots are of no use for booking; the meetings themselves remember.
KEEP = timedelta(days=2)


@dataclass(frozen=True)
class Slot:
    """A room is taken from *start* until *end* (aware) by the meeting *meeting* (UID)."""

    start: datetime
    end: datetime
    meeting: str

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Tell whether it overlaps with the half-open span from *start* to *end*."""
        return self.start < end and start < self.end


class Slots(Persistent):
    """The slots of one room, as one tuple."""

    taken: tuple = ()


class RoomTaken(Exception):
    """Raised by ``book``: ``room`` (object) is taken by ``slot``."""

    def __init__(self, room, slot):
        super().__init__(f"{room.getId()} is taken by {slot.meeting}")
        self.room = room
        self.slot = slot


def room_of(uid: str):
    """Return the room with this UID, whatever the user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Room", UID=uid)
    return found[0]._unrestrictedGetObject() if found else None


def rooms_of(uids) -> list:
    """Return the rooms with these UIDs; those that do not exist any more are left out."""
    return [room for room in map(room_of, uids or ()) if room is not None]


def slots_of(room) -> tuple[Slot, ...]:
    """Return the slots of a room in the order of time."""
    record = IAnnotations(room).get(KEY)
    return record.taken if record is not None else ()


def conflicts(room, start: datetime, end: datetime, meeting: str) -> list[Slot]:
    """Return the slots of other meetings than *meeting* (UID) in that span."""
    return [slot for slot in slots_of(room) if slot.meeting != meeting and slot.overlaps(start, end)]


def book(rooms, start: datetime, end: datetime, meeting: str) -> None:
    """Take *rooms* for *meeting* (UID); its former slots in them are replaced.

    Raises RoomTaken, and then nothing was booked.
    """
    for room in rooms:
        for slot in conflicts(room, start, end, meeting):
            raise RoomTaken(room, slot)
    for room in rooms:
        _replace(room, meeting, Slot(to_utc(start), to_utc(end), meeting))


def free(rooms, meeting: str) -> None:
    """Give back what *meeting* (UID) has of *rooms*."""
    for room in rooms:
        if any(slot.meeting == meeting for slot in slots_of(room)):
            _replace(room, meeting, None)


def _replace(room, meeting, slot):
    annotations = IAnnotations(room)
    if KEY not in annotations:
        annotations[KEY] = Slots()
    kept = [one for one in annotations[KEY].taken if one.meeting != meeting and one.end > now() - KEEP]
    kept.extend([slot] if slot else [])
    annotations[KEY].taken = tuple(sorted(kept, key=lambda one: (one.start, one.end)))

"""Where bookings are kept: for each resource a tree of days, for each day one small object.

A booking stands in the object of every day that it touches.  Two people whose
bookings of a resource overlap therefore write the same object (or make the
same new one): the database lets one of them through, the other one is tried
again and then sees the first.  Bookings of different days or resources do not
meet.  Looking for conflicts reads the days asked for and nothing else, however
many bookings there are.

The object of a day is never taken out of its tree, not even when it is empty:
somebody else may just be writing into it.
"""

from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from hopso.booking.spans import Booking
from hopso.booking.spans import checked_span
from hopso.booking.spans import days_of
from hopso.booking.spans import first_day
from hopso.booking.spans import last_day
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.booking"


class Day(Persistent):
    """What a resource is taken for on one day: plain tuples, in no order."""

    taken: tuple = ()


class Taken(Exception):
    """Raised by ``book``: ``conflicts`` are the bookings of others in the way; nothing was booked."""

    def __init__(self, conflicts):
        self.conflicts = list(conflicts)
        super().__init__(", ".join(f"{one.resource} is taken by {one.holder}" for one in self.conflicts))


class Ledger(Persistent):
    """All bookings.

    ``resources``: resource -> day (number, UTC) -> Day.
    ``holders``: holder -> ((resource, start, end), …), to find what somebody has.
    ``blocks``: id -> what is known of a blocking (``hopso.booking.blocks``).
    """

    def __init__(self):
        self.resources = OOBTree()
        self.holders = OOBTree()
        self.blocks = OOBTree()

    def between(self, resource: str, start, end) -> list[Booking]:
        """Return the bookings of a resource that meet the span, in order of time."""
        days = self.resources.get(resource)
        if days is None:
            return []
        first = first_day(start)
        found = [
            booking
            for number, day in days.items(first, last_day(end))
            for booking in (_read(resource, row) for row in day.taken)
            # What goes on for days is taken from the first of them that is asked for.
            if number == max(first, first_day(booking.start)) and booking.overlaps(start, end)
        ]
        return sorted(found, key=lambda one: (one.start, one.end, one.holder))

    def held(self, holder: str) -> list[Booking]:
        """Return the bookings of a holder, in order of time and resource."""
        found = [
            booking
            for resource, start, end in self.holders.get(holder, ())
            for booking in (_read(resource, row) for row in self.resources[resource][first_day(start)].taken)
            if (booking.holder, booking.start, booking.end) == (holder, start, end)
        ]
        return sorted(found, key=lambda one: (one.start, one.end, one.resource))

    def conflicts(self, resources, start, end, holder: str = "") -> list[Booking]:
        """Return the bookings of others than *holder* that meet the span."""
        return [
            booking
            for resource in dict.fromkeys(resources)
            for booking in self.between(resource, start, end)
            if booking.holder != holder
        ]

    def book(self, holder: str, bookings) -> None:
        """Give *holder* exactly these *bookings*.  Raises Taken or ValueError, and then nothing was changed."""
        bookings = list(bookings)
        for one in bookings:
            checked_span(one.begins, one.ends)
        in_the_way = [
            other for one in bookings for other in self.conflicts([one.resource], one.start, one.end, holder)
        ]
        if in_the_way:
            raise Taken(in_the_way)
        self.replace(holder, bookings)

    def replace(self, holder: str, bookings) -> None:
        """Give *holder* exactly these *bookings*; asks for no conflicts."""
        bookings = tuple(bookings)
        for old in self.held(holder):
            if old not in bookings:
                self._take_out(old)
        known = set(self.held(holder))
        for new in bookings:
            if new not in known:
                self._put_in(new)
        index = tuple((one.resource, one.start, one.end) for one in bookings)
        if not index:
            self.holders.pop(holder, None)
        elif index != self.holders.get(holder):
            self.holders[holder] = index

    def _put_in(self, booking):
        days = self.resources.get(booking.resource)
        if days is None:
            days = self.resources[booking.resource] = LOBTree()
        for number in days_of(booking.start, booking.end):
            day = days.get(number)
            if day is None:
                day = days[number] = Day()
            day.taken = (*day.taken, _row(booking))

    def _take_out(self, booking):
        days, row = self.resources[booking.resource], _row(booking)
        for number in days_of(booking.start, booking.end):
            days[number].taken = tuple(one for one in days[number].taken if one != row)
        entries = self.holders.get(booking.holder, ())
        gone = (booking.resource, booking.start, booking.end)
        self.holders[booking.holder] = tuple(one for one in entries if one != gone)


def _row(booking: Booking) -> tuple:
    return (
        booking.start,
        booking.end,
        booking.begins,
        booking.ends,
        booking.holder,
        booking.kind,
        booking.note,
    )


def _read(resource: str, row: tuple) -> Booking:
    start, end, begins, ends, holder, kind, note = row
    return Booking(resource, start, end, holder, kind, begins, ends, note)


def ledger() -> Ledger:
    """Return the ledger of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> Ledger:
    """Make the ledger if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = Ledger()
    return annotations[KEY]

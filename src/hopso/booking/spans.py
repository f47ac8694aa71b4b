"""Bookings and the days they touch; pure.

All moments are aware and in UTC, all spans half-open: what ends at nine and
what begins at nine do not meet.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from hopso.core.moments import to_utc


MEETING, BLOCK = "meeting", "block"
ROOM, SITE, BRIDGE = "room:", "site:", "bridge:"
# A record a day: what is longer is a mistake of typing.
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Booking:
    """*resource* is taken from *start* until *end* by *holder*.

    resource: ``room:<UID>``, ``site:<UID>`` or ``bridge:<name>``.
    start, end: with the margins for setting up and clearing away; begins,
    ends: without them (default: the same).  Aware, UTC, half-open.
    holder: UID of the meeting, or id of the blocking; kind: ``meeting`` or
    ``block``; note: for people, may be empty.
    """

    resource: str
    start: datetime
    end: datetime
    holder: str
    kind: str = MEETING
    begins: datetime | None = None
    ends: datetime | None = None
    note: str = ""

    def __post_init__(self):
        for name, value in (("begins", self.start), ("ends", self.end)):
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Tell whether it meets the half-open span from *start* to *end*."""
        return self.start < end and start < self.end


def room_key(uid: str) -> str:
    """Return the resource of the room with this UID."""
    return ROOM + uid


def site_key(uid: str) -> str:
    """Return the resource of the site with this UID."""
    return SITE + uid


def bridge_key(name: str) -> str:
    """Return the resource of the bridge of this name."""
    return BRIDGE + name


def checked_span(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return the span in UTC.  Raises ValueError if it is empty, backwards or longer than a year."""
    start, end = to_utc(start), to_utc(end)
    if not start < end:
        raise ValueError(f"not a span: {start} to {end}")
    if end - start > LONGEST:
        raise ValueError(f"too long: {start} to {end}")
    return start, end


def with_margins(begins: datetime, ends: datetime, setup: int = 0, teardown: int = 0):
    """Return the span in UTC with margins of that many minutes.  Raises ValueError as checked_span."""
    if setup < 0 or teardown < 0:
        raise ValueError("a margin is not negative")
    begins, ends = checked_span(begins, ends)
    return begins - timedelta(minutes=setup), ends + timedelta(minutes=teardown)


def first_day(start: datetime) -> int:
    """Return the number of the day (UTC) in which a span begins."""
    return to_utc(start).toordinal()


def last_day(end: datetime) -> int:
    """Return the number of the day (UTC) of the last moment before *end*."""
    return (to_utc(end) - datetime.resolution).toordinal()


def days_of(start: datetime, end: datetime) -> range:
    """Return the numbers of the days (UTC) that a half-open span touches."""
    return range(first_day(start), last_day(end) + 1)

"""Blocking a room or a site: an interval, or the same hours every week until a day, with a reason.

A blocking is bookings of the kind ``block`` under one holder, so nothing else
can be booked then; what is known of it is one small record in the ledger.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.booking.spans import BLOCK
from hopso.booking.spans import Booking
from hopso.booking.spans import LONGEST
from hopso.booking.store import ledger
from hopso.core.moments import to_utc
from hopso.core.text import local
from hopso.core.text import now


MAINTENANCE, LOCAL_USE, OTHER = "maintenance", "local", "other"
CAUSES = {
    MAINTENANCE: _("Maintenance"),
    LOCAL_USE: _("Own use of the unit"),
    OTHER: _("Other reason"),
}
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Blocking:
    """What is known of a blocking.

    id: its holder in the ledger; resource: ``room:<UID>`` or ``site:<UID>``;
    cause: one of CAUSES; note: why, for those who look after the bookings;
    begins, ends: of the first time (UTC); until: last day of a weekly one (Viet
    Nam), None for a single one; by: user id; at: when it was made; ended:
    when and by whom the rest was given up.
    """

    id: str
    resource: str
    cause: str
    note: str
    begins: datetime
    ends: datetime
    until: date | None = None
    by: str = ""
    at: datetime | None = None
    ended: datetime | None = None
    ended_by: str = ""


def times(begins: datetime, ends: datetime, until: date | None = None) -> list[tuple[datetime, datetime]]:
    """Return the spans (UTC) of a blocking: one, or one a week up to the day *until* (Viet Nam).

    Viet Nam has no summer time: a week later is the same hour.  Raises ValueError
    for a span that is none, a week that overlaps with the next, or more than a year.
    """
    begins, ends = to_utc(begins), to_utc(ends)
    if not begins < ends or ends - begins > LONGEST:
        raise ValueError("not a span")
    if until is None:
        return [(begins, ends)]
    if ends - begins > WEEK:
        raise ValueError("longer than a week")
    last = local(begins).date() + LONGEST
    if not local(begins).date() <= until <= last:
        raise ValueError("until is before the beginning or too far away")
    found = []
    while local(begins).date() <= until:
        found.append((begins, ends))
        begins, ends = begins + WEEK, ends + WEEK
    return found


def bookings_for(blocking: Blocking) -> list[Booking]:
    """Return the bookings of a blocking."""
    return [
        Booking(blocking.resource, begins, ends, blocking.id, BLOCK, note=blocking.cause)
        for begins, ends in times(blocking.begins, blocking.ends, blocking.until)
    ]


def conflicts_of(bookings) -> list[Booking]:
    """Return what others have at the times of *bookings*, each once."""
    book = ledger()
    found = [
        other for one in bookings for other in book.conflicts([one.resource], one.start, one.end, one.holder)
    ]
    return list(dict.fromkeys(found))


def put(blocking: Blocking, leave_out_taken: bool = False) -> list[Booking]:
    """Book a blocking and keep its record; return what was booked.

    leave_out_taken: what meets others is left out; else Taken is raised.
    """
    book, wanted = ledger(), bookings_for(blocking)
    if leave_out_taken:
        wanted = [one for one in wanted if not book.conflicts([one.resource], one.start, one.end)]
    book.book(blocking.id, wanted)
    book.blocks[blocking.id] = blocking
    return wanted


def give_up(block_id: str, by: str, only: datetime | None = None) -> list[Booking]:
    """Free what is left of a blocking, or only the one time that begins at *only*; return what was freed.

    What is past stays for the statistics.
    """
    book, moment = ledger(), now()
    held = book.held(block_id)
    if only is not None:
        gone = [one for one in held if one.begins == to_utc(only) and one.end > moment]
    else:
        gone = [one for one in held if one.end > moment]
    kept = [one for one in held if one not in gone]
    # The one that is going on ends now.
    kept += [replace(one, end=moment, ends=moment) for one in gone if one.start < moment]
    book.replace(block_id, kept)
    if gone and only is None:
        book.blocks[block_id] = replace(book.blocks[block_id], ended=moment, ended_by=by)
    return gone


def blocking_of(block_id: str) -> Blocking | None:
    """Return a blocking by its id."""
    return ledger().blocks.get(block_id)


def blockings_between(resource: str, start: datetime, end: datetime) -> list[tuple[Blocking, list[Booking]]]:
    """Return the blockings of a resource within a span, each with its times there, in order of time."""
    book, found = ledger(), {}
    for one in book.between(resource, to_utc(start), to_utc(end)):
        if one.kind == BLOCK:
            found.setdefault(one.holder, []).append(one)
    return [(book.blocks[holder], bookings) for holder, bookings in found.items() if holder in book.blocks]

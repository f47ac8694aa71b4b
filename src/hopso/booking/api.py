"""What other rooms ask of booking.  Nothing here asks for rights: operations do.

Moments handed in are aware (a naive one is taken for Vietnamese time); those
handed out are UTC.
"""

from dataclasses import replace
from datetime import datetime

from hopso.booking.alternatives import Alternative as Alternative
from hopso.booking.alternatives import alternatives as alternatives
from hopso.booking.alternatives import Wanted as Wanted
from hopso.booking.resources import resources_for as resources_for
from hopso.booking.resources import resources_of as resources_of
from hopso.booking.resources import title_of as title_of
from hopso.booking.spans import Booking
from hopso.booking.spans import MEETING
from hopso.booking.spans import with_margins
from hopso.booking.store import ledger
from hopso.booking.store import Taken as Taken
from hopso.core.moments import to_utc
from hopso.policy.api import policy_for


def bookings_between(resource: str, start: datetime, end: datetime) -> list[Booking]:
    """Return the bookings of *resource* that meet the span (margins count), in order of time."""
    return ledger().between(resource, to_utc(start), to_utc(end))


def bookings_of(holder: str) -> list[Booking]:
    """Return what a meeting (UID) or blocking (id) has, in order of time."""
    return ledger().held(holder)


def conflicts(resources, start: datetime, end: datetime, holder: str = "") -> list[Booking]:
    """Return the bookings of others than *holder* that meet the span from *start* to *end*.

    Put the margins of what is planned into the span (``span_of``).
    """
    return ledger().conflicts(resources, to_utc(start), to_utc(end), holder)


def book(
    resources, begins, ends, holder: str, setup: int = 0, teardown: int = 0, kind: str = MEETING, note=""
) -> None:
    """Give *holder* exactly these *resources* from *begins* to *ends*, and nothing else any more.

    setup, teardown: minutes that are taken before and after.  Raises Taken, and
    then nothing was changed; ValueError for a span that is none.
    """
    start, end = with_margins(begins, ends, setup, teardown)
    begins, ends = to_utc(begins), to_utc(ends)
    book_all(
        holder,
        [
            Booking(resource, start, end, holder, kind, begins, ends, note)
            for resource in dict.fromkeys(resources)
        ],
    )


def book_all(holder: str, bookings) -> None:
    """Give *holder* exactly these *bookings* (of any times).  Raises Taken, and then nothing was changed."""
    ledger().book(holder, bookings)


def free(holder: str) -> None:
    """Give back all that *holder* has, past bookings too."""
    ledger().replace(holder, ())


def stop(holder: str, moment: datetime) -> None:
    """Give back what *holder* has from *moment* on; what is past stays for the statistics."""
    moment = to_utc(moment)
    kept = [
        one
        if one.end <= moment
        else replace(one, end=moment, begins=min(one.begins, moment), ends=min(one.ends, moment))
        for one in bookings_of(holder)
        if one.start < moment
    ]
    ledger().replace(holder, kept)


def margins_of(meeting) -> tuple[int, int]:
    """Return the minutes that are taken before and after *meeting*."""
    policy = policy_for(meeting)
    return policy.setup_minutes, policy.teardown_minutes


def span_of(meeting, start=None, end=None) -> tuple[datetime, datetime]:
    """Return the span of *meeting* (or of another time for it) with its margins, in UTC."""
    return with_margins(start or meeting.start, end or meeting.end, *margins_of(meeting))

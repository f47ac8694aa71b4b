"""Times of a day at which something can be held; pure.

Hours are those of Viet Nam; moments are aware.  ``bookable_hours`` of the
policy are spans of the day; a meeting begins in one and ends in one, so that
one of a whole day goes through the break at noon.
"""

from collections.abc import Callable
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.text import LOCAL
from hopso.core.text import local


# Where the policy leaves it open, other times are offered in these hours.
USUAL = (time(7, 0), time(18, 0))
STEP = timedelta(minutes=15)
MANAGE_BOOKINGS = "hopso: Manage bookings"
OVERRIDE_WHO = _("who looks after the bookings, giving the reason")


def outside_hours(start: datetime, end: datetime, hours) -> list[Finding]:
    """Forbid a meeting that begins or ends outside of *hours* (sessions; none: round the clock)."""
    if not hours or (_within(start, hours, False) and _within(end, hours, True)):
        return []
    spans = ", ".join(str(one) for one in hours)
    text = _("Rooms and sites are booked from ${spans} only.", mapping={"spans": spans})
    return [Finding("HS-HOURS", BLOCK, text, override=MANAGE_BOOKINGS, override_who=OVERRIDE_WHO)]


def _within(moment, hours, as_end):
    clock = local(moment).time()
    if as_end:
        return any(one.start < clock <= one.end for one in hours)
    return any(one.start <= clock < one.end for one in hours)


def free_starts(
    near: datetime,
    length: timedelta,
    fits: Callable[[datetime], bool],
    *,
    hours=(),
    earliest: datetime | None = None,
    most: int = 3,
) -> list[datetime]:
    """Return up to *most* other beginnings on the day of *near*, the closest ones first.

    ``fits(start)`` tells whether everything is free then; no beginning before *earliest*.
    What lasts a day or longer is offered on the seven days around instead.
    """
    if length >= timedelta(days=1):
        found = [near + timedelta(days=number) for number in range(-7, 8) if number]
    else:
        found = _quarters(near, length, hours)
    found = [one for one in found if one != near and (earliest is None or one > earliest)]
    chosen = []
    for start in sorted(found, key=lambda one: (abs(one - near), one)):
        if fits(start):
            chosen.append(start)
            if len(chosen) == most:
                break
    return chosen


def _quarters(near, length, hours):
    day = local(near).replace(hour=0, minute=0, second=0, microsecond=0)
    spans = [(one.start, one.end) for one in hours] or [USUAL]
    first = min(start for start, _end in spans)
    last = max(end for _start, end in spans)
    moment = datetime.combine(day.date(), first, LOCAL)
    until = datetime.combine(day.date(), last, LOCAL)
    found = []
    while moment + length <= until:
        if not outside_hours(moment, moment + length, hours):
            found.append(moment)
        moment += STEP
    return found

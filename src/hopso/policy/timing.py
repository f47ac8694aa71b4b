"""Arithmetic of deadlines in the time of Viet Nam; pure, without any site.

Moments are aware datetimes; results are aware, in Asia/Ho_Chi_Minh, which has
known no summer time since 1975: a day always has 24 hours.  A deadline is the
last moment that is still in time: *exactly* two days before is in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import lru_cache

from holidays import country_holidays
from hopso.core.text import LOCAL
from hopso.core.text import local


HOURS, CALENDAR_DAYS, WORKING_DAYS, SESSIONS = "hours", "calendar_days", "working_days", "sessions"
UNITS = (HOURS, CALENDAR_DAYS, WORKING_DAYS, SESSIONS)
ROUND_THE_CLOCK, OFFICE_HOURS = "round_the_clock", "office_hours"
CLOCKS = (ROUND_THE_CLOCK, OFFICE_HOURS)
NO_LEAD_TIME = "none"
# No rule of ours looks further than this; a calendar without working days ends here.
HORIZON_DAYS = 1500


@dataclass(frozen=True, order=True)
class LeadTime:
    """A span of time as regulations write it: ``2 calendar_days``, ``3 hours``, ``1 sessions``.

    value: whole number, not negative; unit: one of UNITS (a session is half a
    working day: "01 buổi").
    """

    value: int
    unit: str = HOURS

    def __post_init__(self):
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not 0 <= self.value <= 1000:
            raise ValueError(f"not a number of {self.unit}: {self.value!r}")
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}")

    def __str__(self):
        return f"{self.value} {self.unit}"

    @classmethod
    def parse(cls, text: str) -> "LeadTime | None":
        """Read ``2 calendar_days``; ``none`` or nothing is None.  Raises ValueError."""
        parts = str(text or NO_LEAD_TIME).split()
        if parts == [NO_LEAD_TIME]:
            return None
        if len(parts) != 2:
            raise ValueError(f"not a lead time: {text!r}")
        return cls(int(parts[0]), parts[1])


@dataclass(frozen=True, order=True)
class Session:
    """One half of a working day, from *start* to *end* (naive times, Viet Nam)."""

    start: time
    end: time

    def __post_init__(self):
        if self.start >= self.end:
            raise ValueError("a session ends after it starts")

    def __str__(self):
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> "Session":
        """Read ``07:30-11:30``.  Raises ValueError."""
        start, _dash, end = str(text).strip().partition("-")
        return cls(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))


SESSIONS_OF_THE_DAY = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 0)))


@dataclass(frozen=True)
class WorkCalendar:
    """Which days and hours are worked.

    Monday to Friday without the public holidays of Viet Nam (package
    ``holidays``: lunar new year, Hùng Kings and days in lieu included), plus
    ``days_off`` and minus ``days_worked`` that the administrator states.
    ``sessions`` are the office hours, in order.
    """

    sessions: tuple[Session, ...] = SESSIONS_OF_THE_DAY
    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on *day*."""
        if day in self.days_worked:
            return True
        return day not in self.days_off and _national_working_day(day)

    def working_days(self, day: date, step: int) -> Iterator[date]:
        """Yield the working days after (*step* 1) or before (*step* -1) *day*, itself not included."""
        for _number in range(HORIZON_DAYS):
            day += timedelta(days=step)
            if self.is_working_day(day):
                yield day

    def sessions_before(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the sessions that end at or before *moment*, the latest first."""
        here = local(moment)
        for session in self._spans(here.date(), reverse=True):
            if session[1] <= here:
                yield session
        for day in self.working_days(here.date(), -1):
            yield from self._spans(day, reverse=True, known=True)

    def sessions_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the sessions that end after *moment*, the first one cut to what is left of it."""
        here = local(moment)
        for start, end in self._spans(here.date()):
            if end > here:
                yield max(start, here), end
        for day in self.working_days(here.date(), 1):
            yield from self._spans(day, known=True)

    def _spans(self, day, reverse=False, known=False):
        if not known and not self.is_working_day(day):
            return []
        spans = [(at(day, one.start), at(day, one.end)) for one in self.sessions]
        return spans[::-1] if reverse else spans


DEFAULT_CALENDAR = WorkCalendar()


def at(day: date, clock: time) -> datetime:
    """Return the aware moment of *clock* on *day* in Viet Nam."""
    return datetime.combine(day, clock, tzinfo=LOCAL)


def deadline_before(
    moment: datetime, lead: LeadTime | None, calendar: WorkCalendar = DEFAULT_CALENDAR
) -> datetime:
    """Return the last moment that is *lead* before *moment*; None means just before it.

    - hours and calendar days: 24 h × n back, whatever the calendar says;
    - working days: the same clock time on the n-th working day before;
    - sessions: the end of the n-th session that is over before the session
      of *moment* begins ("01 buổi" for 08:00: the end of the last afternoon).
    """
    here = local(moment)
    if lead is None:
        return here
    if lead.unit == HOURS:
        return here - timedelta(hours=lead.value)
    if lead.unit == CALENDAR_DAYS:
        return here - timedelta(days=lead.value)
    if lead.value == 0:
        return here
    if lead.unit == WORKING_DAYS:
        return at(
            _nth(calendar.working_days(here.date(), -1), lead.value), here.timetz().replace(tzinfo=None)
        )
    return _nth(calendar.sessions_before(here), lead.value)[1]


def deadline_after(
    moment: datetime,
    lead: LeadTime | None,
    calendar: WorkCalendar = DEFAULT_CALENDAR,
    clock: str = ROUND_THE_CLOCK,
) -> datetime:
    """Return the last moment that is within *lead* after *moment*; None means at once.

    - hours: round the clock, or counted in office hours only (*clock*);
    - calendar days: 24 h × n;
    - working days: the day of *moment* does not count; the last second of the n-th;
    - sessions: the end of the n-th session that begins or goes on after *moment*.
    """
    here = local(moment)
    if lead is None:
        return here
    if lead.unit == HOURS:
        left = timedelta(hours=lead.value)
        return here + left if clock == ROUND_THE_CLOCK else _after_office_hours(here, left, calendar)
    if lead.unit == CALENDAR_DAYS:
        return here + timedelta(days=lead.value)
    if lead.value == 0:
        return here
    if lead.unit == WORKING_DAYS:
        return at(_nth(calendar.working_days(here.date(), 1), lead.value), time(23, 59, 59))
    return _nth(calendar.sessions_from(here), lead.value)[1]


def in_time(moment: datetime, deadline: datetime) -> bool:
    """Tell whether *moment* keeps *deadline* (the deadline itself does)."""
    return moment <= deadline


def is_office_time(moment: datetime, calendar: WorkCalendar = DEFAULT_CALENDAR) -> bool:
    """Tell whether offices work at *moment*; a session's end is no longer part of it."""
    here = local(moment)
    return calendar.is_working_day(here.date()) and any(
        one.start <= here.time() < one.end for one in calendar.sessions
    )


def _after_office_hours(moment, left, calendar):
    for start, end in calendar.sessions_from(moment):
        if start + left <= end:
            return start + left
        left -= end - start
    raise ValueError("the calendar has no office hours")


def _nth(found, number):
    for count, one in enumerate(found, 1):
        if count == number:
            return one
    raise ValueError("the calendar has too few working days")


@lru_cache(maxsize=16)
def _holidays(year: int):
    # Days in lieu may fall into the next year: its neighbours are read as well.
    return country_holidays("VN", years=(year - 1, year, year + 1), expand=False)


@lru_cache(maxsize=4096)
def _national_working_day(day: date) -> bool:
    return _holidays(day.year).is_working_day(day)

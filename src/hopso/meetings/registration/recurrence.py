"""The days of a series: pure arithmetic on dates, without any site.

A rule names days (python-dateutil counts them); what falls on a day off is
kept, left out or moved to the next working day, as the rule says.
"""

from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import islice

from dateutil import rrule
from hopso.policy.timing import WorkCalendar


WEEKLY, MONTHLY_DAY, MONTHLY_WEEKDAY = "weekly", "monthly_day", "monthly_weekday"
FREQUENCIES = (WEEKLY, MONTHLY_DAY, MONTHLY_WEEKDAY)
SKIP, MOVE, KEEP = "skip", "move", "keep"
ON_DAYS_OFF = (SKIP, MOVE, KEEP)
LAST = -1
MOST = 500  # days that one series may name
LONGEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Recurrence:
    """When a series takes place.

    frequency: ``weekly`` on *weekdays* (0 is Monday), ``monthly_day`` on
    *month_day* (1–31, the last day in shorter months; -1 the last), or
    ``monthly_weekday`` on the *nth* (1–4, -1 the last) *weekdays[0]*; every
    *interval* weeks or months.  Ends at *until* (that day included) or after
    *count* named days, days off included, as iCalendar counts; else never.
    days_off: ``skip``, ``move`` (to the next working day) or ``keep``.
    """

    frequency: str = WEEKLY
    interval: int = 1
    weekdays: tuple[int, ...] = (0,)
    month_day: int = 1
    nth: int = 1
    until: date | None = None
    count: int | None = None
    days_off: str = SKIP

    def __post_init__(self):
        if self.frequency not in FREQUENCIES:
            raise ValueError(f"unknown frequency {self.frequency!r}")
        if self.days_off not in ON_DAYS_OFF:
            raise ValueError(f"unknown treatment of days off {self.days_off!r}")
        if not 1 <= self.interval <= 52:
            raise ValueError("interval: 1 to 52")
        if self.frequency != MONTHLY_DAY and not self.weekdays:
            raise ValueError("no weekday")
        if any(not 0 <= day <= 6 for day in self.weekdays):
            raise ValueError("weekdays: 0 to 6")
        if self.month_day != LAST and not 1 <= self.month_day <= 31:
            raise ValueError("month_day: 1 to 31, or -1")
        if self.nth not in (1, 2, 3, 4, LAST):
            raise ValueError("nth: 1 to 4, or -1")
        if self.count is not None and not 1 <= self.count <= MOST:
            raise ValueError(f"count: 1 to {MOST}")

    def to_dict(self) -> dict:
        """Return plain values that JSON can carry."""
        values = asdict(self)
        values["weekdays"] = list(self.weekdays)
        values["until"] = self.until.isoformat() if self.until else None
        return values

    @classmethod
    def from_dict(cls, values: dict) -> "Recurrence":
        """Read what ``to_dict`` wrote.  Raises ValueError."""
        known = {one.name for one in fields(cls)}
        found = {name: value for name, value in values.items() if name in known}
        found["weekdays"] = tuple(found.get("weekdays") or (0,))
        if isinstance(found.get("until"), str):
            found["until"] = date.fromisoformat(found["until"])
        return cls(**found)


@dataclass(frozen=True, order=True)
class Day:
    """One day of a series: ``named`` by the rule (its key), ``held`` on (later if it was moved)."""

    named: date
    held: date

    @property
    def moved(self) -> bool:
        """Tell whether the day named by the rule was a day off."""
        return self.named != self.held


def named_days(rule: Recurrence, first: date, last: date) -> Iterator[date]:
    """Yield the days that *rule* names from *first* to *last* (included), whatever day it is.

    The series begins at *first*: weeks and months are counted from it.
    """
    end = min(last, rule.until) if rule.until else last
    end = min(end, first + LONGEST)
    options = {"dtstart": datetime.combine(first, datetime.min.time()), "interval": rule.interval}
    if rule.count is not None:
        options["count"] = rule.count
    if rule.frequency == WEEKLY:
        options.update(freq=rrule.WEEKLY, byweekday=sorted(set(rule.weekdays)), wkst=rrule.MO)
    elif rule.frequency == MONTHLY_WEEKDAY:
        options.update(freq=rrule.MONTHLY, byweekday=rrule.weekday(rule.weekdays[0], rule.nth))
    elif rule.month_day == LAST:
        options.update(freq=rrule.MONTHLY, bymonthday=-1)
    else:
        # In a month that has no such day it is the last one: the greatest of those up to it.
        options.update(
            freq=rrule.MONTHLY,
            bymonthday=list(range(min(rule.month_day, 28), rule.month_day + 1)),
            bysetpos=-1,
        )
    for found in islice(rrule.rrule(**options), MOST):
        if found.date() > end:
            return
        yield found.date()


def is_off(rule: Recurrence, day: date, calendar: WorkCalendar) -> bool:
    """Tell whether *day* is one on which the series would not meet.

    Whoever names Saturdays means them: a weekend counts as a day off only for
    rules that count days of the month.
    """
    if calendar.is_working_day(day):
        return False
    return rule.frequency == MONTHLY_DAY or day.weekday() < 5 or day in calendar.days_off


def days(rule: Recurrence, first: date, last: date, calendar: WorkCalendar) -> list[Day]:
    """Return the days from *first* to *last* on which the series meets, in order.

    A day that would be moved onto or beyond the next one of the series is left out.
    """
    found: list[Day] = []
    # One more than asked for, to see whether a moved day would meet it.
    named = list(named_days(rule, first, min(last + timedelta(days=62), first + LONGEST)))
    for number, day in enumerate(named):
        if day > last:
            break
        held = day
        if rule.days_off != KEEP and is_off(rule, day, calendar):
            if rule.days_off == SKIP:
                continue
            held = next(calendar.working_days(day, 1), day)
            following = named[number + 1] if number + 1 < len(named) else None
            if following is not None and held >= following:
                continue
        found.append(Day(day, held))
    return found

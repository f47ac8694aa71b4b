"""Weeks and what stands in their calendar; pure, without a site."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso.calendars.events import FIRM
from hopso.core.text import local
from hopso.policy.register import rule


# What has become of a line since the week was published.
SAME, ADDED, CHANGED, MOVED, OFF, PLANNED = "same", "added", "changed", "moved", "off", "planned"
MORNING, AFTERNOON, EVENING = "morning", "afternoon", "evening"
NOON, DUSK = 12, 18


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday to Sunday, by the numbers of ISO 8601, as calendars in Viet Nam count."""

    year: int
    number: int

    def __post_init__(self):
        first = date.fromisocalendar(self.year, self.number, 1)
        if not 2000 <= first.year < 2100:
            raise ValueError("a week of another century")

    def __str__(self):
        return f"{self.year}-W{self.number:02}"

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read ``2026-W48``.  Raises ValueError."""
        year, _w, number = str(text).strip().upper().partition("-W")
        if not (year.isdecimal() and number.isdecimal()):
            raise ValueError(f"not a week: {text!r}")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week of a day."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    def moved(self, weeks: int) -> "Week":
        """Return the week so many weeks later."""
        return Week.of(self.first + timedelta(weeks=weeks))


@dataclass(frozen=True)
class Line:
    """A meeting as the calendar of a week tells it: moments aware UTC, the rest ids and texts."""

    uid: str
    start: datetime
    end: datetime
    title: str
    chair: str = ""
    rooms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    mode: str = ""
    preparing: str = ""
    state: str = "scheduled"

    @property
    def facts(self) -> tuple:
        """What must be told again when it has changed."""
        return self.start, self.end, self.title, self.chair, self.rooms, self.sites, self.mode


@dataclass(frozen=True)
class Told:
    """A line and what has become of it; ``before``: how it was published, None if it was not or is the same."""

    line: Line
    mark: str
    before: Line | None = None


def told_lines(now_lines: list[Line], published: dict[str, Line] | None, week: Week) -> list[Told]:
    """Return the lines of a week in the order of time, each with what has become of it.

    now_lines: the meetings as they are now, also those that were published and lie
    elsewhere or are off by now; published: uid -> line as published, None if
    the week was not published.
    """
    found = []
    for line in now_lines:
        before = (published or {}).get(line.uid)
        inside = week.first <= local(line.start).date() <= week.last
        if line.state not in FIRM:
            if before is not None:
                found.append(Told(before, OFF if line.state != "registered" else MOVED, line))
            elif line.state == "registered" and inside:
                found.append(Told(line, PLANNED))
        elif not inside:
            if before is not None:
                found.append(Told(before, MOVED, line))
        elif published is None:
            found.append(Told(line, SAME))
        elif before is None:
            found.append(Told(line, ADDED))
        else:
            same = before.facts == line.facts
            found.append(Told(line, SAME if same else CHANGED, None if same else before))
    return sorted(found, key=lambda one: (one.line.start, one.line.end, one.line.title))


def session_of(moment: datetime) -> str:
    """Return the part of the day in which a meeting that starts at *moment* (aware) stands."""
    hour = local(moment).hour
    return MORNING if hour < NOON else AFTERNOON if hour < DUSK else EVENING


@rule("BD-8.1/1")
def is_planned(published_weeks, start: datetime) -> bool:
    """Tell whether a meeting counts as one of the weekly calendar: the week of its *start* was published with it.

    published_weeks: codes (``2026-W48``) of the weeks that were published with the meeting in them.
    """
    return str(Week.of(local(start).date())) in published_weeks

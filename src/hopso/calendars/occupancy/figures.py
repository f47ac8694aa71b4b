"""Hours taken against hours in which meetings are held; pure.

Moments are aware; days and hours are those of Viet Nam.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso.core.moments import LOCAL
from hopso.core.text import local
from hopso.policy.timing import at
from hopso.policy.timing import Session
from hopso.policy.timing import WorkCalendar


ONLINE = ("online", "hybrid")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Taken:
    """A room or site is taken from *start* to *end*; block: it is out of use, else a meeting in *mode* holds it."""

    start: datetime
    end: datetime
    mode: str = ""
    block: bool = False


@dataclass
class Figures:
    """Of one thing, or of one month: hours as numbers with a part.

    taken: hours of meetings; inside: those of them within the bookable hours;
    bookable: hours in which meetings can be held, without those in which the thing is out of use.
    """

    meetings: int = 0
    online: int = 0
    taken: float = 0.0
    inside: float = 0.0
    bookable: float = 0.0

    @property
    def rate(self) -> float | None:
        """Bookable hours that are taken, in percent with one decimal; None without any."""
        return round(100 * self.inside / self.bookable, 1) if self.bookable else None

    @property
    def online_share(self) -> int | None:
        """Meetings that are held online, wholly or in part, in percent; None without any."""
        return round(100 * self.online / self.meetings) if self.meetings else None

    def add(self, other: "Figures") -> None:
        """Count what another one counted."""
        for name in ("meetings", "online", "taken", "inside", "bookable"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Occupancy:
    """The figures of a period.

    things: key -> Figures; buckets: first day of a month or week -> Figures of all things;
    heat: (weekday, hour) -> hours taken; total: of all.
    """

    things: dict[str, Figures] = field(default_factory=dict)
    buckets: dict[date, Figures] = field(default_factory=dict)
    heat: dict[tuple[int, int], float] = field(default_factory=dict)
    total: Figures = field(default_factory=Figures)


def measure(
    taken: dict[str, list[Taken]],
    first: date,
    last: date,
    calendar: WorkCalendar,
    sessions: tuple[Session, ...] = (),
    weekly: bool = False,
) -> Occupancy:
    """Return the figures from *first* to *last* (days in Viet Nam, both counted).

    taken: of each room and site (key).  sessions: in which meetings are held on a
    working day; empty: the office hours.  weekly: buckets are weeks, else months.
    """
    found = Occupancy()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for day in days:
        found.buckets.setdefault(bucket_of(day, weekly), Figures())
    open_spans = {
        day: [(at(day, one.start), at(day, one.end)) for one in sessions or calendar.sessions]
        if calendar.is_working_day(day)
        else []
        for day in days
    }
    for key, spans in taken.items():
        figures = found.things[key] = Figures()
        blocks = merged((one.start, one.end) for one in spans if one.block)
        meetings = [one for one in spans if not one.block]
        held = merged((one.start, one.end) for one in meetings)
        for day in days:
            begin, end = day_span(day)
            free = without(open_spans[day], blocks)
            part = Figures(
                taken=hours(clipped(held, begin, end)),
                inside=sum(hours(clipped(held, *one)) for one in free),
                bookable=hours(free),
            )
            for one in meetings:
                # A meeting counts once, on the day on which it begins.
                if begin <= one.start < end:
                    part.meetings += 1
                    part.online += one.mode in ONLINE
            figures.add(part)
            found.buckets[bucket_of(day, weekly)].add(part)
            _heat(found.heat, clipped(held, begin, end))
        found.total.add(figures)
    return found


def _heat(heat, spans) -> None:
    for start, end in spans:
        moment = start
        while moment < end:
            here = local(moment)
            until = min(end, here.replace(minute=0, second=0, microsecond=0) + HOUR)
            key = (here.weekday(), here.hour)
            heat[key] = heat.get(key, 0.0) + (until - moment) / HOUR
            moment = until


def bucket_of(day: date, weekly: bool) -> date:
    """Return the Monday of the week of *day*, or the first day of its month."""
    return day - timedelta(days=day.weekday()) if weekly else day.replace(day=1)


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return beginning and end of a day in Viet Nam."""
    begin = datetime.combine(day, time(), tzinfo=LOCAL)
    return begin, begin + timedelta(days=1)


def merged(spans) -> list[tuple[datetime, datetime]]:
    """Return *spans* as disjoint ones, in order."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def clipped(spans, begin, end) -> list[tuple[datetime, datetime]]:
    """Return what of *spans* lies between *begin* and *end*."""
    return [(max(a, begin), min(b, end)) for a, b in spans if a < end and begin < b]


def without(spans, taken) -> list[tuple[datetime, datetime]]:
    """Return what of *spans* is left when the disjoint ones of *taken* are cut out."""
    left = []
    for begin, end in spans:
        for a, b in clipped(taken, begin, end):
            if begin < a:
                left.append((begin, a))
            begin = b
        if begin < end:
            left.append((begin, end))
    return left


def hours(spans) -> float:
    """Return how long *spans* are together."""
    return sum((end - start) / HOUR for start, end in spans)

"""How much the system is used: by units, by sites, online where that is recommended, paper saved.

Pure counting over plain records; the views bring them from the catalog.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hopso.policy.register import rule
from hopso.registers.rules import add_months


ONLINE = ("online", "hybrid")


@dataclass(frozen=True)
class Held:
    """One meeting that was held or is convened: its host unit, sites (UIDs), type, form, day."""

    unit: str
    day: date
    mode: str = "in_person"
    meeting_type: str = ""
    sites: tuple[str, ...] = ()

    @property
    def online(self) -> bool:
        """Tell whether people could take part from elsewhere."""
        return self.mode in ONLINE


@dataclass(frozen=True)
class Use:
    """Use in a period and in the same period of the year before; online: of those in the period."""

    now: int = 0
    before: int = 0
    online: int = 0

    @property
    def change(self) -> int | None:
        """Growth in percent, None without anything before."""
        return round(100 * (self.now - self.before) / self.before) if self.before else None

    @property
    def share(self) -> int | None:
        """Share of online meetings in percent, None without meetings."""
        return round(100 * self.online / self.now) if self.now else None


def year_before(day: date) -> date:
    """Return the same day of the year before; 28 February for the 29th."""
    return add_months(day, -12)


def _between(meetings, first, last):
    return [one for one in meetings if first <= one.day <= last]


@rule("NA-5.1/3", "TQ-P5/3", "BD-11.3")
def by_unit(meetings: Iterable[Held], first: date, last: date) -> dict[str, Use]:
    """Return unit id -> use from *first* to *last*, against the same days of the year before."""
    meetings = list(meetings)
    present, former = (
        _between(meetings, first, last),
        _between(meetings, year_before(first), year_before(last)),
    )
    now, before = Counter(one.unit for one in present), Counter(one.unit for one in former)
    online = Counter(one.unit for one in present if one.online)
    return {unit: Use(now[unit], before[unit], online[unit]) for unit in {*now, *before}}


@rule("TQ-P8/1", "NA-5.1/3")
def by_site(meetings: Iterable[Held], first: date, last: date) -> dict[str, Use]:
    """Return site UID -> use, as ``by_unit``: a meeting counts at each of its sites."""
    meetings = list(meetings)
    present, former = (
        _between(meetings, first, last),
        _between(meetings, year_before(first), year_before(last)),
    )
    now = Counter(uid for one in present for uid in one.sites)
    before = Counter(uid for one in former for uid in one.sites)
    return {uid: Use(now[uid], before[uid], now[uid]) for uid in {*now, *before}}


@rule("HN-R/2")
def by_type(meetings: Iterable[Held], first: date, last: date) -> dict[str, Use]:
    """Return type of meeting -> use with the share held online, against the year before."""
    meetings = list(meetings)
    present, former = (
        _between(meetings, first, last),
        _between(meetings, year_before(first), year_before(last)),
    )
    now, before = Counter(one.meeting_type for one in present), Counter(one.meeting_type for one in former)
    online = Counter(one.meeting_type for one in present if one.online)
    return {kind: Use(now[kind], before[kind], online[kind]) for kind in {*now, *before}}


@dataclass(frozen=True)
class Reading:
    """What was to be read at one meeting: pages of its documents, people, pages handed out on paper."""

    pages: int
    people: int
    paper: int = 0


@rule("BD-5.4")
def pages_saved(readings: Iterable[Reading]) -> tuple[int, int]:
    """Return (pages not printed, pages printed): every person would have had every page."""
    saved = printed = 0
    for one in readings:
        copies = one.pages * one.people
        paper = min(one.paper, copies)
        saved += copies - paper
        printed += one.paper
    return saved, printed


@rule("NT-8.1")
def terms_accepted(versions: Iterable[str], version: str) -> dict[str, int]:
    """Return how many accounts there are and how many accepted the rules in force (*version*; empty: none)."""
    versions = list(versions)
    return {"all": len(versions), "accepted": sum(bool(version) and one == version for one in versions)}

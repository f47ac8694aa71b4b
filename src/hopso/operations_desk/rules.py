"""Rules and figures of the desk: pure decisions and plain counting."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from statistics import median

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.policy.register import finding
from hopso.policy.register import rule


MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Times:
    """The clock of one incident; aware datetimes, None for what has not come yet.

    interruption: minutes that a meeting or the work stood still.
    """

    noticed: datetime
    reported: datetime
    taken: datetime | None = None
    resolved: datetime | None = None
    interruption: int | None = None

    @property
    def to_report(self) -> int:
        """Minutes from noticing to reporting, not below 0."""
        return minutes_between(self.noticed, self.reported)

    @property
    def to_take(self) -> int | None:
        """Minutes from the report until somebody took it in hand."""
        return None if self.taken is None else minutes_between(self.reported, self.taken)

    @property
    def to_resolve(self) -> int | None:
        """Minutes from the report to the end."""
        return None if self.resolved is None else minutes_between(self.reported, self.resolved)


def minutes_between(start: datetime, end: datetime) -> int:
    """Return whole minutes from *start* to *end*, not below 0."""
    return max(0, round((end - start) / MINUTE))


@rule("NT-7.1.d")
def interruption_minutes(spans) -> int:
    """Return for how many minutes a meeting stood still: spans (start, end) that overlap count once."""
    total, reached = timedelta(), None
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total += end - begin
        reached = end if reached is None else max(reached, end)
    return round(total / MINUTE)


def total_interruption(facts) -> int:
    """Return minutes of interruption of many incidents, those of one meeting at the same time counted once.

    facts: dicts with meeting, interrupted, begin, end, interruption, as in the catalog.
    """
    spans: dict[str, list] = {}
    total = 0
    for number, one in enumerate(facts):
        if one.get("interrupted") and one.get("begin") and one.get("end"):
            spans.setdefault(one.get("meeting") or f"#{number}", []).append((one["begin"], one["end"]))
        else:
            total += one.get("interruption") or 0
    return total + sum(interruption_minutes(found) for found in spans.values())


@rule("NT-7.1.d", "NA-8.1")
def interruption_by(facts, name: str) -> dict[str, tuple[int, int]]:
    """Return value of the fact *name* (cause, site, meeting) -> (number of incidents, minutes of interruption)."""
    groups: dict[str, list] = {}
    for one in facts:
        groups.setdefault(one.get(name) or "", []).append(one)
    return {key: (len(found), total_interruption(found)) for key, found in sorted(groups.items())}


@rule("BD-12.3.dd")
def reported_at_once(times: Times) -> Finding:
    """Return, for the record, after how many minutes an incident was reported (``data["minutes"]``)."""
    text = _("Reported ${minutes} minutes after it was noticed.", mapping={"minutes": times.to_report})
    return finding("BD-12.3.dd", RECORD, text, data={"minutes": times.to_report})


@dataclass(frozen=True)
class Figures:
    """Sums over some incidents; minutes are medians, None without cases."""

    all: int = 0
    open: int = 0
    resolved: int = 0
    to_report: int | None = None
    to_take: int | None = None
    to_resolve: int | None = None
    interruption: int = 0


def count_incidents(incidents) -> Figures:
    """Return the figures of many Times."""
    incidents = list(incidents)
    resolved = [one for one in incidents if one.resolved is not None]
    return Figures(
        len(incidents),
        len(incidents) - len(resolved),
        len(resolved),
        _median(one.to_report for one in incidents),
        _median(one.to_take for one in incidents),
        _median(one.to_resolve for one in resolved),
        sum(one.interruption or 0 for one in incidents),
    )


def _median(values) -> int | None:
    known = [value for value in values if value is not None]
    return round(median(known)) if known else None

"""When something periodic is due, and what a report must say: pure decisions about days.

Days are dates of the Vietnamese calendar; nothing here knows the site.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.policy.register import finding
from hopso.policy.register import rule


# Every unit that has rooms or sites reports; any other actor is the body that runs the system.
UNITS = "units"
MONTHS_OF_YEAR = 12
# Who reports how often -> the rule it rests on; others are rules of nobody.
REPORT_RULES = {
    "NA": {6: "NA-5.3/2", 12: "NA-5.3/2"},
    "NT": {12: "NT-15.1"},
    "BD": {12: "BD-11.1"},
    "TQ": {12: "TQ-P6/1"},
}
UNIT_REPORT_RULES = {"NT": "NT-15.1", "TQ": "TQ-P8/5"}


def add_months(day: date, months: int) -> date:
    """Return the same day *months* later; the last of a month that has no such day."""
    number = day.year * MONTHS_OF_YEAR + day.month - 1 + months
    year, month = divmod(number, MONTHS_OF_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@rule("TQ-P5/4")
def periodic_check(last: date | None, months: int, today: date, begun: date | None = None) -> list[Finding]:
    """Return whether a periodic check of the sites is overdue.

    *last*: day of the last check that was carried out, None without one; *months*: the
    interval of the policy, 0: not regulated; *begun*: first day of the duty, if known.
    """
    if not months:
        return []
    start = last or begun
    due = add_months(start, months) if start is not None else today
    if today <= due and start is not None:
        return []
    text = (
        _("The sites had to be checked by ${day}.", mapping={"day": f"{due:%d/%m/%Y}"})
        if start is not None
        else _(
            "The sites have never been checked; a check every ${months} months is asked for.",
            mapping={"months": months},
        )
    )
    return [finding("TQ-P5/4", WARN, text, data={"due": due.isoformat()})]


@dataclass(frozen=True, order=True)
class Period:
    """From *first* to *last* day, both included."""

    first: date
    last: date

    @property
    def key(self) -> str:
        """``2026-12``: year and month of the last day, for ids."""
        return f"{self.last:%Y-%m}"

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.last.year - self.first.year) * MONTHS_OF_YEAR + self.last.month - self.first.month + 1


@dataclass(frozen=True)
class Cycle:
    """Who reports every how many months; months divide the year."""

    actor: str
    months: int

    def __post_init__(self):
        if not self.actor or self.months < 1 or MONTHS_OF_YEAR % self.months:
            raise ValueError(f"not a cycle of reports: {self.actor}={self.months}")

    @classmethod
    def parse(cls, text: str) -> "Cycle":
        """Read ``units=12``.  Raises ValueError."""
        actor, _equals, months = str(text).partition("=")
        return cls(actor.strip(), int(months))

    @property
    def by_units(self) -> bool:
        """Tell whether every equipped unit reports."""
        return self.actor == UNITS


def cycles_of(lines) -> list[Cycle]:
    """Return the cycles that a policy states, each once; what cannot be read is left out."""
    found = []
    for line in lines or ():
        try:
            one = Cycle.parse(line)
        except ValueError:
            continue
        if one not in found:
            found.append(one)
    return found


def period_of(day: date, months: int) -> Period:
    """Return the block of the year with *months* months in which *day* lies."""
    month = (day.month - 1) // months * months + 1
    last_month = month + months - 1
    return Period(date(day.year, month, 1), date(day.year, last_month, monthrange(day.year, last_month)[1]))


def ended_periods(months: int, since: date, today: date) -> list[Period]:
    """Return the periods that are over on *today* and ended on *since* or later, the latest first.

    Whoever has a duty on the last day of a period reports on it, also if the
    regulation came into force in its middle.
    """
    found, day = [], period_of(today, months).first - timedelta(days=1)
    while True:
        period = period_of(day, months)
        if period.last < since:
            return found
        found.append(period)
        day = period.first - timedelta(days=1)


def due_day(period: Period, days: int) -> date:
    """Return the last day for the report of a period, *days* after its end."""
    return period.last + timedelta(days=days)


def report_rule(rule_sets, by_units: bool, months: int) -> str:
    """Return the id of the rule that asks for such a report here, empty if none does."""
    for one in rule_sets:
        found = UNIT_REPORT_RULES.get(one, "") if by_units else REPORT_RULES.get(one, {}).get(months, "")
        if found:
            return found
    return ""


@rule("NA-5.3/2", "NT-15.1", "TQ-P6/1", "TQ-P8/5", "BD-11.1")
def report_in_time(rule_id: str, submitted: date, due: date) -> list[Finding]:
    """Return, for the record, whether a periodic report was handed in by *due*."""
    if not rule_id:
        return []
    day = f"{due:%d/%m/%Y}"
    if submitted <= due:
        text = _("Handed in in time, by ${day}.", mapping={"day": day})
        return [finding(rule_id, RECORD, text, data={"kept": True})]
    text = _("The report had to be handed in by ${day}.", mapping={"day": day})
    return [finding(rule_id, WARN, text, data={"kept": False})]


def report_complete(assessment: str) -> list[Finding]:
    """Ask a report for its assessment before it is handed in (rule of the house)."""
    if (assessment or "").strip():
        return []
    return [Finding("HS-REPORT", BLOCK, _("Write the assessment first: figures alone are no report."))]


@rule("NT-15.2", "NA-5.3/1")
def follow_up(recommended: bool, due: date | None, followed_up: date | None, today: date) -> list[Finding]:
    """Return whether what an inspection recommended was followed up by *due*."""
    if not recommended or followed_up is not None or due is None or today <= due:
        return []
    text = _("The recommendations had to be carried out by ${day}.", mapping={"day": f"{due:%d/%m/%Y}"})
    return [finding("NA-5.3/1", WARN, text)]


@rule("HN-R/4.1")
def plan_missing(asked: bool, years, today: date) -> list[Finding]:
    """Return whether the yearly plan for the next year is missing in the last quarter of this one.

    *asked*: the policy asks this body for plans; *years*: those for which one was submitted.
    """
    wanted = today.year + 1
    if not asked or today.month < 10 or wanted in set(years):
        return []
    text = _("The plan for ${year} has not been submitted yet.", mapping={"year": str(wanted)})
    return [finding("HN-R/4.1", WARN, text, data={"year": wanted})]


def overdue(planned_on: date | None, state: str, today: date) -> bool:
    """Tell whether something planned has not been done on its day."""
    return state == "planned" and planned_on is not None and planned_on < today

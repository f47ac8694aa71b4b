"""Who has to report on what by when, and whether it was done.

The policy says who reports how often; nobody makes tasks by hand, so none can
be forgotten.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import date

from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.place import operator_unit
from hopso.organisation.tree import all_units
from hopso.policy.api import current_policy
from hopso.registers import rules
from plone import api


# How far back duties are looked for; older ones are nobody's worry any more.
YEARS_BACK = 2


@dataclass(frozen=True)
class Duty:
    """A report that *unit* (id) owes on *period* by the day *due*.

    state: review state of the report, empty while nobody has begun it; url: of the report.
    """

    unit: str
    actor: str
    period: rules.Period
    due: date
    rule: str = ""
    state: str = ""
    url: str = ""
    submitted: date | None = None
    figures: dict = field(default_factory=dict, compare=False, hash=False)

    @property
    def id(self) -> str:
        """Id of the report in its folder: one duty, one report."""
        return report_id(self.actor, self.period)

    @property
    def done(self) -> bool:
        """Tell whether it was handed in."""
        return self.state in ("submitted", "accepted")

    def overdue(self, today: date) -> bool:
        """Tell whether it should have been handed in before *today*."""
        return not self.done and self.due < today

    @property
    def late(self) -> bool:
        """Tell whether it was handed in after its day."""
        return self.submitted is not None and self.submitted > self.due


def report_id(actor: str, period: rules.Period) -> str:
    """Return the id of the report of an actor on a period."""
    return f"{actor.replace('_', '-')}-{period.months}-{period.key}"


def duties_of(policy, units, operator: str, today: date, reports=None) -> list[Duty]:
    """Return the duties of *units* (ids of equipped units) and of *operator* (id, may be empty), the latest first.

    Pure: *reports* is (unit, report id) -> (state, url, day of handing in, figures).
    """
    since = max(policy.valid_from or date.min, date(today.year - YEARS_BACK, 1, 1))
    found = []
    for cycle in rules.cycles_of(policy.report_cycles):
        rule_id = rules.report_rule(policy.rule_sets, cycle.by_units, cycle.months)
        obliged = units if cycle.by_units else [operator] if operator else []
        for period in rules.ended_periods(cycle.months, since, today):
            for unit in obliged:
                known = (reports or {}).get((unit, report_id(cycle.actor, period)), ("", "", None, {}))
                due = rules.due_day(period, policy.report_due_days)
                found.append(Duty(unit, cycle.actor, period, due, rule_id, *known))
    return sorted(found, key=lambda one: (-one.period.last.toordinal(), one.actor, one.unit))


def equipped_units() -> list[str]:
    """Return the ids of the living units that have a room or a site of their own."""
    search = api.portal.get_tool("portal_catalog").unrestrictedSearchResults
    units = {one.path: one for one in all_units().values() if not one.closed()}
    found = set()
    for brain in search(portal_type=("Room", "Site")):
        path = brain.getPath().rsplit("/", 2)[0]
        if path in units:
            found.add(units[path].id)
    return sorted(found)


def known_reports() -> dict:
    """Return (unit, report id) -> (state, url, day of handing in, figures) of all reports."""
    search = api.portal.get_tool("portal_catalog").unrestrictedSearchResults
    units, found = {one.path: one.id for one in all_units().values()}, {}
    for brain in search(portal_type="PeriodicReport"):
        facts = brain.desk_facts
        unit = units.get(brain.getPath().rsplit("/", 3)[0], "")
        handed_in = local(facts["submitted_at"]).date() if facts["submitted_at"] else None
        found[unit, brain.getId] = (brain.review_state, brain.getURL(), handed_in, facts["figures"])
    return found


def all_duties() -> list[Duty]:
    """Return every duty of the province under the present policy."""
    operator = operator_unit()
    units = equipped_units()
    return duties_of(
        current_policy(),
        units,
        operator.getId() if operator is not None else "",
        local(now()).date(),
        known_reports(),
    )


def duties_in(unit_ids) -> list[Duty]:
    """Return the duties of these units (ids)."""
    return [one for one in all_duties() if one.unit in unit_ids]

"""Periodic reports: begun from the data, written, handed in, accepted or returned."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.place import find_unit
from hopso.operations_desk.place import operator_unit
from hopso.organisation.content import IUnit
from hopso.organisation.place import province
from hopso.organisation.place import unit_of
from hopso.organisation.tree import all_units
from hopso.registers import duties
from hopso.registers import figures
from hopso.registers import parameters
from hopso.registers import place
from hopso.registers import rules
from hopso.registers.content import IPeriodicReport
from hopso.security import matrix
from hopso.security.registers_matrix import RECEIVE
from plone import api


WRITE = "hopso: Write report"
RECEIVERS = ("admins", "leaders", "coordinators")


def within(unit) -> tuple[list[str], set[str]]:
    """Return paths and ids of what a unit's report counts: the unit itself and those below; all for the operator."""
    units = all_units()
    mine = units[unit.getId()]
    operator = operator_unit()
    if operator is not None and operator.getId() == unit.getId():
        return ["/".join(province().getPhysicalPath())], set(units)
    below = {
        one.id for one in units.values() if one.path == mine.path or one.path.startswith(f"{mine.path}/")
    }
    return [mine.path], below


def figures_of(report) -> dict[str, int]:
    """Return the figures of a report: the frozen ones, or the present ones while it is written."""
    if report.figures is not None:
        return dict(report.figures)
    paths, ids = within(unit_of(report))
    return figures.count(figures.find(paths, ids, report.first, report.last))


def receiver_of(unit, actor: str) -> str:
    """Return the id of the unit that receives a report: the operator, of its own the unit above it."""
    operator = operator_unit()
    if operator is not None and operator.getId() != unit.getId():
        return operator.getId()
    above = unit_of(unit.__parent__)
    return above.getId() if above is not None else ""


@operation(
    "report.begin", IUnit, title=_("Begin a report"), permission=WRITE, schema=parameters.INewReport, order=450,
)  # fmt: skip
def begin(unit, actor, months, last):
    """Begin the report of *unit* on the period that ends on *last*; return it, also if it was begun before.

    Raises Invalid for a period that the policy asks no report on, or that is not over.
    """
    wanted = [
        one for one in duties.duties_in({unit.getId()}) if (one.actor, one.period.months) == (actor, months)
    ]
    found = [one for one in wanted if one.period.last == last]
    if not found:
        text = _("The policy asks for no such report of this unit.")
        raise errors.Invalid(text, errors={"last": text})
    duty = found[0]
    folder = unit.get(place.FOLDERS["PeriodicReport"][0], {}).get(str(duty.period.last.year), {})
    if duty.id in folder:
        return folder[duty.id]
    title = _title(unit, duty)
    receiver = receiver_of(unit, actor)
    report = place.put(
        unit, "PeriodicReport", in_year=duty.period.last.year, id=duty.id, title=title, actor=actor, months=months,
        first=duty.period.first, last=duty.period.last, due=duty.due, rule=duty.rule, receiver=receiver,
    )  # fmt: skip
    for function in RECEIVERS if receiver else ():
        report.manage_setLocalRoles(f"unit:{receiver}:{function}", [matrix.CONCERNED])
    report.reindexObject()
    return report


def _title(unit, duty) -> str:
    period = duty.period
    if period.months == rules.MONTHS_OF_YEAR:
        span = f"năm {period.last.year}"
    elif period.months == 6:
        span = f"6 tháng {'đầu' if period.first.month == 1 else 'cuối'} năm {period.last.year}"
    else:
        span = f"từ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}"
    return f"Báo cáo vận hành, sử dụng hệ thống {span}: {unit.title}"[:250]


@operation(
    "report.write", IPeriodicReport, title=_("Write assessment and proposals"), permission=WRITE,
    states=("draft", "returned"), schema=parameters.IReportText, order=10,
)  # fmt: skip
def write(report, assessment, proposals):
    """Write what people say in the report."""
    report.assessment, report.proposals = assessment or "", proposals or ""
    report.reindexObject()


def compiles(report) -> bool:
    """Tell whether reports of units come together in this one."""
    return report.actor != rules.UNITS


@operation(
    "report.compile", IPeriodicReport, title=_("Take in the units' proposals"), permission=WRITE,
    states=("draft", "returned"), order=15, when=compiles,
)  # fmt: skip
def compile_proposals(report):
    """Append the proposals of the reports that units handed in on days of the same period; return how many."""
    search = api.portal.get_tool("portal_catalog").unrestrictedSearchResults
    brains = search(portal_type="PeriodicReport", review_state=["submitted", "accepted"])
    parts, said, here = [], report.proposals or "", unit_of(report).getId()
    for brain in sorted(brains, key=lambda one: one.getPath()):
        facts = brain.desk_facts
        if facts["actor"] != rules.UNITS or (facts["receiver"], facts["last"]) != (here, report.last):
            continue
        if not facts["proposals"]:
            continue
        one = brain._unrestrictedGetObject()
        part = f"{unit_of(one).title}: {one.proposals.strip()}"
        if part not in said:
            parts.append(part)
    report.proposals = "\n".join(one for one in (said, *parts) if one)
    report.reindexObject()
    return len(parts)


def hand_in_findings(report, number="") -> list:
    """Return what stands against handing the report in today."""
    today = local(now()).date()
    return [
        *rules.report_complete(report.assessment),
        *rules.report_in_time(report.rule or "", today, report.due),
    ]


@operation(
    "report.submit", IPeriodicReport, title=_("Hand in"), permission=WRITE,
    states=("draft", "returned"), schema=parameters.IHandIn, check=hand_in_findings, order=20, primary=True,
    help=_("The figures stay as they are now; whoever receives it is told."),
)  # fmt: skip
def submit(report, number):
    """Hand the report in: its figures are frozen, the receiver may see it from now on."""
    report.figures = None
    report.figures = figures_of(report)
    # A returned report keeps the day on which it was first handed in: that day kept the deadline or not.
    report.submitted_at = report.submitted_at or now()
    report.submitted_by = api.user.get_current().getId()
    report.number = number or report.number or ""
    transition(report, "submit")
    report.reindexObject()


@operation(
    "report.return", IPeriodicReport, title=_("Return"), permission=RECEIVE, states=("submitted",),
    schema=parameters.IComment, order=30,
)  # fmt: skip
def return_report(report, comment):
    """Give the report back to its unit, saying what is missing."""
    report.comment = comment
    transition(report, "return", comment)
    report.figures = None
    report.reindexObject()


@operation(
    "report.accept", IPeriodicReport, title=_("Accept"), permission=RECEIVE, states=("submitted",),
    order=20, primary=True,
)  # fmt: skip
def accept(report):
    """Accept the report; it counts in the sums of the receiver."""
    transition(report, "accept")
    report.reindexObject()


def receiver_unit(report):
    """Return the unit that receives a report, None without one."""
    return find_unit(report.receiver or "")

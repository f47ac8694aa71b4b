"""Is anything orphaned?  What should never be, and is found here if it is."""

from dataclasses import dataclass

from hopso import _
from hopso.accounts.records import account_store
from hopso.core.text import now
from hopso.organisation import records
from hopso.organisation.assignments import assignment_store
from hopso.organisation.names import person_names
from hopso.organisation.plans import plans
from hopso.organisation.situation import open_meetings
from hopso.organisation.tree import above
from hopso.organisation.tree import all_units


BAD, WARN = "bad", "warn"
TITLES = {
    "account_without_unit": _("Accounts without a unit"),
    "assignment_of_closed_unit": _("Functions in units that are closed"),
    "meeting_of_closed_unit": _("Open meetings of units that are closed"),
    "invitation_of_closed_unit": _("Open meetings that invite units that are closed"),
    "parent_closed": _("Units below a closed one"),
    "no_administrator": _("Units that nobody administers"),
    "no_head": _("Units without a head"),
    "plan_failed": _("Reorganisations that could not be carried out"),
}


@dataclass(frozen=True)
class Orphan:
    """Something without its place: ``kind`` as in TITLES, level, whose (id), what people read, unit id or ""."""

    kind: str
    level: str
    id: str
    title: str
    unit: str = ""
    note: str = ""


def check() -> list[Orphan]:
    """Return everything that is not in order, the worst kinds first; reads all records once."""
    units = all_units()
    living = {unit_id for unit_id, one in units.items() if not one.closed()}
    found = [
        *_accounts(units, living),
        *_assignments(units, living),
        *_meetings(units, living),
        *_units(units, living),
    ]
    for plan in plans(records.FAILED):
        found.append(Orphan("plan_failed", BAD, plan.id, plan.decision.number, plan.unit, plan.problem))
    return found


def _accounts(units, living):
    lost = [
        account
        for account in account_store().by_id.values()
        if account.active() and account.unit not in living and account.employment_kind != "guest"
    ]
    names = person_names(account.user_id for account in lost)
    for account in lost:
        title = units[account.unit].title if account.unit in units else account.unit
        yield Orphan(
            "account_without_unit", BAD, account.user_id, names[account.user_id], account.unit, title
        )


def _assignments(units, living):
    moment, lost = now(), []
    for user_id, held in assignment_store().by_user.items():
        lost.extend((user_id, one) for one in held if one.unit not in living and one.current(moment))
    names = person_names(user_id for user_id, _one in lost)
    for user_id, one in lost:
        title = units[one.unit].title if one.unit in units else one.unit
        yield Orphan("assignment_of_closed_unit", BAD, user_id, names[user_id], one.unit, title)


def _meetings(units, living):
    closed = sorted(set(units) - living)
    if not closed:
        return
    for brain in open_meetings(host_unit=closed):
        yield Orphan(
            "meeting_of_closed_unit",
            BAD,
            brain.UID,
            brain.Title,
            brain.host_unit,
            units[brain.host_unit].title,
        )
    from hopso.organisation.situation import holdings

    for unit_id, held in holdings(closed).items():
        for uid, title in held.invitations.items():
            yield Orphan("invitation_of_closed_unit", BAD, uid, title, unit_id, units[unit_id].title)


def _units(units, living):
    administered = {unit_id for unit_id in living if assignment_store().of_unit(unit_id, "admins")}
    for unit_id in sorted(living, key=lambda one: units[one].title):
        one = units[unit_id]
        if one.parent and one.parent not in living:
            parent = units[one.parent].title if one.parent in units else one.parent
            yield Orphan("parent_closed", BAD, unit_id, one.title, unit_id, parent)
        if unit_id not in administered and not administered.intersection(above(units, unit_id)):
            yield Orphan("no_administrator", BAD, unit_id, one.title, unit_id)
        if not one.head:
            yield Orphan("no_head", WARN, unit_id, one.title, unit_id)


def health(context):
    """Return the line for the health page."""
    from hopso.tasks.health import Check

    found = check()
    bad = sum(one.level == BAD for one in found)
    title = _("Organisation (nobody and nothing without a unit)")
    if not bad:
        return Check("organisation", title, "good", _("in order"))
    return Check(
        "organisation",
        title,
        "warn",
        _("${count} to be put right", mapping={"count": str(bad)}),
        _("See the check of the organisation (/don-vi/@@check)."),
    )

"""Planning, doing, deciding: the life of entries of registers."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from hopso.policy.register import rule
from hopso.registers import books
from hopso.registers import parameters
from hopso.registers import place
from hopso.registers import results
from hopso.registers.content import IRegisterEntry
from hopso.registers.rules import add_months
from hopso.security import matrix
from plone import api


KEEP = "hopso: Keep registers"


def today():
    """Return the present day in Viet Nam."""
    return local(now()).date()


def is_of(*names):
    """Return a test whether an entry is of one of these books."""
    return lambda entry: entry.book in names


def put(unit, book: str, **fields):
    """Make an entry of *book* in *unit*; those whom it concerns may see it."""
    entry = place.put(unit, "RegisterEntry", book=book, **fields)
    results.prepare(entry)
    concerned = fields.get("concerned_unit")
    if concerned and concerned != unit.getId():
        for function in ("leaders", "admins"):
            entry.manage_setLocalRoles(f"unit:{concerned}:{function}", [matrix.CONCERNED])
        entry.reindexObjectSecurity()
    return entry


def refuse_future(name: str, day) -> None:
    """Raise Invalid for a day that is still to come."""
    if day is not None and day > today():
        raise errors.Invalid(
            _("Please check what you entered."), errors={name: _("This day is still to come.")}
        )


@operation(
    "register.plan_maintenance", IUnit, title=_("Plan maintenance or a check"), permission=KEEP,
    schema=parameters.IMaintenancePlan, order=400,
)  # fmt: skip
@rule("NA-5.1/1", "NA-6.2/2", "TQ-P5/4")
def plan_maintenance(unit, **fields):
    """Plan a check, maintenance, an upgrade; return the entry."""
    return put(unit, books.MAINTENANCE, **fields)


@operation(
    "entry.record_site", IRegisterEntry, title=_("Record the result at a site"), permission=KEEP,
    states=("planned",), schema=parameters.ISiteResult, order=10, when=is_of(books.MAINTENANCE),
)  # fmt: skip
def record_site(entry, site, outcome, note):
    """Record what was found at one of the sites of the plan."""
    if site not in (entry.sites or ()):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"site": _("The plan does not name this site.")}
        )
    who = api.user.get_current().getId()
    results.keep(entry, results.SiteResult(site, outcome, note or "", who, now()))
    entry.reindexObject(idxs=["UID"])


@operation(
    "entry.complete", IRegisterEntry, title=_("Complete"), permission=KEEP,
    states=("planned",), schema=parameters.IDone, order=20, primary=True, when=is_of(books.MAINTENANCE),
    help=_("Every site of the plan needs a result first."),
)  # fmt: skip
def complete(entry, result, done_on):
    """Say that it was carried out; what is repeated is planned anew.  Returns the next entry or None."""
    refuse_future("done_on", done_on)
    known = results.results_of(entry)
    if missing := [one for one in entry.sites or () if one not in known]:
        raise errors.Invalid(
            _("${count} sites have no result yet.", mapping={"count": len(missing)}),
            errors={"result": _("Record the result at every site first.")},
        )
    entry.result, entry.done_on = result, done_on or today()
    transition(entry, "complete")
    entry.reindexObject()
    if not entry.months:
        return None
    kept = ("title", "kind", "sites", "responsible", "content", "months")
    fields = {name: getattr(entry, name) for name in kept}
    return put(
        unit_of(entry), books.MAINTENANCE, planned_on=add_months(entry.done_on, entry.months), **fields
    )


@operation(
    "register.plan_training", IUnit, title=_("Plan training"), permission=KEEP,
    schema=parameters.ITrainingPlan, order=410,
)  # fmt: skip
@rule("TQ-P6/3", "TQ-P3")
def plan_training(unit, **fields):
    """Plan a class, or note that people need one; return the entry."""
    return put(unit, books.TRAINING, **fields)


@operation(
    "entry.hold", IRegisterEntry, title=_("Record who took part"), permission=KEEP,
    states=("planned",), schema=parameters.IHeld, order=20, primary=True, when=is_of(books.TRAINING),
)  # fmt: skip
def hold(entry, attended, result, done_on):
    """Record that the class was held and who took part."""
    refuse_future("done_on", done_on)
    entry.attended, entry.result, entry.done_on = tuple(dict.fromkeys(attended)), result, done_on or today()
    transition(entry, "complete")
    entry.reindexObject()


@operation(
    "register.plan_inspection", IUnit, title=_("Plan an inspection"), permission=KEEP,
    schema=parameters.IInspectionPlan, order=420,
    help=_("Leaders and administrators of the unit concerned see it."),
)  # fmt: skip
@rule("NA-5.3/1", "NT-15.2")
def plan_inspection(unit, **fields):
    """Plan an inspection of a unit; return the entry."""
    return put(unit, books.INSPECTION, **fields)


@operation(
    "entry.finish", IRegisterEntry, title=_("Enter the findings"), permission=KEEP,
    states=("planned",), schema=parameters.IFindings, order=20, primary=True, when=is_of(books.INSPECTION),
)  # fmt: skip
def finish(entry, result, recommendations, follow_up_due, done_on):
    """Enter what was found and what is recommended, until when."""
    refuse_future("done_on", done_on)
    if (recommendations or "").strip() and follow_up_due is None:
        text = _("Recommendations need a day by which they are carried out.")
        raise errors.Invalid(text, errors={"follow_up_due": text})
    entry.result, entry.done_on = result, done_on or today()
    entry.content = "\n\n".join(one for one in (entry.content, recommendations) if one)
    entry.follow_up_due = follow_up_due
    transition(entry, "complete")
    entry.reindexObject()


@operation(
    "entry.follow_up", IRegisterEntry, title=_("Report that it was carried out"), permission="hopso: Follow up",
    states=("done",), schema=parameters.IFollowUp, order=30, primary=True,
    when=lambda entry: entry.book == books.INSPECTION and entry.follow_up_due is not None,
)  # fmt: skip
def follow_up(entry, follow_up):
    """Say how recommendations were carried out; done by the inspected unit or the inspectors."""
    entry.follow_up, entry.followed_up_on = follow_up, today()
    transition(entry, "close")
    entry.reindexObject()


@operation(
    "register.draft_plan", IUnit, title=_("Draft a plan or a budget"), permission=KEEP,
    schema=parameters.IPlanDraft, order=430,
)  # fmt: skip
def draft_plan(unit, **fields):
    """Draft a yearly plan or a budget; return the entry."""
    return put(unit, books.PLAN, **fields)


@operation(
    "entry.submit", IRegisterEntry, title=_("Record the submission"), permission=KEEP,
    states=("planned",), schema=parameters.ISubmission, order=20, primary=True, when=is_of(books.PLAN),
)  # fmt: skip
def submit(entry, submitted_to, document_number, submitted_on):
    """Record to whom and by which letter the plan was submitted."""
    refuse_future("submitted_on", submitted_on)
    entry.submitted_to, entry.document_number = submitted_to, document_number
    entry.submitted_on = submitted_on or today()
    transition(entry, "submit")
    entry.reindexObject()


@operation(
    "entry.decide", IRegisterEntry, title=_("Enter the decision"), permission=KEEP,
    states=("submitted",), schema=parameters.IPlanDecision, order=20, primary=True, when=is_of(books.PLAN),
)  # fmt: skip
def decide(entry, outcome, decision_number, decided_on, amount):
    """Enter what was decided about the plan, with the amount granted."""
    refuse_future("decided_on", decided_on)
    entry.outcome, entry.decision_number, entry.decided_on = outcome, decision_number, decided_on or today()
    if amount is not None:
        entry.amount = amount
    transition(entry, "decide")
    entry.reindexObject()


@operation(
    "register.commend", IUnit, title=_("Commend"), permission="hopso: Commend",
    schema=parameters.ICommendation, order=440,
)  # fmt: skip
def commend(unit, concerned_unit, people, decided_on, **fields):
    """Record a commendation; return the entry."""
    refuse_future("decided_on", decided_on)
    if not concerned_unit and not people:
        text = _("Name a unit or people.")
        raise errors.Invalid(text, errors={"concerned_unit": text})
    entry = put(
        unit, books.COMMENDATION, concerned_unit=concerned_unit, people=people,
        decided_on=decided_on or today(), done_on=decided_on or today(), **fields,
    )  # fmt: skip
    transition(entry, "complete")
    entry.reindexObject()
    return entry


@operation(
    "entry.cancel", IRegisterEntry, title=_("Cancel"), permission=KEEP,
    states=("planned", "submitted"), schema=parameters.IReason, order=90, danger=True,
)  # fmt: skip
def cancel(entry, reason):
    """Say that it will not take place, and why; the entry stays."""
    entry.result = reason
    transition(entry, "cancel", reason)
    entry.reindexObject()

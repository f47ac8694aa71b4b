"""Violations of the regulation: recorded, decided, closed (BD-12.2.dd, BD-12.3.c, BD-12.3.d/1)."""

from hopso import _
from hopso.accounts.records import account_of
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk import parameters
from hopso.operations_desk import place
from hopso.operations_desk.content import IViolation
from hopso.organisation.assignments import units_of
from hopso.organisation.content import IUnit
from hopso.policy.register import article_of
from hopso.policy.register import rule as carries_out
from hopso.security import matrix
from plone import api


DECIDE = "hopso: Decide violation"
# What a violation says stays in its record; the log names the record.
CONFIDENTIAL = ("person", "concerned_unit", "facts", "measure", "reason", "note")


@operation(
    "violation.record", IUnit, title=_("Record a violation"), permission="hopso: Record violation",
    schema=parameters.IViolationFacts, order=320, confidential=CONFIDENTIAL,
    help=_("Confidential: seen by you, by the leaders of the unit and, once decided, by whom it concerns."),
)  # fmt: skip
@carries_out("BD-12.2.dd")
def record(unit, person, concerned_unit, rule, facts, happened_on, device, incident):
    """Record what a person or a unit within reach of *unit* did against which provision; return it."""
    _refuse_strangers(unit, person, concerned_unit)
    if happened_on is not None and happened_on > local(now()).date():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"happened_on": _("This day is still to come.")}
        )
    violation = place.put(
        unit,
        "Violation",
        # Titles stand in mails and in the log: they name the provision and nobody.
        title=article_of(rule),
        person=person or "",
        concerned_unit=concerned_unit or "",
        rule=rule,
        facts=facts,
        happened_on=happened_on,
        device=device,
        incident=_known_incident(incident),
        recorded_by=api.user.get_current().getId(),
        recorded_at=now(),
    )
    concerned = person or f"unit:{concerned_unit}:leaders"
    held = set(violation.get_local_roles_for_userid(concerned))
    violation.manage_setLocalRoles(concerned, sorted({*held, matrix.CONCERNED}))
    violation.reindexObjectSecurity()
    return violation


def _refuse_strangers(unit, person, concerned_unit):
    """Raise Invalid unless one person or one unit, of *unit* or below it, is named."""
    if bool(person) == bool(concerned_unit):
        message = _("Name either a person or a unit.")
        raise errors.Invalid(message, errors={"person": message})
    within = place.ids_within(unit)
    account = account_of(person) if person else None
    theirs = {concerned_unit} if concerned_unit else {*units_of(person), account.unit if account else ""}
    if not theirs & within:
        message = _("Leaders look after their own unit and those below it.")
        raise errors.Invalid(message, errors={"person" if person else "concerned_unit": message})


def _known_incident(uid: str) -> str:
    if not uid:
        return ""
    catalog = api.portal.get_tool("portal_catalog")
    if not catalog(portal_type="Incident", UID=uid):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"incident": _("There is no such incident.")}
        )
    return uid


def not_about_oneself(violation) -> bool:
    """Tell whether the present user is not the one concerned: nobody judges the own case."""
    return violation.person != api.user.get_current().getId()


@operation(
    "violation.decide", IViolation, title=_("Enter the decision"), permission=DECIDE,
    states=("recorded",), schema=parameters.IDecision, order=10, primary=True,
    when=not_about_oneself, confidential=CONFIDENTIAL,
    help=_("The person or unit concerned is told and sees the record from then on."),
)  # fmt: skip
def decide(violation, measure, decision_number, decided_on):
    """Enter the measure taken, with the number of the decision; whom it concerns is told."""
    _refuse_own_case(violation)
    transition(violation, "decide")
    violation.measure = measure
    violation.decision_number = decision_number
    violation.decided_on = decided_on or local(now()).date()
    violation.decided_by = api.user.get_current().getId()
    violation.reindexObject()


@operation(
    "violation.close", IViolation, title=_("Close"), permission=DECIDE,
    states=("decided",), schema=parameters.INote, order=20, primary=True,
    when=not_about_oneself, confidential=CONFIDENTIAL,
)  # fmt: skip
def close(violation, note):
    """Say that the measure was carried out."""
    _refuse_own_case(violation)
    transition(violation, "close", note)
    violation.reindexObject()


@operation(
    "violation.annul", IViolation, title=_("Annul"), permission=DECIDE,
    states=("recorded", "decided", "closed"), schema=parameters.IReason, order=90, danger=True,
    when=not_about_oneself, confidential=CONFIDENTIAL,
)  # fmt: skip
def annul(violation, reason):
    """Say that it was none, and why; the record stays."""
    _refuse_own_case(violation)
    transition(violation, "annul", reason)
    violation.annulled_reason = reason
    violation.reindexObject()


def _refuse_own_case(violation):
    if not not_about_oneself(violation):
        raise errors.Denied(_("Nobody decides about the own case."))

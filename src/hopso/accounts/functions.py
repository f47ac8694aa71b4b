"""Functions of people in units, and the first administrator of a unit (BD-3.4, BD-4.2)."""

from hopso import _
from hopso.accounts import parameters
from hopso.accounts import reach
from hopso.accounts import rules
from hopso.accounts import tools
from hopso.accounts.operations import create
from hopso.accounts.records import account_store
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.content import IUnit


@operation(
    "account.assign", IUnit, title=_("Give a function"), permission=reach.MANAGE,
    schema=parameters.IAssignment, order=350,
)  # fmt: skip
def assign(context, *, user, unit, function, position, since, until, assignment_document):
    """Give a person, of whatever home, a function in *unit* (default: the context).

    One who holds it gets the new position; the time before stays in the history.
    """
    target = reach.wanted_unit(context, unit)
    tools.check_open(target)
    reach.check_function(function)
    account = reach.known_account(user)
    tools.check_active(account)
    if account.employment_kind == "guest":
        raise errors.WrongState(_("A guest can hold no function."))
    document = (assignment_document or "").strip()
    if function == reach.ADMINS and not document:
        raise tools.wrong(
            assignment_document=_("Name the document by which the unit assigns its administrator.")
        )
    begin = tools.first_moment(since) if since else now()
    end = tools.last_moment(until) if until else None
    if end is not None and end <= max(begin, now()):
        raise tools.wrong(until=_("This day is over, or comes before the first one."))
    # What is held now ends when the new one begins, and stays in the history.
    assignment_store().end(user, target.getId(), function, max(begin, now()))
    assignment_store().assign(
        user, Assignment(target.getId(), function, (position or "").strip(), begin, end)
    )
    if function == reach.ADMINS:
        account.assignment_document = document


@operation(
    "account.withdraw", IUnit, title=_("Withdraw the function"), permission=reach.MANAGE,
    schema=parameters.IFunction, order=355, danger=True,
)  # fmt: skip
def withdraw(context, *, user, unit, function):
    """End a function of a person now; it stays in the history."""
    target = reach.wanted_unit(context, unit)
    account = reach.known_account(user)
    if function == reach.ADMINS:
        tools.check_successors(user, (target.getId(),))
    if not assignment_store().end(user, target.getId(), function):
        raise errors.WrongState(_("The person does not hold this function here."))
    if function == reach.ADMINS and not reach.administers(user):
        account.assignment_document = ""


def onboarding_findings(unit, **params) -> list:
    """Return what stands against giving *unit* its first administrator."""
    present = tools.administrators_of(unit.getId())
    first = account_store().first_admins.get(unit.getId())
    known = present or ([first] if first else [])
    return rules.first_administrator(tools.names(known), first is not None)


@operation(
    "unit.onboard", IUnit, title=_("Give the unit its first administrator"), permission=reach.SYSTEM,
    schema=parameters.IOnboarding, check=onboarding_findings, order=300,
    help=_("Once, when the system is brought to the unit; she then creates the accounts of the unit."),
)  # fmt: skip
def onboard(unit, **data):
    """Make the account of the first administrator of *unit* (BD-4.2/1); returns it."""
    account = create(unit, function=reach.ADMINS, **data)
    account_store().first_admins[unit.getId()] = account.user_id
    return account

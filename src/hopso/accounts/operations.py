"""Keeping accounts: made, changed, moved, closed and opened by the unit they belong to (BD-4.3).

The context of an operation is the unit that keeps the account; ``reach.py``
says who may touch which one.
"""

import secrets

from hopso import _
from hopso.accounts import jobs  # noqa: F401  (known to the queue wherever operations are)
from hopso.accounts import parameters
from hopso.accounts import passwords
from hopso.accounts import personnel
from hopso.accounts import reach
from hopso.accounts import sessions
from hopso.accounts import tools
from hopso.accounts.identities import email_of
from hopso.accounts.identities import fullname_of
from hopso.accounts.identities import identities
from hopso.accounts.making import email_problem
from hopso.accounts.making import make_account
from hopso.accounts.making import namesake_problem
from hopso.accounts.making import new_user_id
from hopso.accounts.making import set_properties
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.accounts.records import ACTIVE
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.organisation.content import IUnit
from hopso.tasks.queue import enqueue_after_commit


EXPIRED = "expired"  # why the house closes the account of a guest


@operation(
    "account.create", IUnit, title=_("Create an account"), permission=reach.MANAGE,
    schema=parameters.INewAccount, order=310,
)  # fmt: skip
def create(unit, *, fullname, email, phone, user, function, position, event, password, namesake, **more):
    """Make the account of a person who works in *unit*; returns it.

    She gets a link by mail, or the temporary password that was entered.
    """
    tools.check_open(unit)
    reach.check_function(function)
    personnel.check_decision(event, more["decision"], more["decided_on"])
    document = _assignment_document(function, more["assignment_document"])
    if problem := email_problem(email):
        raise tools.wrong(email=problem)
    if not namesake and (problem := namesake_problem(fullname, phone)):
        raise tools.wrong(phone=problem)
    account = make_account(
        new_user_id(fullname, user),
        fullname,
        email,
        by=tools.me(),
        unit=unit.getId(),
        phone=(phone or "").strip(),
        employment_kind=more["employment_kind"],
        assignment_document=document,
    )
    given = Assignment(unit.getId(), function, (position or "").strip(), now())
    assignment_store().assign(account.user_id, given)
    if event:
        _add_event(account, event, more, to_unit=unit.getId())
    tools.give_access(account, password)
    return account


def _assignment_document(function: str, document: str | None) -> str:
    document = (document or "").strip()
    if function == reach.ADMINS and not document:
        raise tools.wrong(
            assignment_document=_("Name the document by which the unit assigns its administrator.")
        )
    return document if function == reach.ADMINS else ""


def _add_event(account, kind, decided, **more):
    return personnel.add_event(
        account,
        kind,
        tools.me(),
        decision=decided["decision"],
        decided_on=decided["decided_on"],
        effective_on=decided["effective_on"],
        **more,
    )


@operation(
    "account.change", IUnit, title=_("Change the data"), permission=reach.MANAGE,
    schema=parameters.IChangedAccount, order=320,
)  # fmt: skip
def change(unit, *, user, fullname, email, phone, employment_kind, event, **decided):
    """Change the data of a person; what is left out stays."""
    account = reach.account_in(unit, user)
    tools.check_active(account)
    personnel.check_decision(event, decided["decision"], decided["decided_on"])
    properties = {}
    if fullname and fullname.strip() != fullname_of(user):
        properties["fullname"] = fullname.strip()
    if email and email.strip() != email_of(user):
        if problem := email_problem(email, user):
            raise tools.wrong(email=problem)
        properties["email"] = email.strip()
    if properties:
        set_properties(user, **properties)
    if phone is not None and phone.strip() != account.phone:
        account.phone = phone.strip()
        identities().put_phone(user, account.phone)
    if employment_kind and employment_kind != account.employment_kind:
        if "guest" in (employment_kind, account.employment_kind):
            raise errors.WrongState(_("A guest has no employment here."))
        account.employment_kind = employment_kind
    if event:
        _add_event(account, event, decided)


@operation(
    "account.transfer", IUnit, title=_("Transfer to another unit"), permission=reach.MANAGE,
    schema=parameters.ITransfer, order=330,
    help=_(
        "By decision, at once. The functions in this unit and below end; the administrator of the new"
        " unit is told and gives the new ones."
    ),
)  # fmt: skip
def transfer(unit, *, user, to_unit, event, function, position, **decided):
    """Move a person to another unit at once; both units' administrators are told.

    Nobody has to accept: the person brings no right along, and gets functions in the
    new unit only from those who keep its accounts.
    """
    account = reach.account_in(unit, user)
    reach.check_not_oneself(user)
    tools.check_active(account)
    if account.employment_kind == "guest":
        raise errors.WrongState(_("A guest belongs to the meeting, not to a unit."))
    target = reach.find_unit(to_unit)
    if target is None or to_unit == account.unit or not tools.is_open(target):
        raise tools.wrong(to_unit=_("Choose another unit, one that exists."))
    personnel.check_decision(event, decided["decision"], decided["decided_on"])
    if (decided["effective_on"] or personnel.today()) > personnel.today():
        raise tools.wrong(effective_on=_("A transfer is carried out at once: enter it when it is in force."))
    if function:
        if not reach.manages(target):
            raise tools.wrong(function=_("The administrator of the new unit gives the functions there."))
        reach.check_function(function)
        if function == reach.ADMINS:
            raise tools.wrong(function=_("Name administrators by assigning the function, with its document."))
    left = reach.units_below(unit)
    tools.check_successors(user, left)
    moment = now()
    for one in functions_of(user):
        if one.unit in left:
            assignment_store().end(user, one.unit, one.function, moment)
    from_unit = account.unit
    account_store().move(account, to_unit)
    if function:
        assignment_store().assign(user, Assignment(to_unit, function, (position or "").strip(), moment))
    _add_event(account, event, decided, from_unit=from_unit, to_unit=to_unit)
    told = {*tools.administrators_of(from_unit), *tools.administrators_of(to_unit)} - {tools.me()}
    for who in sorted(told):
        enqueue_after_commit(
            "accounts.tell_transfer", user=user, recipient=who, stamp=moment.isoformat(timespec="seconds")
        )


@operation(
    "account.disable", IUnit, title=_("Close the account"), permission=reach.MANAGE,
    schema=parameters.ILeaving, order=340, danger=True,
    help=_("The person cannot log in any more and holds no function; what she did stays on record."),
)  # fmt: skip
def disable(unit, *, user, event, reason, **decided):
    """Close the account of somebody who leaves, at once or from a later day on (BD-4.3.b)."""
    account = reach.account_in(unit, user)
    reach.check_not_oneself(user)
    tools.check_active(account)
    reason = (reason or "").strip()
    if event not in personnel.LEAVINGS and not reason:
        raise tools.wrong(reason=_("Please give the reason."))
    personnel.check_decision(event, decided["decision"], decided["decided_on"])
    tools.check_successors(user)
    _add_event(account, event, decided, from_unit=account.unit, note=reason)
    if (decided["effective_on"] or personnel.today()) > personnel.today():
        account.leaves_on = decided["effective_on"]
        return
    tools.close_account(account, tools.me(), reason)


@operation(
    "account.enable", IUnit, title=_("Open the account again"), permission=reach.MANAGE,
    schema=parameters.IReturning, order=345,
    help=_("Functions are not given back by themselves: assign them anew."),
)  # fmt: skip
def enable(unit, *, user, reason, **decided):
    """Open a closed account, or keep one open that was to be closed on a later day."""
    account = reach.account_in(unit, user)
    tools.check_open(unit)
    if account.status == ACTIVE and account.leaves_on is None:
        raise errors.WrongState(_("This account is open."))
    if account.employment_kind == "guest":
        raise errors.WrongState(_("Give a guest a new last day instead."))
    personnel.check_decision("return", decided["decision"], decided["decided_on"])
    _reopen(account)
    _add_event(account, "return", decided, to_unit=account.unit, note=reason.strip())


def _reopen(account):
    account.status, account.leaves_on = ACTIVE, None
    account.disabled_at, account.disabled_by, account.disabled_reason = None, "", ""
    account_store().note(account)


@operation(
    "account.order_password", IUnit, title=_("Order new passwords"), permission=reach.MANAGE,
    schema=parameters.IPasswordOrder, order=360,
    help=_("Everybody chosen has to choose a new password before going on."),
)  # fmt: skip
def order_password(unit, *, users, reference):
    """Order people of *unit* and of those below to change their passwords (BD-4.5/3); returns how many."""
    below = reach.units_below(unit)
    for user_id in dict.fromkeys(users):
        account = account_of(user_id)
        if account is None or account.unit not in below:
            raise errors.Denied(_("${user} has no account in this unit or below.", mapping={"user": user_id}))
        reach.check_rank(user_id)
        tools.check_active(account)
    return passwords.order_change(dict.fromkeys(users), reference)


@operation(
    "account.reset_password", IUnit, title=_("Reset the password"), permission=reach.MANAGE,
    schema=parameters.IPasswordReset, order=365, danger=True,
    help=_("The old password and the one-time codes hold no more, and all sessions of the person end."),
)  # fmt: skip
def reset_password(unit, *, user, password):
    """Take password and codes of a person back; she gets a link, or the temporary password entered here."""
    account = reach.account_in(unit, user)
    reach.check_not_oneself(user)
    tools.check_active(account)
    if not password:
        # Nobody knows it: only the link that is mailed opens the account.
        passwords.set_password(user, secrets.token_urlsafe(48), by_other=True, check=False)
    tools.give_access(account, password, tools.RESET)
    account.otp_secret, account.otp_since, account.otp_step, account.recovery = "", None, 0, ()
    sessions.end_all(user)


@operation(
    "account.extend_guest", IUnit, title=_("Extend the guest's access"), permission=reach.MANAGE,
    schema=parameters.IExtension, order=370,
)  # fmt: skip
def extend_guest(unit, *, user, expires_on):
    """Let a guest in until the end of a day; one whose time was over comes in again."""
    account = reach.account_in(unit, user)
    if account.employment_kind != "guest":
        raise errors.WrongState(_("This is not a guest's account."))
    if account.status != ACTIVE and account.disabled_reason != EXPIRED:
        raise errors.WrongState(_("This account is closed."))
    if expires_on < personnel.today():
        raise tools.wrong(expires_on=_("This day is over."))
    _reopen(account)
    account.expires_at = tools.last_moment(expires_on)

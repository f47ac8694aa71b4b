"""What several operations on accounts have in common."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso import _
from hopso.accounts import passwords
from hopso.accounts import rules
from hopso.accounts import sessions
from hopso.accounts.personnel import today
from hopso.accounts.reach import ADMINS
from hopso.accounts.reach import find_unit
from hopso.accounts.records import Account
from hopso.accounts.records import account_store
from hopso.accounts.records import DISABLED
from hopso.accounts.records import is_active
from hopso.core import errors
from hopso.core.findings import blocks
from hopso.core.moments import to_utc
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.organisation.content import IUnit
from hopso.policy.timing import at
from hopso.tasks.queue import enqueue_after_commit
from plone import api


INVITE, RESET, GUEST = "invite", "reset", "guest"


def me() -> str:
    """Return the id of who is doing this."""
    return api.user.get_current().getId() or "system"


def wrong(**bad) -> errors.Invalid:
    """Return the error that names bad parameters."""
    return errors.Invalid(_("Please check what you entered."), errors=bad)


def is_open(unit: IUnit, day: date | None = None) -> bool:
    """Tell whether a unit exists on *day* (default: today)."""
    return unit.valid_to is None or (day or today()) <= unit.valid_to


def check_open(unit: IUnit) -> None:
    """Raise WrongState for a unit that does not exist any more."""
    if not is_open(unit):
        raise errors.WrongState(_("This unit does not exist any more."))


def check_active(account: Account) -> None:
    """Raise WrongState for an account that is closed."""
    if account.status == DISABLED:
        raise errors.WrongState(_("This account is closed."))


def first_moment(day: date) -> datetime:
    """Return the beginning of a day in Viet Nam, in UTC."""
    return to_utc(at(day, time()))


def last_moment(day: date) -> datetime:
    """Return the end of a day in Viet Nam, in UTC."""
    return first_moment(day + timedelta(days=1))


def administrators_of(unit_id: str) -> list[str]:
    """Return who keeps the accounts of a unit now and can log in, each once."""
    found = (user_id for user_id, _one in assignment_store().of_unit(unit_id, ADMINS))
    return [user_id for user_id in dict.fromkeys(found) if is_active(user_id)]


def check_successors(user_id: str, unit_ids=None) -> None:
    """Raise Blocked if a person is the last administrator of a unit (of *unit_ids*, default: any)."""
    alone = []
    for one in functions_of(user_id):
        if one.function != ADMINS or (unit_ids is not None and one.unit not in unit_ids):
            continue
        unit = find_unit(one.unit)
        if unit is not None and is_open(unit) and administrators_of(one.unit) == [user_id]:
            alone.append(unit.title)
    if forbidding := blocks(rules.successor_needed(alone)):
        raise errors.Blocked(forbidding)


def close_account(account: Account, by: str, reason: str = "") -> None:
    """Close an account at once: sessions and functions end, records stay (BD-4.3.b)."""
    moment = now()
    account.status = DISABLED
    account.disabled_at, account.disabled_by, account.disabled_reason = moment, by, reason
    account.leaves_on = None
    account_store().note(account)
    account.invitation, account.invitation_until = "", None
    for one in functions_of(account.user_id):
        assignment_store().end(account.user_id, one.unit, one.function, moment)
    sessions.end_all(account.user_id)


def give_access(account: Account, password: str, kind: str = INVITE, meeting: str = "") -> None:
    """Let a person in: with a temporary password that somebody tells her, or by a link that is mailed.

    kind: what the mail is about.  Raises Invalid if the password is too weak.
    """
    if password:
        try:
            passwords.set_password(account.user_id, password, by_other=True)
        except errors.Invalid as error:
            raise wrong(password=error.message) from error
        return
    enqueue_after_commit("accounts.invite", user=account.user_id, kind=kind, meeting=meeting)


def names(user_ids) -> list[str]:
    """Return the names of people."""
    from hopso.organisation.names import person_names

    found = person_names(user_ids)
    return [found[user_id] for user_id in user_ids]

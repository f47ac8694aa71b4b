"""Passwords: what they must be like, how old they may grow, and how they are set.

Hashes stay in Plone's ``source_users``; whatever sets one there ends up at
``password_changed`` (an event), so that no door steps over the history.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from datetime import timedelta

from AccessControl import getSecurityManager
from AuthEncoding import AuthEncoding
from hopso import _
from hopso.accounts import sessions
from hopso.accounts.directory.door import own_password_counts
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell
from hopso.core import errors
from hopso.core.text import now
from hopso.policy.api import current_policy
from hopso.policy.policy import Policy
from plone import api
from zope.globalrequest import getRequest


CODE, PASSWORD, TERMS, ENROL = "code", "password", "terms", "enrol"
# In the order in which ``/@@continue`` asks for them.
STEPS = (CODE, PASSWORD, TERMS, ENROL)
# BD-4.5/2: days before the end at which the owner is warned.
WARN_DAYS = (14, 7, 1)
LONGEST = 200
KINDS_OF_CHARACTERS = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum())

_by_other: ContextVar[bool | None] = ContextVar("hopso_password_by_other", default=None)


def kinds_in(password: str) -> int:
    """Return how many kinds of characters there are: small letters, capitals, digits, others."""
    return sum(any(test(char) for char in password) for test in KINDS_OF_CHARACTERS)


def form_problems(password: str, policy: Policy, *personal: str) -> list:
    """Return what is wrong with the password itself; *personal*: names that it must not be."""
    found = []
    if len(password) < policy.password_min_length:
        text = _("At least ${count} characters.", mapping={"count": str(policy.password_min_length)})
        found.append(text)
    if len(password) > LONGEST:
        found.append(_("At most ${count} characters.", mapping={"count": str(LONGEST)}))
    if kinds_in(password) < min(policy.password_classes, len(KINDS_OF_CHARACTERS)):
        found.append(
            _(
                "At least ${count} of: small letters, capitals, digits, other signs.",
                mapping={"count": str(min(policy.password_classes, len(KINDS_OF_CHARACTERS)))},
            )
        )
    folded = password.casefold()
    if any(len(name) > 2 and name.casefold() in folded for name in personal):
        found.append(_("It must not contain the login name."))
    return found


def problems(password: str, user_id: str, policy: Policy) -> list:
    """Return what speaks against a new password of a person, as translatable texts; none: it may be set.

    user_id: "" for an account that does not exist yet.
    """
    found = form_problems(password, policy, user_id)
    if user_id and policy.password_history:
        used = [hash_of(user_id), *_former(user_id)[: policy.password_history]]
        if any(one and matches(one, password) for one in used):
            found.append(
                _(
                    "None of the last ${count} passwords may come again.",
                    mapping={"count": str(policy.password_history)},
                )
            )
    return found


def rules_in_words(policy: Policy) -> list:
    """Return the rules for a new password, as translatable texts."""
    found = form_problems("", policy)
    if policy.password_history:
        count = {"count": str(policy.password_history)}
        found.append(_("None of the last ${count} passwords may come again.", mapping=count))
    return found


def _former(user_id) -> tuple:
    account = account_of(user_id)
    return () if account is None else account.former_passwords


def matches(reference: str, password: str) -> bool:
    """Tell whether a hash is that of a password."""
    return bool(AuthEncoding.is_encrypted(reference) and AuthEncoding.pw_validate(reference, password))


def hash_of(user_id: str) -> str:
    """Return the hash of a person's password, "" if there is none."""
    found = _source()._user_passwords.get(user_id) or ""
    return found.decode() if isinstance(found, bytes) else found


def _source():
    return api.portal.get_tool("acl_users").source_users


# ---- age ----


def expires_on(account: Account, policy: Policy) -> datetime | None:
    """Return when the password of an account must have been changed (BD-4.5/2), None: never."""
    if not policy.password_max_age:
        return None
    since = account.password_set_at or account.created_at
    return None if since is None else since + timedelta(days=policy.password_max_age)


def must_change(account: Account, moment: datetime, policy: Policy) -> str:
    """Return why the password has to be changed: ``first``, ``order``, ``expired``, or "" (BD-4.5/2, /3).

    A password that a directory keeps is changed there, by its rules.
    """
    if not own_password_counts(account):
        return ""
    if account.order:
        return "order"
    if account.password_by_other:
        return "first"
    end = expires_on(account, policy)
    if policy.password_max_age and (end is None or moment >= end):
        return "expired"
    return ""


def days_left(account: Account, moment: datetime, policy: Policy) -> int | None:
    """Return how many days the password still holds, rounded up; None: no limit."""
    end = expires_on(account, policy)
    if end is None:
        return None
    return max(0, -((moment - end) // timedelta(days=1)))


def pending_steps(account: Account, moment: datetime, policy: Policy, held=frozenset()) -> tuple[str, ...]:
    """Return what an account has to do before it may be used: PASSWORD, TERMS, ENROL.

    held: functions in units and roles of the person, for ``policy.otp_required``.
    """
    found = []
    if must_change(account, moment, policy):
        found.append(PASSWORD)
    if policy.terms_version and account.terms_version != policy.terms_version:
        found.append(TERMS)
    if not account.otp_secret and set(policy.otp_required) & set(held):
        found.append(ENROL)
    return tuple(found)


# ---- changing ----


def set_password(user_id: str, password: str, by_other: bool, *, check: bool = True) -> None:
    """Set a password after all rules; other sessions of the person end.

    by_other: not the person's own doing, so it must be changed at the next login;
    check=False skips the rules (a random one by the house).  Raises Invalid
    with the problems, LookupError for an unknown person.
    """
    if not hash_of(user_id):
        raise LookupError(user_id)
    if check and (found := problems(password, user_id, current_policy())):
        raise errors.Invalid(found[0], errors={"password": found[0]})
    if account := account_of(user_id):
        # The first one was never changed: it is not among the former ones yet.
        former = remembered(account.former_passwords, hash_of(user_id), current_policy())
        account.former_passwords = former
    with _said_by(by_other):
        _source().doChangeUser(user_id, password)
    if not by_other:
        # What others do is an operation, with an entry of its own.
        tell("password.changed", user_id)


@contextmanager
def _said_by(by_other):
    token = _by_other.set(by_other)
    try:
        yield
    finally:
        _by_other.reset(token)


def being_set() -> bool:
    """Tell whether ``set_password`` is at work."""
    return _by_other.get() is not None


def password_changed(event) -> None:
    """Subscriber: a hash was replaced, by whatever door."""
    user_id = event.principal.getId()
    account = account_of(user_id)
    if account is None:
        return
    me = getSecurityManager().getUser().getId()
    by_other = _by_other.get()
    account.password_set_at = now()
    # Nobody logged in: a link from a mail, which only the owner has.
    account.password_by_other = (me not in (None, user_id)) if by_other is None else by_other
    account.order, account.ordered_at = "", None
    account.former_passwords = remembered(account.former_passwords, hash_of(user_id), current_policy())
    own = _own_session(user_id)
    if own:
        sessions.end_all(user_id, except_id=own)
    else:
        sessions.end_all(user_id)


def _own_session(user_id) -> str:
    from hopso.accounts.gate import presence

    request = getRequest()
    found = presence(request) if request is not None else None
    return found.session.id if found is not None and found.session.user_id == user_id else ""


def remembered(former: tuple, latest: str, policy: Policy) -> tuple:
    """Return the hashes to keep, the latest first."""
    return (latest, *(one for one in former if one != latest))[: policy.password_history + 1]


def order_change(user_ids, reference: str) -> int:
    """Order persons to change their passwords at their next request (BD-4.5/3); return how many.

    reference: number and date of the order.  Raises Invalid without one.
    """
    reference = " ".join(reference.split())
    if not reference:
        text = _("Please give number and date of the order.")
        raise errors.Invalid(text, errors={"reference": text})
    count, moment = 0, now()
    for user_id in user_ids:
        account = account_of(user_id)
        if account is not None and account.active(moment):
            account.order, account.ordered_at = reference, moment
            count += 1
    return count

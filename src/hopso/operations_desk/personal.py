"""Personal data: what is kept about a person, and what may be erased of it (BD-5.3, Law 91/2025/QH15).

Rooms that keep something about people say so:

    @source("logins", _("Logins"))
    def logins(user_id): return […]

Names and user ids in records of meetings stay: the law on archives asks for
them.  What helps to reach a person, and what she looks like, may go.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.audit.log import record
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.policy.api import current_policy
from hopso.tasks.jobs import periodic
from plone import api


GUEST = "guest"
# Secrets are about a person, but nothing to hand out: whoever gets them could log in as her.
SECRETS = ("former_passwords", "otp_secret", "otp_step", "recovery")
PROPERTIES = ("fullname", "email", "language", "description", "location", "home_page", "last_login_time")
PROFILE = ("description", "location", "home_page")

_sources: dict[str, tuple[object, Callable]] = {}


def source(name: str, title):
    """Let the decorated function tell, by user id, what a room keeps about a person: plain values."""

    def decorate(function):
        _sources[name] = (title, function)
        return function

    return decorate


def collected(user_id: str) -> list[tuple[str, object, object]]:
    """Return (name, translatable title, plain data) of everything that is kept about a person."""
    return [(name, title, plain(function(user_id))) for name, (title, function) in _sources.items()]


def plain(value):
    """Return *value* as JSON can carry it; datetimes in ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "ISO8601"):
        return value.ISO8601()
    return str(value)


@source("account", _("Account"))
def account_data(user_id: str) -> dict:
    """Return the account and the profile; no secrets."""
    user = api.user.get(userid=user_id)
    kept = {name: user.getProperty(name, "") for name in PROPERTIES} if user is not None else {}
    account = account_of(user_id)
    fields = {}
    if account is not None:
        names = {name for name in (*vars(type(account)), *vars(account)) if not name.startswith("_")}
        fields = {
            name: getattr(account, name)
            for name in sorted(names)
            if name not in SECRETS and not callable(getattr(account, name)) and name != "events"
        }
    return {"user_id": user_id, **kept, **fields}


@source("functions", _("Functions"))
def functions_data(user_id: str) -> list[dict]:
    """Return the functions in units, also those that have ended."""
    return [asdict(one) for one in assignment_store().by_user.get(user_id, ())]


@source("events", _("Personnel events"))
def events_data(user_id: str) -> list[dict]:
    """Return the personnel decisions about the account."""
    account = account_of(user_id)
    return [asdict(one) for one in account.events] if account is not None else []


# ---- erasure ----


def _erase_phone(user_id, account):
    account.phone = ""


def _erase_portrait(user_id, account):
    # The right to decide was asked for; the tool's own door is for members and managers only.
    safe_id = api.portal.get_tool("portal_membership")._getSafeMemberId(user_id)
    api.portal.get_tool("portal_memberdata")._deletePortrait(safe_id)


def _erase_profile(user_id, account):
    api.user.get(userid=user_id).setMemberProperties(dict.fromkeys(PROFILE, ""))


def _erase_email(user_id, account):
    api.user.get(userid=user_id).setMemberProperties({"email": ""})


PARTS = {
    "phone": _erase_phone,
    "portrait": _erase_portrait,
    "profile": _erase_profile,
    "email": _erase_email,
}


def erase(user_id: str, parts) -> tuple[str, ...]:
    """Erase *parts* (keys of PARTS) of what is kept about a person; return what was erased, on record."""
    account = account_of(user_id)
    done = tuple(name for name in parts if name != "phone" or account is not None)
    for name in done:
        PARTS[name](user_id, account)
    if done:
        record("data.erased", details={"person": user_id, "parts": list(done)})
    return done


def expired_guests(moment: datetime, days: int) -> list:
    """Return the accounts of guests that expired more than *days* before *moment* and still hold data."""
    border = moment - timedelta(days=days)
    return [
        account
        for account in account_store().by_id.values()
        if account.employment_kind == GUEST
        and account.expires_at is not None
        and account.expires_at < border
        and account.erased_at is None
    ]


@periodic("operations_desk.remove_guest_data", minutes=720)
def remove_guest_data() -> int:
    """Erase what is kept about guests, some days after their accounts have expired; return of how many.

    The name stays, in the account and in the records of the meeting.
    """
    moment = now()
    found = expired_guests(moment, current_policy().guest_data_days)
    for account in found:
        if api.user.get(userid=account.user_id) is not None:
            erase(account.user_id, PARTS)
        account.former_passwords = account.recovery = ()
        account.otp_secret = ""
        account.erased_at = moment
    return len(found)

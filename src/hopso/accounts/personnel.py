"""Personnel decisions: kept with the account, and how soon they were carried out (BD-4.3)."""

from collections.abc import Iterable
from datetime import date
from statistics import median

from hopso import _
from hopso.accounts.records import Account
from hopso.accounts.records import PersonnelEvent
from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now


# After these a person works here no more …
LEAVINGS = ("retirement", "leave")
# … and all of these are decided on paper, with number and date.
DECIDED = ("recruitment", "appointment", "rotation", "transfer", *LEAVINGS)


def today() -> date:
    """Return the day in Viet Nam."""
    return local(now()).date()


def check_decision(kind: str | None, decision: str | None, decided_on: date | None) -> None:
    """Raise Invalid unless a *kind* of event that is decided on paper names its decision."""
    bad = {}
    if kind in DECIDED and not (decision or "").strip():
        bad["decision"] = _("Give the number of the decision.")
    if kind in DECIDED and decided_on is None:
        bad["decided_on"] = _("Give the date of the decision.")
    if decided_on is not None and decided_on > today():
        bad["decided_on"] = _("The date of the decision is in the future.")
    if not kind and (decision or decided_on):
        bad["event"] = _("Say what the decision is about.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)


def add_event(
    account: Account,
    kind: str,
    by: str,
    *,
    decision: str = "",
    decided_on: date | None = None,
    effective_on: date | None = None,
    from_unit: str = "",
    to_unit: str = "",
    note: str = "",
) -> PersonnelEvent:
    """Keep what a decision changed of an account; *by* is the user id of who enters it."""
    event = PersonnelEvent(
        kind, (decision or "").strip(), decided_on, effective_on, now(), by, from_unit, to_unit, note
    )
    account.events = (*account.events, event)
    return event


def leaving_of(account: Account) -> PersonnelEvent | None:
    """Return the event by which a person has left, None if she has not (or came back)."""
    for event in reversed(account.events):
        if event.kind in LEAVINGS:
            return event
        if event.kind in ("return", "recruitment"):
            return None
    return None


def gone_by(account: Account, day: date) -> bool:
    """Tell whether a person has left on *day*, whatever the state of the account."""
    if account.leaves_on is not None and account.leaves_on <= day:
        return True
    event = leaving_of(account)
    return event is not None and (event.effective_on or event.decided_on or date.min) <= day


def lag_of(event: PersonnelEvent) -> int | None:
    """Return the days from the decision to its entry (BD-4.3.a), None without a date."""
    if event.decided_on is None:
        return None
    return max(0, (local(event.recorded_at).date() - event.decided_on).days)


def median_lag(accounts: Iterable[Account], since: date | None = None) -> float | None:
    """Return the median of the days between decision and entry; None if nothing was decided.

    since: only what was entered on this day in Viet Nam or later.
    """
    lags = [
        lag
        for account in accounts
        for event in account.events
        if (lag := lag_of(event)) is not None and (since is None or local(event.recorded_at).date() >= since)
    ]
    return median(lags) if lags else None

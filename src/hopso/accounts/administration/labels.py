"""What states of accounts are called, and how they look."""

from hopso import _
from hopso.accounts.listing import CLOSED_UNIT
from hopso.accounts.listing import LEFT
from hopso.accounts.listing import NO_FUNCTION
from hopso.accounts.records import Account
from hopso.accounts.records import ACTIVE
from hopso.core.text import now


STATES = {
    "active": (_("In use"), "good"),
    "waiting": (_("No password yet"), "warn"),
    "leaving": (_("Closes later"), "warn"),
    "expired": (_("Time is over"), "bad"),
    "disabled": (_("Account closed"), "bad"),
}
FILTER_STATES = {
    "active": _("In use"),
    "disabled": _("Account closed"),
    "never": _("Never logged in"),
    "left": _("Should not be open"),
}
PROBLEMS = {
    LEFT: _("Has left, by decision"),
    CLOSED_UNIT: _("The unit does not exist any more"),
    NO_FUNCTION: _("Has no function in any unit"),
}

PART_TITLES = {
    "chair": _("Chair"),
    "secretary": _("Secretary"),
    "approver": _("Approver"),
    "preparer": _("Preparer"),
    "delegates": _("Delegate"),
    "guests": _("Guest"),
    "technicians": _("Technician"),
    "console": _("Console"),
}


def state_of(account: Account) -> str:
    """Return the state of an account as a key of STATES."""
    if account.status != ACTIVE:
        return "disabled"
    if account.expires_at is not None and account.expires_at <= now():
        return "expired"
    if account.leaves_on is not None:
        return "leaving"
    return "active" if account.password_set_at is not None else "waiting"


def tag(account: Account) -> dict:
    """Return name and class of the tag for an account."""
    name, style = STATES[state_of(account)]
    return {"name": name, "class": f"hs-tag hs-tag--{style}"}

"""How far an administrator of accounts reaches (BD-3.3, BD-3.4).

The local role of the group ``unit:<id>:admins`` stands on the unit and on
those below it, so the permission on a unit says it all.  Beyond that, nobody
touches an account that holds more than she could give herself: else the reset
of a password would be a way up.
"""

from AccessControl import getSecurityManager
from hopso import _
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.core import errors
from hopso.organisation.assignments import functions_of
from hopso.organisation.vocabularies import unit_brains
from hopso.organisation.vocabularies import unit_title
from plone import api


MANAGE = "hopso: Manage accounts"
SYSTEM = "hopso: Manage organisation"
SYSTEM_ROLES = {"Manager", "Site Administrator", "System Administrator"}
# Functions that reach over other people's accounts, and the one that only the system gives.
ADMINS = "admins"
RESERVED_FUNCTIONS = ("provincial_chairs",)


def manages(unit) -> bool:
    """Tell whether the present user keeps the accounts of *unit*."""
    return bool(getSecurityManager().checkPermission(MANAGE, unit))


def is_system() -> bool:
    """Tell whether the present user administers the whole system."""
    return bool(getSecurityManager().checkPermission(SYSTEM, api.portal.get()))


def find_unit(unit_id: str):
    """Return a unit by its id, whoever may see it; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="Unit", getId=unit_id or "-"):
        return brain._unrestrictedGetObject()
    return None


def units_below(unit) -> dict[str, str]:
    """Return id -> name of *unit* and of all units below it."""
    path = "/".join(unit.getPhysicalPath())
    return {
        brain.getId: brain.Title for brain in unit_brains() if f"{brain.getPath()}/".startswith(f"{path}/")
    }


def wanted_unit(context, unit_id: str | None):
    """Return the unit that a function is about: *unit_id*, or *context* itself.

    Raises Denied if the present user does not keep its accounts.
    """
    unit = context if unit_id in (None, "", context.getId()) else find_unit(unit_id)
    if unit is None or not manages(unit):
        raise errors.Denied(_("You do not look after the accounts of this unit."))
    return unit


def account_in(unit, user_id: str) -> Account:
    """Return the account of a person whose home is *unit*.

    Raises Invalid if there is no such account and Denied if another unit keeps
    it, or if the person holds more than the present user may give.
    """
    account = known_account(user_id)
    if account.unit != unit.getId() and not (is_system() and find_unit(account.unit) is None):
        home = unit_title(account.unit) or "–"
        raise errors.Denied(_("This account is kept by ${unit}.", mapping={"unit": home}))
    check_rank(user_id)
    return account


def known_account(user_id: str) -> Account:
    """Return the account of a person.  Raises Invalid if there is none."""
    account = account_of(user_id)
    if account is None:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"user": _("There is no such account.")}
        )
    return account


def check_rank(user_id: str) -> None:
    """Raise Denied if a person holds more than the present user could give."""
    if is_system():
        return
    if SYSTEM_ROLES & set(api.user.get_roles(username=user_id)):
        raise errors.Denied(_("Accounts of system administrators are kept by system administrators."))
    for one in functions_of(user_id):
        if one.function == ADMINS and (unit := find_unit(one.unit)) is not None and not manages(unit):
            raise errors.Denied(
                _(
                    "This person administers ${unit}, which you do not look after.",
                    mapping={"unit": unit.title},
                )
            )


def check_function(function: str) -> None:
    """Raise Denied for functions that only system administrators give."""
    if function in RESERVED_FUNCTIONS and not is_system():
        raise errors.Denied(_("Only a system administrator can give this function."))


def check_not_oneself(user_id: str) -> None:
    """Raise Denied where an administrator would act on the own account."""
    if getSecurityManager().getUser().getId() == user_id:
        raise errors.Denied(_("Another administrator has to do this with your own account."))


def administers(user_id: str) -> bool:
    """Tell whether a person keeps the accounts of some unit."""
    return any(one.function == ADMINS for one in functions_of(user_id))

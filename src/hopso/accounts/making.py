"""Making an account: for the operations, the import and the invitation of guests."""

from base64 import b64encode
import re
import secrets

from hopso import _
from hopso.accounts.identities import identities
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.accounts.records import account_store
from hopso.accounts.usernames import is_proper
from hopso.accounts.usernames import proposed
from hopso.core import errors
from hopso.core.text import now
from hopso.organisation.vocabularies import unit_title
from plone import api


EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def locked_hash() -> str:
    """Return what stands for the password of somebody who has not chosen one: no password has this hash."""
    return "{SSHA}" + b64encode(secrets.token_bytes(24)).decode()


def is_taken(user_id: str) -> bool:
    """Tell whether somebody has this user name, in the house or in Zope's root."""
    if account_of(user_id) is not None:
        return True
    return api.portal.get_tool("acl_users").getUserById(user_id) is not None


def email_problem(email: str, but: str = ""):
    """Return what is wrong with an address (a translatable text), None if nothing is.

    but: user id of the person who may have it.  Of another unit's account only
    the unit is told, so that a transfer can be asked for.
    """
    if len(email or "") > 200 or not EMAIL.fullmatch((email or "").strip()):
        return _("This is not an e-mail address.")
    holder = identities().holder(email)
    if not holder or holder == but:
        return None
    account = account_of(holder)
    home = unit_title(account.unit) if account is not None and account.unit else None
    if home:
        return _(
            "An account with this address exists in ${unit}: change it there, or ask for a transfer.",
            mapping={"unit": home},
        )
    return _("An account with this address exists already.")


def namesake_problem(fullname: str, phone: str, but: str = ""):
    """Return the warning about an account of the same name and telephone, None if there is none."""
    for user_id in identities().namesakes(fullname, phone, but):
        account = account_of(user_id)
        home = unit_title(account.unit) if account is not None else None
        return _(
            "Somebody of this name with this telephone has an account in ${unit}."
            " If it is the same person, ask for a transfer.",
            mapping={"unit": home or "–"},
        )
    return None


def new_user_id(fullname: str, user_id: str = "") -> str:
    """Return the user name for a new person: *user_id* if it is given and free, else one made from the name.

    Raises Invalid.
    """
    user_id = (user_id or "").strip().lower()
    if not user_id:
        return proposed(fullname, is_taken)
    problem = None
    if not is_proper(user_id):
        problem = _(
            "A user name has 3 to 40 letters without accents, digits, dots, and begins with a letter."
        )
    elif is_taken(user_id):
        problem = _("This user name is taken.")
    if problem:
        raise errors.Invalid(_("Please check what you entered."), errors={"user": problem})
    return user_id


def make_account(user_id: str, fullname: str, email: str, *, by: str, **fields) -> Account:
    """Make a user nobody can log in as yet, and the account; *fields* are those of ``Account``.

    Whoever calls has checked the name and the address.  Raises Invalid if
    somebody else has just taken the name.
    """
    users = api.portal.get_tool("acl_users")
    if users._doAddUser(user_id, locked_hash(), ["Member"], []) is None:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"user": _("This user name is taken.")}
        )
    set_properties(user_id, fullname=fullname.strip(), email=email.strip())
    account = account_store().add(Account(user_id, created_at=now(), created_by=by, **fields))
    identities().put_phone(user_id, account.phone)
    return account


def set_properties(user_id: str, **properties) -> None:
    """Change member properties with the event that tells the rest of the house."""
    api.user.get(userid=user_id).setMemberProperties(properties)

"""The link by which a person chooses a password: the way in for new accounts (BD-4.3).

The key is made by the job that sends the mail and stands nowhere but in that
mail; the account keeps its digest.  It opens once, and for some days.
"""

from datetime import timedelta
import hashlib
import hmac
import secrets
from urllib.parse import urlencode

from hopso.accounts import passwords
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.core.text import now
from plone import api


LASTS = timedelta(days=7)
# A link that anybody can ask for opens for a shorter time.
FORGOT_LASTS = timedelta(hours=2)
VIEW = "@@invitation"


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def invite(account: Account, lasts: timedelta = LASTS) -> str:
    """Make a new link for an account (older ones open no more) and return its address."""
    key = secrets.token_urlsafe(32)
    account.invitation, account.invitation_until = digest_of(key), now() + lasts
    query = urlencode({"user": account.user_id, "key": key})
    return f"{api.portal.get().absolute_url()}/{VIEW}?{query}"


def opened_by(user_id: str, key: str) -> Account | None:
    """Return the account that a key opens now, None if it opens nothing (any more)."""
    account = account_of(user_id)
    if account is None or not account.invitation or account.invitation_until is None:
        return None
    fits = hmac.compare_digest(account.invitation, digest_of(key))
    return account if fits and account.active() and now() < account.invitation_until else None


def accept(account: Account, password: str) -> None:
    """Set the password that the owner of the link has chosen; the link opens no more.

    Raises Invalid if the password breaks the rules.
    """
    passwords.set_password(account.user_id, password, by_other=False)
    account.invitation, account.invitation_until = "", None

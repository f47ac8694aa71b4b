"""Which account belongs to which person of a directory.

The first login matches by address or name; from then on the link counts.  So
who may change an address in the directory cannot walk into somebody else's
account, and two people of the directory never share one.
"""

from BTrees.OOBTree import OOBTree
from hopso.accounts.directory.interfaces import BY_EMAIL
from hopso.accounts.directory.person import Person
from hopso.accounts.identities import identities
from hopso.accounts.records import account_of
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.directory.links"


def links() -> OOBTree:
    """Return key of the person -> user id (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> None:
    """Make the store if it is missing (installation only)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()


def match(person: Person, way: str) -> str:
    """Return the user id of the account that is the person's, "" if there is none.

    way: BY_EMAIL or BY_LOGIN, for people who were never here.  An account that
    is linked to another person of the same directory is nobody else's, and
    neither is one without a record (those of Zope itself).
    """
    linked = links().get(person.key)
    if linked:
        return linked
    found = _by_email(person) if way == BY_EMAIL else _by_login(person)
    account = account_of(found)
    if account is None or (account.directory and account.directory != person.key):
        return ""
    return found


def link(person: Person, user_id: str) -> None:
    """Remember whose account it is; writes the first time only."""
    if links().get(person.key) == user_id:
        return
    links()[person.key] = user_id
    account_of(user_id).directory = person.key


def unlink(user_id: str) -> bool:
    """Forget the link of an account; tell whether there was one."""
    account = account_of(user_id)
    if account is None or not account.directory:
        return False
    links().pop(account.directory, None)
    account.directory = ""
    return True


def _by_email(person):
    return identities().holder(person.email) if person.email and person.email_verified else ""


def _by_login(person):
    names = api.portal.get_tool("acl_users").source_users._login_to_userid
    return names.get(person.login) or names.get(person.login.lower()) or ""

"""What the door (``hopso.accounts.entrance``) asks a directory, and what it does with the answer."""

from dataclasses import dataclass
import logging

from hopso.accounts.directory import links
from hopso.accounts.directory.interfaces import IDirectorySettings
from hopso.accounts.directory.interfaces import IPasswordDirectory
from hopso.accounts.directory.person import Person
from hopso.accounts.directory.person import Unreachable
from hopso.accounts.records import Account
from plone.registry.interfaces import IRegistry
from zope.component import queryUtility


log = logging.getLogger("hopso.directory")
PREFIX = "hopso.directory"
# Letters that mean something in an LDAP filter or a distinguished name are in no login name of a person.
FORBIDDEN = frozenset('*()\\\0,=+<>#;"/')
LONGEST_LOGIN = 100


@dataclass(frozen=True)
class Answer:
    """What the directory says of a name and a password.

    user_id: the account of whom they are, "" if nobody's here; person: whom the
    directory knows by them, None if nobody; down: it did not answer.
    """

    user_id: str = ""
    person: Person | None = None
    down: bool = False

    @property
    def stranger(self) -> bool:
        """Tell whether the directory knows the person, and we do not."""
        return self.person is not None and not self.user_id


NOBODY = Answer()


def settings():
    """Return the settings, None before the installation."""
    registry = queryUtility(IRegistry)
    if registry is None:
        return None
    return registry.forInterface(IDirectorySettings, prefix=PREFIX, check=False)


def ask(login: str, password: str) -> Answer:
    """Ask the directory about a name and a password; NOBODY where none is in use.

    An empty password never gets as far: servers take it for "anonymous" and say yes.
    """
    directory = queryUtility(IPasswordDirectory)
    if directory is None or not settings().ldap_on:
        return NOBODY
    if not password or not plain_login(login):
        return NOBODY
    try:
        person = directory.check(login, password)
    except Unreachable as error:
        log.error("the directory does not answer: %s", error)
        return Answer(down=True)
    if person is None:
        return NOBODY
    return Answer(links.match(person, settings().match), person)


def plain_login(login: str) -> bool:
    """Tell whether a name may be put into a question to the directory."""
    return 0 < len(login) <= LONGEST_LOGIN and login.isprintable() and not FORBIDDEN & set(login)


def own_password_counts(account: Account | None) -> bool:
    """Tell whether the password kept here lets the owner of an account in."""
    if account is None or not account.directory:
        return True
    chosen = settings()
    used = chosen.ldap_on if account.directory.startswith("ldap:") else chosen.oidc_on
    return not (used and chosen.exclusive)

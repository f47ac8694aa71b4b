"""What a directory tells of a person."""

from dataclasses import dataclass


class Unreachable(Exception):
    """The directory did not answer; the text is for the log and holds no secret."""


@dataclass(frozen=True)
class Person:
    """Somebody whom a directory has authenticated.

    source: "ldap" or "oidc"; uid: what the directory never changes or gives to
    another person; login: the name used there; email, fullname, phone: "" if
    not told; email_verified: the directory vouches for the address;
    department: what it says about where the person works.
    """

    source: str
    uid: str
    login: str = ""
    email: str = ""
    fullname: str = ""
    phone: str = ""
    department: str = ""
    email_verified: bool = True

    @property
    def key(self) -> str:
        """Return the name under which the link to an account is kept."""
        return f"{self.source}:{self.uid}"

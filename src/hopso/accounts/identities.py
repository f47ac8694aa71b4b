"""One person, one account: who has which e-mail address and telephone (BD-4.3).

The index follows Plone's member properties by an event, so that it does not
matter which form or service changed them.  Two administrators who enter the
same address at the same time write the same key: one of them tries again, and
is then told about the other's account.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso.archive.normalise import fold
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.identities"


def email_key(email: str | None) -> str:
    """Return the form in which two addresses are the same."""
    return (email or "").strip().lower()


def phone_key(phone: str | None) -> str:
    """Return the digits of a telephone number, ``+84`` as ``0``."""
    digits = "".join(char for char in phone or "" if char.isdecimal())
    return "0" + digits[2:] if (phone or "").strip().startswith("+84") else digits


class Identities(Persistent):
    """Addresses and telephones of all accounts."""

    def __init__(self):
        self.by_email = OOBTree()  # address -> user id
        self.emails = OOBTree()  # user id -> address
        self.by_phone = OOBTree()  # digits -> OOTreeSet of user ids
        self.phones = OOBTree()  # user id -> digits

    def holder(self, email: str) -> str:
        """Return whose address it is, "" if nobody's."""
        return self.by_email.get(email_key(email), "") if email_key(email) else ""

    def put_email(self, user_id: str, email: str) -> None:
        """Note a person's address; one that somebody else has stays with her."""
        new, old = email_key(email), self.emails.get(user_id, "")
        if new == old:
            return
        if old:
            del self.by_email[old]
            del self.emails[user_id]
        if new and new not in self.by_email:
            self.by_email[new] = user_id
            self.emails[user_id] = new

    def put_phone(self, user_id: str, phone: str) -> None:
        """Note a person's telephone."""
        new, old = phone_key(phone), self.phones.get(user_id, "")
        if new == old:
            return
        if old:
            self.by_phone[old].remove(user_id)
            del self.phones[user_id]
        if new:
            if new not in self.by_phone:
                self.by_phone[new] = OOTreeSet()
            self.by_phone[new].insert(user_id)
            self.phones[user_id] = new

    def namesakes(self, fullname: str, phone: str, but: str = "") -> list[str]:
        """Return who else has this telephone and, accents and order aside, this name."""
        if not phone_key(phone):
            return []
        wanted = sorted(fold(fullname).split())
        return [
            user_id
            for user_id in self.by_phone.get(phone_key(phone), ())
            if user_id != but and sorted(fold(fullname_of(user_id)).split()) == wanted
        ]


def fullname_of(user_id: str) -> str:
    """Return a person's name as Plone keeps it, "" if there is none."""
    return properties_of(user_id).get("fullname") or ""


def email_of(user_id: str) -> str:
    """Return a person's address as Plone keeps it, "" if there is none."""
    return properties_of(user_id).get("email") or ""


def properties_of(user_id: str) -> dict:
    """Return the member properties that Plone's own storage has of a person, without making a user."""
    return api.portal.get_tool("acl_users").mutable_properties._storage.get(user_id) or {}


def identities() -> Identities:
    """Return the index of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> Identities:
    """Make the index if it is missing (installation only)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = Identities()
    return annotations[KEY]


def properties_updated(event) -> None:
    """Follow a change of member properties."""
    found = IAnnotations(api.portal.get()).get(KEY)
    if found is not None and "email" in (event.properties or {}):
        found.put_email(event.principal.getId(), event.properties["email"])

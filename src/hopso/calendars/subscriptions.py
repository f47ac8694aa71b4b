"""Addresses under which other calendar programs read a calendar, one small record each.

The address holds a token, and whoever knows it reads what its owner may read at
that moment.  Only a digest of the token is kept, so neither a copy of the
database nor an administrator can make the address again.
"""

from dataclasses import dataclass
from datetime import datetime
import hashlib
import secrets

from BTrees.OOBTree import OOBTree
from hopso.core.ids import short_id
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.calendars.subscriptions"
BETWEEN, AFTER = "\n", "\x0b"
TOKEN_BYTES = 32
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Subscription:
    """An address: who made it, for which calendar (kind and key as in ``events_between``), when (UTC)."""

    id: str
    user_id: str
    kind: str
    key: str
    made_at: datetime


class SubscriptionStore(Persistent):
    """All addresses; two trees, so that people do not meet and a feed reads one entry."""

    def __init__(self):
        self.by_digest = OOBTree()  # digest of the token -> Subscription
        self.by_user = OOBTree()  # "user id\nid" -> digest

    def add(self, user_id: str, kind: str, key: str) -> tuple[Subscription, str]:
        """Make an address; return it and its token, which is kept nowhere."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        one = Subscription(short_id(12), user_id, kind, key, now())
        self.by_digest[digest_of(token)] = one
        self.by_user[f"{user_id}{BETWEEN}{one.id}"] = digest_of(token)
        return one, token

    def of_user(self, user_id: str) -> list[Subscription]:
        """Return the addresses of a person, the oldest first."""
        digests = self.by_user.values(f"{user_id}{BETWEEN}", f"{user_id}{AFTER}", excludemax=True)
        return sorted((self.by_digest[one] for one in digests), key=lambda one: one.made_at)

    def find(self, token: str) -> Subscription | None:
        """Return the address of a token, None for a wrong or revoked one."""
        return self.by_digest.get(digest_of(token)) if token and len(token) <= LONGEST_TOKEN else None

    def remove(self, user_id: str, id: str) -> bool:
        """Take back an address of a person; tell whether there was one."""
        digest = self.by_user.pop(f"{user_id}{BETWEEN}{id}", None)
        if digest is None:
            return False
        del self.by_digest[digest]
        return True


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def subscription_store() -> SubscriptionStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> SubscriptionStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = SubscriptionStore()
    return annotations[KEY]

"""Who opened which document through the system: first and last time, nothing more (BD-12.2.a).

A person's record is a BTree of her own, written at most once a document and
day; nobody else's reading touches it.
"""

from dataclasses import dataclass
from datetime import datetime

from AccessControl import getSecurityManager
from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.audit.harmless import harmless_write
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.personal import source
from persistent import Persistent
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.reads"


@dataclass(frozen=True)
class Read:
    """First and last time (UTC) that somebody opened a document; ``last`` is right to the day."""

    first: datetime
    last: datetime


class ReadStore(Persistent):
    """Reading, by person."""

    def __init__(self):
        self.by_user = OOBTree()  # user id -> OOBTree: UID of the document -> Read

    def of_user(self, user_id: str):
        """Return UID of the document -> Read (a read-only view)."""
        return self.by_user.get(user_id, {})

    def note(self, user_id: str, uid: str, moment: datetime) -> bool:
        """Note that a document was opened at *moment* (UTC); return whether there was anything to write."""
        kept = self.by_user.get(user_id)
        if kept is None:
            kept = self.by_user[user_id] = OOBTree()
        known = kept.get(uid)
        if known is not None and local(known.last).date() == local(moment).date():
            return False
        kept[uid] = Read(known.first if known is not None else moment, moment)
        return True


def ensure_store(portal) -> ReadStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = ReadStore()
    return annotations[KEY]


def read_store() -> ReadStore | None:
    """Return the store of the present site, None before the installation."""
    return IAnnotations(api.portal.get()).get(KEY)


def document_opened(event) -> None:
    """Note who opened a document."""
    user_id, store = getSecurityManager().getUser().getId(), read_store()
    if user_id and store is not None:
        with harmless_write():
            store.note(user_id, IUUID(event.document), now())


@source("reading", _("Documents opened"))
def reading_data(user_id: str) -> list[dict]:
    """Return which documents a person opened, by their addresses."""
    store = read_store()
    kept = dict(store.of_user(user_id)) if store is not None else {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(UID=list(kept)) if kept else ()
    titles = {brain.UID: brain.Title for brain in found}
    return [
        {"document": titles.get(uid, uid), "first": one.first, "last": one.last} for uid, one in kept.items()
    ]

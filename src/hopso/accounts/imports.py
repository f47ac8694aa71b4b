"""Imports that were handed in: the file, what it would do, how far it has come.

One persistent object an import.  The counter of the running job lies in an
object of its own, which nothing else touches: it is committed while the job's
own transaction, all or nothing, is still open.
"""

from datetime import datetime
from datetime import timedelta

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core.aside import in_own_transaction
from hopso.core.ids import short_id
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.imports"
WAITING, CHECKED, UNREADABLE = "waiting", "checked", "unreadable"
CONFIRMED, DONE, REFUSED, FAILED = "confirmed", "done", "refused", "failed"
RUNNING = (WAITING, CONFIRMED)
KEPT = timedelta(days=30)
ACCOUNTS = "accounts"


class Progress(Persistent):
    """How many rows of how many are done; written aside."""

    done = 0
    total = 0


class Import(Persistent):
    """One file, with accounts or with another list.

    kind: what it holds, "accounts" or the name of a list of the inventory; digest: SHA-256
    of the file, "" if nobody asked for it; unit: id of the unit it was handed in at; made_by, confirmed_by: user ids; status:
    WAITING (to be checked), CHECKED, UNREADABLE, CONFIRMED (waits or runs), DONE,
    REFUSED (rows were wrong when it came to it), FAILED; message: why; plan:
    (number, action, user id, name, changes, problems) of each row; counts: rows by
    action; file: NamedBlobFile, None when it is done.
    """

    kind = ACCOUNTS
    digest = ""
    status = WAITING
    message: object = ""
    plan: tuple = ()
    counts: dict | None = None
    confirmed_by = ""
    ended_at: datetime | None = None

    def __init__(self, unit: str, file, made_by: str, kind: str = ACCOUNTS):
        self.kind = kind
        self.id = short_id(16)
        self.unit = unit
        self.file = file
        self.filename = file.filename or ""
        self.made_by = made_by
        self.made_at = now()
        self.progress = Progress()

    @property
    def bad(self) -> int:
        """How many rows are wrong."""
        return (self.counts or {}).get("bad", 0)

    @property
    def running(self) -> bool:
        """Tell whether a job has it in hand."""
        return self.status in RUNNING

    def absolute_url(self) -> str:
        """Return the page of the import."""
        from hopso.accounts.reach import find_unit

        page = "import-accounts" if self.kind == ACCOUNTS else "inventory-import"
        return f"{find_unit(self.unit).absolute_url()}/@@{page}?import={self.id}"

    def end(self, status: str, message: object = "") -> None:
        """Settle it; the file with everybody's data is not needed any more unless it may be tried again."""
        self.status, self.message, self.ended_at = status, message, now()
        if status == DONE:
            self.file = None


def ensure_store(portal) -> OOBTree:
    """Make the store if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    return annotations[KEY]


def import_store() -> OOBTree:
    """Return id -> Import of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def imports_of(unit_id: str, limit: int = 10, kind: str = ACCOUNTS) -> list[Import]:
    """Return the latest imports of a kind of list of a unit."""
    found = [one for one in import_store().values() if one.unit == unit_id and one.kind == kind]
    return sorted(found, key=lambda one: one.made_at, reverse=True)[:limit]


def tell_progress(import_id: str, done: int, total: int) -> None:
    """Write down how far an import has come, whatever becomes of the present transaction."""
    in_own_transaction(_tell, import_id, done, total)


def _tell(site, import_id, done, total):
    found = IAnnotations(site).get(KEY, {}).get(import_id)
    if found is not None:
        found.progress.done, found.progress.total = done, total


def purge(moment: datetime) -> int:
    """Forget imports older than KEPT with the data in them; return how many."""
    store = import_store()
    old = [key for key, one in store.items() if not one.running and one.made_at < moment - KEPT]
    for key in old:
        del store[key]
    return len(old)


def gave_up(error: str, import_id: str) -> None:
    """End an import whose job was given up; whatever it is of, nothing was changed."""
    found = import_store().get(import_id)
    if found is not None and found.running:
        found.end(FAILED, _("The import was interrupted; nothing was changed. Please try again."))

"""The log: append-only, one key an entry, written in the transaction it tells of.

Entries lie in many BTrees under an annotation of the site; which one is drawn
by lot, so that people who work at the same time do not meet.  Keys count time
backwards: the natural order is the newest first.  There is no function to
change or to remove an entry.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from datetime import UTC
import heapq
import secrets

from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.audit"
SHARDS = 64
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
LAST = 1 << 51  # microseconds after EPOCH, some time in 2091
LOT_BITS = 12  # told apart within one microsecond

_acting_for: ContextVar[str] = ContextVar("hopso_acting_for", default="")


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    when: aware, UTC; who: user id (``system`` for the house itself, "" for strangers); behalf: user
    id of the person it was done for; operation: ``meeting.register``,
    ``content.modified``, ``item.download``, ``login`` …; uid, path, title,
    portal_type: the object; scope: UID of its meeting (own UID elsewhere);
    before, after: review states; findings: (rule id, level) pairs;
    override: why blocks were lifted; address: of the client; details: plain values;
    subject: user id of the person whom the act is about; units: ids of the units
    that it concerned when it was written; changes: name -> (before, after), plain;
    findable: it belongs to the history of its object (reading does not).
    """

    when: datetime
    who: str = ""
    operation: str = ""
    behalf: str = ""
    uid: str = ""
    scope: str = ""
    path: str = ""
    title: str = ""
    portal_type: str = ""
    before: str = ""
    after: str = ""
    findings: tuple = ()
    override: str = ""
    address: str = ""
    details: dict = field(default_factory=dict)
    subject: str = ""
    units: tuple = ()
    changes: dict = field(default_factory=dict)
    findable: bool = True


class AuditLog(Persistent):
    """All entries of the site."""

    def __init__(self):
        self.shards = tuple(LOBTree() for _number in range(SHARDS))
        self.by_scope = OOBTree()  # scope UID -> LOBTree: key -> number of the shard

    def append(self, entry: Entry) -> int:
        """Add an entry and return its key."""
        number = secrets.randbelow(SHARDS)
        shard = self.shards[number]
        key = _key(entry.when)
        while not shard.insert(key, plain_of(entry)):
            key = _key(entry.when)
        if entry.findable and entry.scope:
            found = self.by_scope.get(entry.scope)
            if found is None:
                found = self.by_scope[entry.scope] = LOBTree()
            found[key] = number
        return key

    def between(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Entry]:
        """Yield entries with since <= when < until, the newest first."""
        low, high = key_range(since, until)
        merged = heapq.merge(*(shard.items(low, high) for shard in self.shards), key=lambda item: item[0])
        for _key_of_it, plain in merged:
            yield Entry(**plain)

    def of_scope(self, scope: str) -> Iterator[Entry]:
        """Yield the entries about a meeting and what is in it (or one other object), the newest first."""
        for key, number in self.by_scope.get(scope, {}).items():
            plain = self.shards[number].get(key)
            if plain is not None:
                yield Entry(**plain)


def key_range(since: datetime | None = None, until: datetime | None = None) -> tuple[int | None, int | None]:
    """Return the lowest and highest key of entries with since <= when < until; None: no bound."""
    low = None if until is None else _key_of(until) + (1 << LOT_BITS)
    high = None if since is None else _key_of(since) + (1 << LOT_BITS) - 1
    return low, high


def moment_of(key: int) -> datetime:
    """Return the moment (UTC) that a key stands for."""
    return EPOCH + timedelta(microseconds=LAST - (key >> LOT_BITS))


def _key_of(when: datetime) -> int:
    microseconds = (when - EPOCH) // timedelta(microseconds=1)
    return (LAST - microseconds) << LOT_BITS


def _key(when):
    return _key_of(when) | secrets.randbelow(1 << LOT_BITS)


def plain_of(entry: Entry) -> dict:
    """Return an entry as it is stored."""
    # What is a default is not stored: entries stay small, and old ones stay readable.
    return {
        name: value
        for name, value in asdict(entry).items()
        if value not in ("", (), {}, None) and (name, value) != ("findable", True)
    }


def ensure_log(portal) -> AuditLog:
    """Make the log if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = AuditLog()
    return annotations[KEY]


def audit_log() -> AuditLog | None:
    """Return the log of the present site, None before the installation."""
    return log_of(api.portal.get())


def log_of(site) -> AuditLog | None:
    """Return the log of *site*, None before the installation."""
    return IAnnotations(site).get(KEY)


@contextmanager
def acting_for(user_id: str):
    """Record what is done inside of the block as done on behalf of *user_id* (jobs, substitutes)."""
    token = _acting_for.set(user_id)
    try:
        yield
    finally:
        _acting_for.reset(token)


def on_behalf() -> str:
    """Return for whom things are done now, "" for oneself."""
    return _acting_for.get()


def entries(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    who: str = "",
    operation: str = "",
    uid: str = "",
    start: int = 0,
    limit: int | None = None,
) -> list[Entry]:
    """Return entries, the newest first; checks no right.

    since, until: aware, the end not included; who: user id; operation: a name or
    the beginning of one (``meeting.``); uid: of an object, or of a meeting for
    all that is in it; start, limit: paging.
    """
    log = audit_log()
    if log is None:
        return []
    source = log.of_scope(uid) if uid and uid in log.by_scope else log.between(since, until)
    found = []
    for entry in source:
        if not _wanted(entry, since, until, who, operation, uid):
            continue
        if start:
            start -= 1
            continue
        found.append(entry)
        if limit is not None and len(found) >= limit:
            break
    return found


def _wanted(entry, since, until, who, operation, uid):
    return (
        (since is None or since <= entry.when)
        and (until is None or entry.when < until)
        and (not who or who in (entry.who, entry.behalf))
        and (not operation or entry.operation.startswith(operation))
        and (not uid or uid in (entry.uid, entry.scope))
    )


def history_of(obj, limit: int = 50) -> list[Entry]:
    """Return the latest entries about *obj*, for a meeting with all that is in it; newest first.

    Cheap: reads only these entries.  Downloads and page views are not among them.
    Whoever calls it checks that the reader may see *obj*.
    """
    from hopso.audit.describe import scope_of
    from plone.uuid.interfaces import IUUID

    log, uid = audit_log(), IUUID(obj, "")
    if log is None or not uid:
        return []
    scope = scope_of(obj)
    found = []
    for entry in log.of_scope(scope):
        if scope == uid or entry.uid == uid:
            found.append(entry)
            if len(found) >= limit:
                break
    return found


def record(operation: str, context=None, *, when: datetime | None = None, **fields) -> Entry | None:
    """Append an entry about *context* by the current user; return it (None without a log).

    *fields* are those of Entry; ``details`` and ``changes`` are put into their
    short plain form here.  May be called while a page is only read.
    """
    from hopso.audit.harmless import harmless_write

    log = audit_log()
    if log is None:
        return None
    entry = made(operation, context, when=when, **fields)
    with harmless_write():
        log.append(entry)
    return entry


def record_aside(operation: str, context=None, *, when: datetime | None = None, **fields) -> Entry | None:
    """Like ``record``, but committed at once, whatever becomes of the request (see ``in_own_transaction``)."""
    from hopso.core.aside import in_own_transaction

    if audit_log() is None:
        return None
    entry = made(operation, context, when=when, **fields)
    in_own_transaction(append_to, entry)
    return entry


def append_to(site, entry: Entry) -> None:
    """Append *entry* to the log of *site* as another connection sees it."""
    log = log_of(site)
    if log is not None:
        log.append(entry)


def made(operation: str, context=None, *, when: datetime | None = None, **fields) -> Entry:
    """Return the entry that ``record`` would append."""
    from hopso.audit.describe import client_address
    from hopso.audit.describe import current_user_id
    from hopso.audit.describe import described
    from hopso.audit.describe import details_about
    from hopso.audit.describe import units_about

    fields.setdefault("who", current_user_id())
    fields.setdefault("behalf", on_behalf())
    fields.setdefault("address", client_address())
    if "units" not in fields:
        people = [fields["who"], fields["behalf"], fields.get("subject", "")]
        fields["units"] = units_about(context, *people)
    fields["details"] = details_about(context, fields.get("details") or {})
    return Entry(when=when or now(), operation=operation, **{**described(context), **fields})

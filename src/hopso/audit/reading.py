"""Finding entries in a log of any size: by what the sealer indexed, page by page.

Sealed entries are found by the index, those of the last minutes by looking
through them.  What no index knows (an address) is looked for entry by entry,
for so many at a time: the answer then says how far it came.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
import heapq

from hopso.audit.chain import audit_chain
from hopso.audit.chain import WINDOW
from hopso.audit.describe import scope_of
from hopso.audit.log import audit_log
from hopso.audit.log import Entry
from hopso.audit.log import key_range
from hopso.audit.log import moment_of
from hopso.audit.terms import is_refusal
from hopso.audit.terms import terms_of
from hopso.organisation.content import IUnit
from plone import api


# Entries looked at for one page.
SCAN = 20_000
# With more units than this the whole log is quicker than their indexes.
MANY_UNITS = 40


@dataclass(frozen=True)
class Query:
    """What is looked for; empty fields do not matter.

    since, until: aware, the end not included; person: user id of who did it or
    for whom; subject: user id of the person it is about; operation: a name or
    the beginning of one (``meeting.``); uid: of an object, of a meeting with all
    that is in it; unit: id; address: of the client; refused, override: only those;
    reach: ids of the units whose entries may be seen, None for all.
    """

    since: datetime | None = None
    until: datetime | None = None
    person: str = ""
    subject: str = ""
    operation: str = ""
    uid: str = ""
    unit: str = ""
    address: str = ""
    refused: bool = False
    override: bool = False
    reach: frozenset | None = None

    def wants(self, entry: Entry) -> bool:
        """Tell whether *entry* is looked for and may be seen."""
        return (
            (self.since is None or self.since <= entry.when)
            and (self.until is None or entry.when < self.until)
            and (not self.person or self.person in (entry.who, entry.behalf))
            and (not self.subject or f"person:{self.subject}" in _people(entry))
            and (not self.operation or entry.operation.startswith(self.operation))
            and (not self.uid or self.uid in (entry.uid, entry.scope))
            and (not self.unit or self.unit in entry.units)
            and (not self.address or entry.address == self.address)
            and (not self.refused or is_refusal(entry.operation))
            and (not self.override or bool(entry.override))
            and (self.reach is None or not self.reach.isdisjoint(entry.units))
        )


def _people(entry) -> set[str]:
    """Return the terms of the people whom an entry is about, its doer left out."""
    plain = {"operation": entry.operation, "subject": entry.subject, "details": entry.details}
    return terms_of(plain)


@dataclass
class Found:
    """One page of entries, the newest first.

    after: key to go on from, 0 at the end; cut: until when (UTC) was looked, if
    the search stopped before the page was full.
    """

    entries: list[Entry] = field(default_factory=list)
    after: int = 0
    cut: datetime | None = None


def reach_of(context) -> frozenset | None:
    """Return the ids of the units whose entries belong to a page on *context*: None on the site.

    Entries keep the units that they concerned when they were written; which
    units lie below another is read now: a unit that moves takes its log along.
    """
    if not IUnit.providedBy(context):
        return None
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(portal_type="Unit", path="/".join(context.getPhysicalPath()))
    return frozenset(brain.getId for brain in brains) | {context.getId()}


def find(query: Query, *, after: int = 0, limit: int = 50, scan: int = SCAN) -> Found:
    """Return up to *limit* entries after the key *after*; checks no right but ``query.reach``."""
    found = Found()
    for looked, (key, entry) in enumerate(walk(query, after), 1):
        if query.wants(entry):
            if len(found.entries) == limit:
                break
            found.entries.append(entry)
            found.after = key
        if looked >= scan:
            found.after, found.cut = key, moment_of(key)
            return found
    else:
        found.after = 0
    return found


def everything(query: Query) -> Iterator[Entry]:
    """Yield every entry looked for, the newest first, one by one."""
    for _key, entry in walk(query):
        if query.wants(entry):
            yield entry


def walk(query: Query, after: int = 0) -> Iterator[tuple[int, Entry]]:
    """Yield (key, entry) of what may match, the newest first, each once."""
    log = audit_log()
    if log is None:
        return
    low, high = key_range(query.since, query.until)
    low = max(low or 0, after + 1)
    last = None
    for key, shard in _places(log, query, low, high):
        if (key, shard) == last:
            continue
        last = key, shard
        plain = log.shards[shard].get(key)
        if plain is not None:
            yield key, Entry(**plain)


def _places(log, query, low, high) -> Iterator[tuple[int, int]]:
    """Yield (key, number of the shard), keys ascending: from the best index, or from the whole log."""
    chain = audit_chain()
    terms = _terms(query)
    if chain is None or terms is None:
        return heapq.merge(*(_keys(shard, number, low, high) for number, shard in enumerate(log.shards)))
    last = chain.last
    tail = sorted(
        (key, shard)
        for key, shard, _plain in chain.unsealed(log, None if last is None else last.time - WINDOW)
        if key >= low and (high is None or key <= high)
    )
    trees: list[Iterable] = [tail]
    for term in terms:
        tree = chain.index.get(term)
        if tree is not None:
            trees.append(tree.items(low, high))
    if query.uid and query.uid in log.by_scope:
        trees.append(log.by_scope[query.uid].items(low, high))
    elif query.uid and (scope := _scope(query.uid)) in log.by_scope:
        trees.append(log.by_scope[scope].items(low, high))
    return heapq.merge(*trees)


def _keys(shard, number, low, high):
    return ((key, number) for key in shard.keys(low, high))


def _terms(query) -> list[str] | None:
    """Return the terms whose entries together hold all that is looked for; None: no index helps."""
    if query.uid:
        return [f"read:{scope}" for scope in {query.uid, _scope(query.uid)}]
    if query.refused:
        return ["refused"]
    if query.override:
        return ["override"]
    if query.subject or query.person:
        return [f"person:{query.subject or query.person}"]
    if query.unit:
        return [f"unit:{query.unit}"]
    if query.reach is not None and len(query.reach) <= MANY_UNITS:
        return [f"unit:{one}" for one in query.reach]
    if query.operation:
        return [f"kind:{query.operation.partition('.')[0]}"]
    return None


def _scope(uid: str) -> str:
    """Return the UID of the meeting around an object, its own elsewhere and for what is gone."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(UID=uid)
    return scope_of(brains[0]._unrestrictedGetObject()) if brains else uid

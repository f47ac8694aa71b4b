"""Entries sealed into a chain of hashed blocks.

Writers know nothing of it: an entry goes under a key of its own, and every
minute a job reads what is new and seals it.  A block holds the place and the
digest of each entry, the hash of the block before and, where the deployment
keeps a key outside of the database, a keyed hash.  ``verify.py`` finds what was
changed since; docs/audit.md says what that protects against.
"""

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
import hashlib
import json

from BTrees.IOBTree import IOBTree
from BTrees.LLBTree import LLBTree
from BTrees.OOBTree import OOBTree
from hopso.audit.keys import Keys
from hopso.audit.log import AuditLog
from hopso.audit.log import key_range
from hopso.audit.log import moment_of
from hopso.audit.log import SHARDS
from hopso.audit.terms import terms_of
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.audit.chain"
GENESIS = "0" * 64
# How far back the job looks each time: entries of transactions that took long come late.
WINDOW = timedelta(minutes=15)
# The clock of one machine may be behind that of another, and commits take a moment.
SETTLE = timedelta(seconds=60)
# Without news an empty block says that the log was alive.
HEARTBEAT = timedelta(minutes=60)
BLOCK_SIZE = 2_000  # entries


class Lines(Persistent):
    """The entries of a block, apart from its header: long, and read by few.

    text: one line an entry: shard, key, digest and, where it came late, ``late``.
    """

    def __init__(self, text: str):
        self.text = text

    def __iter__(self):
        for line in self.text.splitlines():
            shard, key, digest, *late = line.split(" ")
            yield int(shard), int(key), digest, bool(late)


class Block(Persistent):
    """One link of the chain.

    header: number, time (ISO, UTC), count and late (entries), first and last (ISO),
    previous (hash), entries (SHA-256 of the lines), key (id or ""); hash: of the
    header in canonical form; mac: keyed hash of that hash, "" without a key.
    archived: once its entries were taken out: file, digest, when, decision, key, mac.
    """

    archived: dict | None = None

    def __init__(self, header: dict, text: str, mac: str):
        self.header = header
        self.hash = hash_of(header)
        self.mac = mac
        self.lines: Lines | None = Lines(text)

    @property
    def number(self) -> int:
        return self.header["number"]

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.header["time"])


class AuditChain(Persistent):
    """All blocks, and where each entry went."""

    head: tuple = (0, GENESIS)  # number and hash of the last block

    def __init__(self):
        self.blocks = IOBTree()  # number -> Block
        # For each shard: key of an entry -> number of its block.
        self.sealed = tuple(LLBTree() for _number in range(SHARDS))
        self.index = OOBTree()  # term -> LLBTree: key -> shard; see terms.py
        self.report = Report()
        self.approvals = IOBTree()  # number -> dict; see retention.py

    @property
    def last(self) -> Block | None:
        """The last block."""
        return self.blocks.get(self.head[0])

    def is_sealed(self, shard: int, key: int) -> bool:
        """Tell whether an entry is in a block."""
        return key in self.sealed[shard]

    def unsealed(self, log: AuditLog, since: datetime | None = None) -> Iterator[tuple[int, int, dict]]:
        """Yield (key, shard, entry as stored) of what is in no block yet, shard by shard."""
        _low, high = key_range(since)
        for number, shard in enumerate(log.shards):
            sealed = self.sealed[number]
            for key in shard.keys(None, high):
                if key not in sealed:
                    yield key, number, shard[key]

    def add(self, block: Block, places: list[tuple[int, int, dict]]) -> None:
        """Append a block; *places*: (key, shard, entry) of what is in it."""
        self.blocks[block.number] = block
        for key, shard, plain in places:
            self.sealed[shard][key] = block.number
            for term in terms_of(plain):
                found = self.index.get(term)
                if found is None:
                    found = self.index[term] = LLBTree()
                found[key] = shard
        # Two sealers at once write this attribute both: one of them has to begin again.
        self.head = (block.number, block.hash)


class Report(Persistent):
    """What the last verification found; an object of its own, so that sealing goes on meanwhile.

    when: UTC or None; blocks, entries: verified; problems: how many; texts: the first ones.
    """

    when: datetime | None = None
    blocks = 0
    entries = 0
    problems = 0
    texts: tuple = ()


def canonical(value) -> str:
    """Return *value* as JSON in the one form that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value):
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    return {"$other": repr(value)}


def hash_of(header: dict) -> str:
    """Return the hash of a block's header, hexadecimal."""
    return hashlib.sha256(canonical(header).encode()).hexdigest()


def digest_of(shard: int, key: int, plain: dict) -> str:
    """Return the digest of an entry in its place, hexadecimal."""
    return hashlib.sha256(canonical([shard, key, plain]).encode()).hexdigest()


def digest_of_lines(text: str) -> str:
    """Return the digest of the lines of a block, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def ensure_chain(portal) -> AuditChain:
    """Make the chain if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = AuditChain()
    return annotations[KEY]


def audit_chain() -> AuditChain | None:
    """Return the chain of the present site, None before the installation."""
    return IAnnotations(api.portal.get()).get(KEY)


def archive_seal(block: Block) -> str:
    """Return what is sealed with the key when the entries of a block are taken out."""
    said = {name: value for name, value in block.archived.items() if name != "mac"}
    return canonical([block.hash, said])


def seal(
    log: AuditLog, chain: AuditChain, keys: Keys, moment: datetime | None = None, *, everything: bool = False
) -> list[Block]:
    """Seal what is new; return the blocks made.

    Reads the log and writes the chain only.  Looks back WINDOW from the last
    block (*everything*: through the whole log); an entry dated before the last
    block is marked as late.
    """
    moment = moment or now()
    last = chain.last
    since = None if last is None or everything else last.time - WINDOW
    found = sorted(chain.unsealed(log, since), reverse=True)  # keys count backwards: the oldest first
    blocks = []
    for start in range(0, len(found), BLOCK_SIZE):
        blocks.append(_append(chain, found[start : start + BLOCK_SIZE], keys, moment, last))
    if not found and last is not None and moment - last.time >= HEARTBEAT:
        blocks.append(_append(chain, [], keys, moment, last))
    return blocks


def _append(chain, places, keys, moment, last):
    limit = None if last is None else last.time - SETTLE
    late = [limit is not None and moment_of(key) < limit for key, _shard, _plain in places]
    text = "".join(
        f"{shard} {key} {digest_of(shard, key, plain)}{' late' if came_late else ''}\n"
        for (key, shard, plain), came_late in zip(places, late, strict=True)
    )
    number, previous = chain.head
    key = keys.current
    header = {
        "number": number + 1,
        "time": moment.isoformat(),
        "count": len(places),
        "late": sum(late),
        "first": moment_of(places[0][0]).isoformat() if places else "",
        "last": moment_of(places[-1][0]).isoformat() if places else "",
        "previous": previous,
        "entries": digest_of_lines(text),
        "key": key.id if key else "",
    }
    block = Block(header, text, key.mac(hash_of(header)) if key else "")
    chain.add(block, places)
    return block

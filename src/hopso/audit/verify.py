"""Is the log still what was sealed?  Finds what was changed, removed, added, reordered or forged.

Reads block by block and entry by entry, so that a log of any size can be
verified; it changes nothing.
"""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from hopso.audit import anchor as anchors
from hopso.audit.chain import archive_seal
from hopso.audit.chain import AuditChain
from hopso.audit.chain import digest_of
from hopso.audit.chain import digest_of_lines
from hopso.audit.chain import GENESIS
from hopso.audit.chain import hash_of
from hopso.audit.chain import HEARTBEAT
from hopso.audit.chain import WINDOW
from hopso.audit.keys import Keys
from hopso.audit.log import AuditLog
from hopso.audit.log import key_range
from hopso.audit.log import moment_of
from hopso.audit.terms import terms_of
from hopso.core.text import now


# An entry is sealed within a minute; one that waits so long tells that nobody seals.
GAP = timedelta(minutes=10)
# No transaction takes longer: what is dated further back than the chain was added behind it.
LATE_LIMIT = timedelta(hours=1)
# From a checkpoint on, what is loose is looked for so far back only.
RECENT = timedelta(days=2)
# Twice the heartbeat.
STOPPED = 2 * HEARTBEAT


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was sealed.

    kind: ``changed``, ``removed``, ``added``, ``backdated``, ``unsealed``, ``block``,
    ``order``, ``forged``, ``key``, ``anchor``, ``register``, ``index``, ``stopped``;
    text: what, for people; block: number or None; shard, key: of the entry, or
    None; when: moment of the entry or block, UTC, or None.
    """

    kind: str
    text: str
    block: int | None = None
    shard: int | None = None
    key: int | None = None
    when: datetime | None = None

    def __str__(self):
        parts = [f"{self.kind}: {self.text}"]
        if self.block is not None:
            parts.append(f"block {self.block}")
        if self.key is not None:
            parts.append(f"entry {self.shard}/{self.key}")
        if self.when is not None:
            parts.append(f"{self.when:%Y-%m-%d %H:%M:%S} UTC")
        return ", ".join(parts)


@dataclass
class Verification:
    """How far it came: blocks and entries seen, entries not sealed yet, late ones, problems by number."""

    blocks: int = 0
    entries: int = 0
    waiting: int = 0
    late: int = 0
    archived: int = 0
    head: tuple = (0, GENESIS)
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class Checkpoint:
    """Up to which block the chain was verified before: its number and hash."""

    number: int = 0
    hash: str = GENESIS


class Verifier:
    """One verification of *log* against *chain*.

    anchor: file of hashes outside of the database, or None; start: go on from
    there, looking only at what came since; breathe: called after each block,
    to let go of memory.
    """

    def __init__(
        self,
        log: AuditLog,
        chain: AuditChain,
        keys: Keys,
        *,
        anchor: Path | None = None,
        moment: datetime | None = None,
        start: Checkpoint | None = None,
        breathe: Callable = lambda: None,
    ):
        self.log, self.chain, self.keys = log, chain, keys
        self.anchor = anchor
        self.moment = moment or now()
        self.start = start or Checkpoint()
        self.breathe = breathe
        self.seen = Verification(head=(self.start.number, self.start.hash))

    def run(self, most: int = 1000) -> Verification:
        """Verify; stop after so many problems."""
        try:
            for problem in self.problems():
                self.seen.problems.append(problem)
                if len(self.seen.problems) >= most:
                    break
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # Data of another shape than ours: whoever did that did not seal it.
            number = self.seen.head[0] + 1
            self.seen.problems.append(Problem("block", f"it cannot be read ({error!r})", number))
        return self.seen

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, as it is found."""
        yield from self._blocks()
        yield from self._head()
        yield from self._entries()
        if self.anchor is not None:
            yield from self._anchored()

    # --- the chain ----------------------------------------------------------------

    def _blocks(self):
        expected, previous = self.start.number + 1, self.start.hash
        if self.start.number:
            kept = self.chain.blocks.get(self.start.number)
            if kept is None or hash_of(kept.header) != self.start.hash:
                yield Problem("block", "it is not the one that was verified before", self.start.number)
        for number, block in self.chain.blocks.items(expected):
            if number != expected:
                yield Problem("removed", f"blocks {expected} to {number - 1} are missing", number)
            yield from self._block(number, block, previous)
            expected, previous = number + 1, block.hash
            self.seen.blocks += 1
            self.seen.head = (number, block.hash)
            self.breathe()

    def _block(self, number, block, previous):
        header = block.header
        if header.get("number") != number:
            yield Problem("order", f"it says that it is block {header.get('number')}", number)
        if hash_of(header) != block.hash:
            yield Problem("block", "its header was changed", number)
        if header.get("previous") != previous:
            yield Problem("order", "it does not follow the block before it", number)
        yield from self._mac(number, block)
        if block.archived is not None:
            yield from self._archived(number, block)
            return
        if block.lines is None:
            yield Problem("removed", "its list of entries is missing", number)
            return
        if digest_of_lines(block.lines.text) != header.get("entries"):
            yield Problem("block", "its list of entries was changed", number)
        yield from self._sealed_entries(number, block)

    def _archived(self, number, block):
        """Its entries are in a file; that they were taken out with the key is all that can be seen here."""
        self.seen.archived += block.header.get("count", 0)
        if block.lines is not None:
            yield Problem("block", "it is archived and holds entries", number)
        key_id = block.archived.get("key", "")
        key = self.keys.get(key_id)
        if self.keys.all and (key is None or key.mac(archive_seal(block)) != block.archived.get("mac")):
            yield Problem("forged", "its entries were taken out without the key", number)

    def _mac(self, number, block):
        key_id = block.header.get("key", "")
        if not key_id:
            first = self.keys.all[0].since if self.keys.all else None
            if block.mac:
                yield Problem("forged", "it has a keyed hash but names no key", number)
            elif first is not None and first <= block.time:
                yield Problem("forged", "it was sealed without a key although there was one", number)
            return
        key = self.keys.get(key_id)
        if key is None:
            if self.keys.all:
                yield Problem("key", f"its key {key_id} is not in the file of keys", number)
        elif key.mac(block.hash) != block.mac:
            yield Problem("forged", f"its keyed hash is not of key {key_id}", number)

    def _sealed_entries(self, number, block):
        try:
            lines = list(block.lines)
        except ValueError:
            yield Problem("block", "its list of entries cannot be read", number)
            return
        if len(lines) != block.header.get("count"):
            yield Problem("block", "it holds another number of entries than it says", number)
        for shard, key, digest, late in lines:
            self.seen.entries += 1
            self.seen.late += late
            place = {"block": number, "shard": shard, "key": key, "when": moment_of(key)}
            plain = self.log.shards[shard].get(key)
            if plain is None:
                yield Problem("removed", "the entry is gone", **place)
            elif digest_of(shard, key, plain) != digest:
                yield Problem("changed", "the entry is not what was sealed", **place)
            else:
                yield from self._indexed(shard, key, plain, place)
            if self.chain.sealed[shard].get(key) != number:
                yield Problem("register", "the register of sealed entries was changed", **place)
            if late:
                yield from self._lateness(number, key, place)

    def _lateness(self, number, key, place):
        before = self.chain.blocks.get(number - 1)
        if before is not None and before.time - moment_of(key) > LATE_LIMIT:
            yield Problem("backdated", "the entry was added behind blocks that were sealed already", **place)

    def _indexed(self, shard, key, plain, place):
        missing = [one for one in terms_of(plain) if self.chain.index.get(one, {}).get(key) != shard]
        scope = plain.get("scope", "")
        if scope and plain.get("findable", True) and self.log.by_scope.get(scope, {}).get(key) != shard:
            missing.append("scope")
        if missing:
            yield Problem("index", f"the entry is not found by {', '.join(sorted(missing))}", **place)

    # --- the end of the chain, and what is in no block -------------------------------

    def _head(self):
        if tuple(self.chain.head) != self.seen.head:
            number, digest = self.seen.head
            if (number, digest) == (self.start.number, self.start.hash) and self.chain.head[0] > number:
                yield Problem("removed", f"blocks {number + 1} to {self.chain.head[0]} are missing")
            else:
                yield Problem("removed", f"the last block is {number}, it should be {self.chain.head[0]}")
        last = self.chain.blocks.get(self.seen.head[0])
        if last is not None and self.moment - last.time > STOPPED:
            yield Problem("stopped", "nothing was sealed since", last.number, when=last.time)

    def _entries(self):
        """Compare the register with the log, shard by shard; from a checkpoint only what is recent."""
        last = self.chain.blocks.get(self.seen.head[0])
        kept = self.chain.blocks.get(self.start.number)
        resumed = kept is not None
        _low, high = key_range(kept.time - RECENT if resumed else None)
        for number, shard in enumerate(self.log.shards):
            sealed = self.chain.sealed[number]
            for key in shard.keys(None, high):
                if key not in sealed:
                    yield from self._loose(number, key, last)
            if not resumed:
                for key, block in sealed.items():
                    if block > self.seen.head[0] or block not in self.chain.blocks:
                        place = {"shard": number, "key": key, "when": moment_of(key)}
                        yield Problem("register", f"it names block {block}, which is not there", **place)
            self.breathe()
        if not resumed:
            yield from self._register_size()

    def _loose(self, number, key, last):
        when = moment_of(key)
        place = {"shard": number, "key": key, "when": when}
        if last is not None and when < last.time - WINDOW:
            yield Problem("added", "the entry stands behind the seal and is in no block", **place)
        elif self.moment - when > GAP:
            yield Problem("unsealed", "the entry has been waiting for its seal too long", **place)
        else:
            self.seen.waiting += 1

    def _register_size(self):
        registered = sum(len(one) for one in self.chain.sealed)
        if registered != self.seen.entries:
            text = f"the register names {registered} entries, the blocks hold {self.seen.entries}"
            yield Problem("register", text)

    # --- outside of the database --------------------------------------------------------

    def _anchored(self):
        """Compare the file with the chain; what it knows must be there, and be the same."""
        expected, last = 0, 0
        for line, text in anchors.lines(self.anchor):
            try:
                one = anchors.Anchored.parse(text)
            except anchors.BadAnchor:
                yield Problem("anchor", f"line {line} of {self.anchor.name} cannot be read")
                continue
            if expected and one.number != expected:
                yield Problem(
                    "anchor", f"line {line} of {self.anchor.name}: block {expected} is missing there"
                )
            expected, last = one.number + 1, one.number
            if one.number <= self.start.number:
                continue
            block = self.chain.blocks.get(one.number)
            if block is None:
                yield Problem("removed", f"the block is gone, {self.anchor.name} knows it", one.number)
            elif anchors.Anchored.of(block) != one:
                yield Problem("anchor", f"it is not the block that {self.anchor.name} knows", one.number)
        behind = self.seen.head[0] - last
        block = self.chain.blocks.get(last + 1)
        if behind > 0 and (block is None or self.moment - block.time > GAP):
            yield Problem("anchor", f"{behind} blocks are not in {self.anchor.name}", last + 1)

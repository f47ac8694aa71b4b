"""A log with its chain, whose clock is moved by hand, and how somebody would write it anew."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.audit import log
from hopso.audit.chain import AuditChain
from hopso.audit.chain import seal
from hopso.audit.keys import Key
from hopso.audit.keys import Keys
from hopso.audit.verify import Verifier


NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
KEYS = Keys((Key("k1", NOON - timedelta(days=1), b"1" * 32),))


def entry(minutes=0.0, **fields):
    fields = {"who": "ai", "operation": "meeting.register", **fields}
    return log.Entry(when=NOON + timedelta(minutes=minutes), **fields)


class Book:
    """A log with its chain; the clock is moved by hand."""

    def __init__(self, keys=KEYS):
        self.log, self.chain, self.keys = log.AuditLog(), AuditChain(), keys

    def write(self, minutes=0.0, **fields):
        key = self.log.append(entry(minutes, **fields))
        shard = next(number for number, one in enumerate(self.log.shards) if key in one)
        return shard, key

    def seal(self, minutes, **options):
        return seal(self.log, self.chain, self.keys, NOON + timedelta(minutes=minutes), **options)

    def verify(self, minutes, **options):
        options.setdefault("keys", self.keys)
        moment = NOON + timedelta(minutes=minutes)
        return Verifier(self.log, self.chain, moment=moment, **options).run()

    def kinds(self, minutes=4, **options):
        return {one.kind for one in self.verify(minutes, **options).problems}


def place(book, number=2, line=1):
    shard, key, *_rest = list(book.chain.blocks[number].lines)[line]
    return shard, key


def change_entry(book):
    shard, key = place(book)
    book.log.shards[shard][key] = {**book.log.shards[shard][key], "who": "bi"}


def rewrite_block(book):
    """Without the key, as somebody with the database would."""
    change_entry(book)
    forged = Book(Keys())
    forged.log = book.log
    for minute in range(3):
        forged.log, whole = log.AuditLog(), forged.log
        for shard, items in enumerate(whole.shards):
            for key, plain in items.items():
                if NOON + timedelta(minutes=minute) <= plain["when"] < NOON + timedelta(minutes=minute + 1):
                    forged.log.shards[shard][key] = plain
        forged.seal(minute + 1)
        forged.log = whole
    book.chain = forged.chain

"""The login log: who came in when and from where, and who tried.

One LOBTree a person for "my logins", and many by time for lists over persons;
which of those is drawn by lot, so that people who log in together do not meet.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
import heapq
import secrets

from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from hopso.audit.log import EPOCH
from hopso.core.aside import in_own_transaction
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.logins"
SHARDS = 16
LOT_BITS = 12
LAST = 1 << 51
# How long the log is kept (system security of level 3 asks for months, disputes for longer).
KEPT = timedelta(days=731)

ENTERED, LEFT, FAILED, LOCKED, REFUSED, ENDED, DISTANT = (
    "entered", "left", "failed", "locked", "refused", "ended", "distant",
)  # fmt: skip
OUTCOMES = (ENTERED, LEFT, FAILED, LOCKED, REFUSED, ENDED, DISTANT)


@dataclass(frozen=True)
class Login:
    """One line: when (aware, UTC), user_id ("" if the name is nobody's), outcome (of OUTCOMES), where from.

    kind: ``page``, ``program`` or ``basic``; note: a word more, e.g. what was wrong
    (``password``, ``code``, ``disabled``) or the other address.
    """

    when: datetime
    user_id: str = ""
    outcome: str = ENTERED
    address: str = ""
    agent: str = ""
    kind: str = "page"
    note: str = ""


class LoginLog(Persistent):
    """All lines of the site; keys count time backwards."""

    def __init__(self):
        self.shards = tuple(LOBTree() for _number in range(SHARDS))
        self.by_user = OOBTree()  # user id -> LOBTree: key -> number of the shard

    def append(self, line: Login) -> int:
        """Add a line."""
        number = secrets.randbelow(SHARDS)
        key = _key_of(line.when) | secrets.randbelow(1 << LOT_BITS)
        while not self.shards[number].insert(key, _plain(line)):
            key = _key_of(line.when) | secrets.randbelow(1 << LOT_BITS)
        if line.user_id:
            mine = self.by_user.get(line.user_id)
            if mine is None:
                mine = self.by_user[line.user_id] = LOBTree()
            mine[key] = number
        return key

    def between(self, since: datetime | None, until: datetime | None) -> Iterator[Login]:
        """Yield lines with since <= when < until, the newest first."""
        low, high = _bounds(since, until)
        merged = heapq.merge(*(one.items(low, high) for one in self.shards), key=lambda item: item[0])
        return (Login(**plain) for _key, plain in merged)

    def of_user(self, user_id: str, since: datetime | None, until: datetime | None) -> Iterator[Login]:
        """Yield the lines of a person, the newest first."""
        low, high = _bounds(since, until)
        for key, number in self.by_user.get(user_id, LOBTree()).items(low, high):
            plain = self.shards[number].get(key)
            if plain is not None:
                yield Login(**plain)

    def purge(self, before: datetime) -> int:
        """Take out lines older than *before*; return how many."""
        gone, low = 0, _bounds(None, before)[0]
        for shard in self.shards:
            for key, plain in list(shard.items(low)):
                del shard[key]
                gone += 1
                self.by_user.get(plain.get("user_id", ""), {}).pop(key, None)
        return gone


def _key_of(when: datetime) -> int:
    return (LAST - (when - EPOCH) // timedelta(microseconds=1)) << LOT_BITS


def _bounds(since, until):
    low = None if until is None else _key_of(until) + (1 << LOT_BITS)
    high = None if since is None else _key_of(since) + (1 << LOT_BITS) - 1
    return low, high


def _plain(line):
    # What is a default is not stored; the outcome always is.
    return {name: value for name, value in asdict(line).items() if value != ""}


def ensure_log(portal) -> LoginLog:
    """Make the log if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = LoginLog()
    return annotations[KEY]


def login_book(site=None) -> LoginLog | None:
    """Return the log of the present site, None before the installation."""
    return IAnnotations(site or api.portal.get()).get(KEY)


def log_login(user_id: str, outcome: str, **facts) -> None:
    """Write a line, at once, whatever becomes of the request; *facts*: address, agent, kind, note, when."""
    if outcome not in OUTCOMES:
        raise ValueError(outcome)
    in_own_transaction(_append, Login(facts.pop("when", None) or now(), user_id, outcome, **facts))


def _append(site, line):
    book = login_book(site)
    if book is not None:
        book.append(line)


def logins_of(
    user_id: str, since: datetime | None = None, until: datetime | None = None, limit: int | None = None
) -> list[Login]:
    """Return the lines about a person, the newest first; checks no right."""
    book = login_book()
    found = []
    for line in book.of_user(user_id, since, until) if book is not None else ():
        if limit is not None and len(found) >= limit:
            break
        found.append(line)
    return found


def last_login(user_id: str, before: datetime | None = None) -> datetime | None:
    """Return when a person came in last (before a moment), None if never."""
    book = login_book()
    for line in book.of_user(user_id, None, before) if book is not None else ():
        if line.outcome == ENTERED:
            return line.when
    return None


def last_logins(user_ids: Iterable[str]) -> dict[str, datetime | None]:
    """Return when each of the persons came in last."""
    return {user_id: last_login(user_id) for user_id in user_ids}

"""Sessions: a random secret with the client, a record under its hash with us.

A page's cookie and a program's bearer token are the same kind of thing.  To
end a session is to delete its record: the next request, through whatever
door, finds none.
"""

from datetime import datetime
from datetime import timedelta
import hashlib
import secrets

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso.audit.describe import client_address
from hopso.core.aside import in_own_transaction
from hopso.core.text import now
from hopso.policy.policy import Policy
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.sessions"
PAGE, PROGRAM = "page", "program"
# When a session was last seen is written so often at most: reading pages does not write.
SEEN_EVERY = timedelta(minutes=10)
SECRET_BYTES = 32
LONGEST_AGENT = 200


class Session(Persistent):
    """One login of one person; datetimes are UTC.

    id: hash of the secret (safe to show); user_id; kind: PAGE or PROGRAM; since;
    seen_at: last sign of life, to SEEN_EVERY; address, agent: where from and with
    what; code_at: when a one-time code was given, None if that is still to come;
    entered: all steps are done and the login is in the log; came_from: where to
    go then; offer: sealed secret of one-time codes that wait to be confirmed; distant:
    id of the session elsewhere that it was reported with.
    ``token`` (the secret) is there only for whoever starts it.
    """

    kind = PAGE
    address = ""
    agent = ""
    code_at: datetime | None = None
    entered = False
    came_from = ""
    offer = ""
    distant = ""

    def __init__(self, id: str, user_id: str, since: datetime, **fields):
        self.id = id
        self.user_id = user_id
        self.since = since
        self.seen_at = fields.pop("seen_at", since)
        for name, value in fields.items():
            if not hasattr(type(self), name):
                raise TypeError(f"a session has no {name!r}")
            setattr(self, name, value)

    @property
    def token(self) -> str:
        """The secret; "" for everybody but its maker."""
        return getattr(self, "_v_token", "")

    def alive(self, moment: datetime, policy: Policy) -> bool:
        """Tell whether it still counts at *moment*."""
        if policy.session_hours and moment - self.since >= timedelta(hours=policy.session_hours):
            return False
        idle = timedelta(minutes=policy.session_idle_minutes)
        return not idle or moment - self.seen_at < idle + seen_every(policy)


class SessionStore(Persistent):
    """All sessions of the site."""

    def __init__(self):
        self.by_id = OOBTree()  # id -> Session
        self.by_user = OOBTree()  # user id -> OOTreeSet of ids

    def add(self, session: Session) -> None:
        """Keep a session."""
        self.by_id[session.id] = session
        if session.user_id not in self.by_user:
            self.by_user[session.user_id] = OOTreeSet()
        self.by_user[session.user_id].insert(session.id)

    def remove(self, session_id: str) -> bool:
        """Forget a session; tell whether it was there."""
        session = self.by_id.pop(session_id, None)
        if session is None:
            return False
        mine = self.by_user.get(session.user_id)
        if mine is not None and session_id in mine:
            mine.remove(session_id)
        return True

    def of_user(self, user_id: str) -> list[Session]:
        """Return the sessions of a person, the latest first."""
        found = [self.by_id[one] for one in self.by_user.get(user_id, ()) if one in self.by_id]
        return sorted(found, key=lambda one: one.since, reverse=True)


def ensure_store(portal) -> SessionStore:
    """Make the store if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = SessionStore()
    return annotations[KEY]


def session_store(site=None) -> SessionStore | None:
    """Return the store of the present site, None before the installation."""
    return IAnnotations(site or api.portal.get()).get(KEY)


def seen_every(policy: Policy) -> timedelta:
    """Return how often a sign of life is written: seldom, but often enough for the limit."""
    if not policy.session_idle_minutes:
        return SEEN_EVERY
    return min(SEEN_EVERY, timedelta(minutes=policy.session_idle_minutes) / 3)


def id_of(token: str) -> str:
    """Return the id of the session that a secret opens."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def start(user_id: str, request, *, kind: str = PAGE, **fields) -> Session:
    """Make a session, at once; its ``token`` is for the client and exists nowhere else."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    facts = {
        "kind": kind,
        "address": client_address(),
        "agent": (request.getHeader("User-Agent") or "")[:LONGEST_AGENT],
        **fields,
    }
    facts.setdefault("since", now())
    in_own_transaction(_add, id_of(token), user_id, facts)
    made = Session(id_of(token), user_id, **facts)
    made._v_token = token
    return made


def _add(site, session_id, user_id, facts):
    session_store(site).add(Session(session_id, user_id, **{**facts, "seen_at": now()}))


def find(token: str) -> Session | None:
    """Return the session that a secret opens, whatever its age; None if there is none."""
    store = session_store()
    return None if store is None or not token else store.by_id.get(id_of(token))


def change(session_id: str, **fields) -> bool:
    """Set fields of a session, at once; tell whether it is still there."""
    return bool(in_own_transaction(_change, session_id, fields))


def _change(site, session_id, fields):
    session = session_store(site).by_id.get(session_id)
    if session is None:
        return False
    for name, value in fields.items():
        if getattr(session, name) != value:
            setattr(session, name, value)
    return True


def sessions_of(user_id: str, moment: datetime | None = None, policy: Policy | None = None) -> list[Session]:
    """Return the sessions of a person that count now, the latest first."""
    from hopso.policy.api import current_policy

    store, moment, policy = session_store(), moment or now(), policy or current_policy()
    if store is None:
        return []
    return [one for one in store.of_user(user_id) if one.alive(moment, policy)]


def end(session_id: str) -> bool:
    """End a session, at once; tell whether there was one."""
    return bool(in_own_transaction(_end, (session_id,)))


def end_all(user_id: str, except_id: str = "") -> int:
    """End the sessions of a person, at once, save one; return how many ended."""
    return in_own_transaction(_end_of, user_id, except_id) or 0


def _end(site, session_ids):
    store = session_store(site)
    return 0 if store is None else sum(store.remove(one) for one in session_ids)


def _end_of(site, user_id, except_id):
    store = session_store(site)
    if store is None:
        return 0
    return _end(site, [one for one in list(store.by_user.get(user_id, ())) if one != except_id])


def purge(moment: datetime, policy: Policy) -> int:
    """Take out what does not count any more, in the present transaction; return how many."""
    store = session_store()
    old = [one.id for one in store.by_id.values() if not one.alive(moment, policy)] if store else []
    for session_id in old:
        store.remove(session_id)
    return len(old)

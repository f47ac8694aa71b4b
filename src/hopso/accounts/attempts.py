"""Failed logins, counted; and the devices and addresses that accounts are known from.

One small record a key.  Everything is written at once, in a transaction of its
own, so that the refusal which follows does not take the count back.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from BTrees.OOBTree import OOBTree
from hopso.accounts import lockout
from hopso.accounts.lockout import Counter
from hopso.accounts.lockout import Limits
from hopso.core.aside import in_own_transaction
from hopso.core.text import now
from hopso.policy.policy import Policy
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.attempts"
# A device or address that was not used for so long is a stranger again.
KNOWN_FOR = timedelta(days=90)
NOTHING = Counter()


class AttemptStore(Persistent):
    """All counters and known places of the site; keys are hashes."""

    def __init__(self):
        self.counters = OOBTree()  # key -> Tally
        self.known = OOBTree()  # hash of account and place -> Tally (its last login)


class Tally(Persistent):
    """One counter, an object of its own: two of them never meet in a write."""

    def __init__(self, counter: Counter):
        self.failures, self.last = counter.failures, counter.last

    def get(self) -> Counter:
        """Return it as a value."""
        return Counter(self.failures, self.last)

    def set(self, counter: Counter) -> None:
        """Take a new value."""
        self.failures, self.last = counter.failures, counter.last


@dataclass(frozen=True)
class Origin:
    """Where a try comes from: address of the client; device: the secret of its cookie, or ""."""

    address: str
    device: str = ""


def ensure_store(portal) -> AttemptStore:
    """Make the store if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = AttemptStore()
    return annotations[KEY]


def attempt_store(site=None) -> AttemptStore | None:
    """Return the store of the present site, None before the installation."""
    return IAnnotations(site or api.portal.get()).get(KEY)


def wait_for(login: str, origin: Origin, policy: Policy, moment: datetime | None = None) -> timedelta:
    """Return how long a login with this name from there is refused; zero: it is not.  Reads only."""
    store, moment = attempt_store(), moment or now()
    if store is None:
        return timedelta()
    return _wait(store, _keys(store, login, origin, moment), policy, moment)


def _wait(store, keys, policy, moment) -> timedelta:
    waits = [lockout.wait(_counter(store, keys.account), _limits(policy), moment)]
    if keys.address:
        limits = _limits(policy, policy.lockout_address_attempts)
        waits.append(lockout.wait(_counter(store, keys.address), limits, moment))
    return max(waits)


def count_failure(
    login: str, origin: Origin, policy: Policy, moment: datetime | None = None
) -> tuple[int, timedelta]:
    """Write one more failure down, at once; return how many there were in a row, and the wait from now on."""
    return in_own_transaction(_count, login, origin, policy, moment or now()) or (0, timedelta())


def _count(site, login, origin, policy, moment):
    store = attempt_store(site)
    if store is None:
        return 0, timedelta()
    keys = _keys(store, login, origin, moment)
    for key in filter(None, (keys.account, keys.address)):
        tally = store.counters.get(key)
        if tally is None:
            tally = store.counters[key] = Tally(NOTHING)
        tally.set(tally.get().more(moment))
    # What was just written is not there yet for the connection of the request.
    return _counter(store, keys.account).failures, _wait(store, keys, policy, moment)


def forget_failures(login: str, origin: Origin, moment: datetime | None = None) -> None:
    """After a login that succeeded: the count starts anew, and the place is known from now on."""
    in_own_transaction(_forget, login, origin, moment or now())


def _forget(site, login, origin, moment):
    store = attempt_store(site)
    if store is None:
        return
    # Failures of the address stay: one right password among many wrong ones proves nothing.
    store.counters.pop(_keys(store, login, origin, moment).account, None)
    by_device, by_address = _places(login, origin)
    for key in (by_device, by_address) if origin.device else (by_address,):
        tally = store.known.get(key)
        if tally is None:
            store.known[key] = Tally(Counter(0, moment))
        elif moment - tally.last > timedelta(days=1):
            tally.last = moment


def purge(moment: datetime | None = None) -> int:
    """Take out what is too old to matter, in the present transaction; return how many records."""
    store, moment, gone = attempt_store(), moment or now(), 0
    if store is None:
        return 0
    for tree, kept in ((store.counters, lockout.FORGET), (store.known, KNOWN_FOR)):
        old = [key for key, tally in tree.items() if moment - tally.last >= kept]
        for key in old:
            del tree[key]
        gone += len(old)
    return gone


def _keys(store, login, origin, moment) -> lockout.Keys:
    by_device, by_address = _places(login, origin)
    return lockout.keys_for(
        login,
        origin.address,
        origin.device,
        device_known=bool(origin.device) and _is_known(store, by_device, moment),
        address_known=_is_known(store, by_address, moment),
    )


def _places(login, origin):
    place = lockout.network_of(origin.address)
    return lockout.hashed("known device", login, origin.device), lockout.hashed("known address", login, place)


def _is_known(store, key, moment) -> bool:
    tally = store.known.get(key)
    return tally is not None and moment - tally.last < KNOWN_FOR


def _counter(store, key) -> Counter:
    tally = store.counters.get(key)
    return NOTHING if tally is None else tally.get()


def _limits(policy: Policy, attempts: int | None = None) -> Limits:
    return Limits(
        policy.lockout_attempts if attempts is None else attempts,
        timedelta(seconds=policy.lockout_seconds),
        timedelta(minutes=policy.lockout_minutes),
    )

"""How long somebody has to wait after wrong passwords: plain arithmetic.

Failures are counted for an account at one address (or one device), and for an
address alone.  A device or address from which the account was entered before
is counted by itself: whoever guesses from elsewhere locks only himself out.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
import hashlib
import ipaddress


# Failures are forgotten when the last one is so long ago.
FORGET = timedelta(hours=24)
# At so many failures in a row, and at every multiple, the owner of an account is told.
MANY = 10
# Doubling ends here: beyond it the longest wait has been reached by any sensible policy.
MOST_DOUBLINGS = 20
IPV6_BITS = 64  # what one customer of a provider usually has


@dataclass(frozen=True)
class Limits:
    """attempts: failures without a wait; first, longest: waits."""

    attempts: int
    first: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Counter:
    """Failures in a row under one key: how many, and when the last one was (aware)."""

    failures: int = 0
    last: datetime | None = None

    def more(self, moment: datetime) -> "Counter":
        """Return the counter after one more failure."""
        return Counter(1 if self.stale(moment) else self.failures + 1, moment)

    def stale(self, moment: datetime) -> bool:
        """Tell whether nothing need be remembered any more."""
        return self.last is None or moment - self.last >= FORGET


def delay(failures: int, limits: Limits) -> timedelta:
    """Return the wait after so many failures in a row: none at first, then doubled by each."""
    beyond = failures - limits.attempts
    if beyond < 0 or failures <= 0:
        return timedelta()
    return min(min(limits.first, limits.longest) * 2 ** min(beyond, MOST_DOUBLINGS), limits.longest)


def wait(counter: Counter, limits: Limits, moment: datetime) -> timedelta:
    """Return how long from *moment* on the next try is refused (zero: it is not)."""
    if counter.stale(moment):
        return timedelta()
    return max(timedelta(), counter.last + delay(counter.failures, limits) - moment)


def network_of(address: str) -> str:
    """Return what counts as one address: itself, for IPv6 the /64 around it; any text is taken."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return address.strip()[:100]
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_BITS), strict=False))


def hashed(*parts: str) -> str:
    """Return the key of a counter; keys of one account lie nowhere near each other."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Keys:
    """Under which keys a try is counted: *account* (with its place), and *address* or ""."""

    account: str
    address: str = ""


def keys_for(login: str, address: str, device: str, *, device_known: bool, address_known: bool) -> Keys:
    """Return where a try counts.

    login: as typed; device: what the device shows, "" if nothing; device_known,
    address_known: the account was entered from it before.
    """
    place = network_of(address)
    if device_known:
        return Keys(hashed("device", login, device))
    if address_known:
        return Keys(hashed("account", login, place))
    return Keys(hashed("account", login, place), hashed("address", place))

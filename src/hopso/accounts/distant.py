"""One account at two distant places at the same time: a sign that it is shared (BD-4.5/1)."""

from datetime import datetime
from datetime import timedelta
import ipaddress

from hopso.accounts import logins
from hopso.accounts import sessions
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell_login
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.policy.policy import Policy
from hopso.tasks.queue import enqueue


# Signs of life this far apart are "at the same time": somebody who goes home logs in later.
SAME_TIME = timedelta(minutes=20)


def network(address: str, v4: int, v6: int) -> str:
    """Return the network of an address (so many bits), "" for what is no address of a place."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_unspecified or found.is_link_local:
        return ""
    bits = min(v4, 32) if found.version == 4 else min(v6, 128)
    return str(ipaddress.ip_network((found, bits), strict=False))


def far_apart(one: str, other: str, policy: Policy) -> bool:
    """Tell whether two addresses are in different networks; unknown places are near everything.

    An IPv4 and an IPv6 address say nothing about each other: one telephone has both.
    """
    first, second = (
        network(address, policy.distant_prefix_v4, policy.distant_prefix_v6) for address in (one, other)
    )
    return bool(first and second) and (":" in first) == (":" in second) and first != second


def same_time(one: datetime, other: datetime) -> bool:
    """Tell whether two signs of life are close enough to be two people, or two places."""
    return abs(one - other) <= SAME_TIME


def distant_from(session, address: str, moment: datetime, others, policy: Policy):
    """Return a session of *others* that is in use at *moment* from a network far from *address*, or None."""
    for other in others:
        if other.id == session.id or not other.entered or other.distant == session.id:
            continue
        if same_time(moment, other.seen_at) and far_apart(address, other.address, policy):
            return other
    return None


def look_out(session, policy: Policy) -> bool:
    """Report a session if its account is in use elsewhere at the same time; once a session; tell whether."""
    if not policy.distant_sessions or session.distant:
        return False
    moment = now()
    others = sessions.sessions_of(session.user_id, moment, policy)
    other = distant_from(session, session.address, moment, others, policy)
    if other is None:
        return False
    sessions.change(session.id, distant=other.id)
    report(session, other, moment)
    return True


def report(session, other, moment: datetime) -> None:
    """Write it into both logs; tell the owner and those who keep the account."""
    tell_login(session.user_id, logins.DISTANT, kind=session.kind, note=other.address)
    account = account_of(session.user_id)
    if account is None:
        return
    keepers = [user_id for user_id, _one in assignment_store().of_unit(account.unit, "admins")]
    for recipient in dict.fromkeys([session.user_id, *keepers]):
        enqueue(
            "accounts.notice",
            kind="distant_sessions",
            user=session.user_id,
            recipient=recipient,
            stamp=session.id[:20],
            when=moment.isoformat(timespec="seconds"),
            address=session.address,
            other=other.address,
        )

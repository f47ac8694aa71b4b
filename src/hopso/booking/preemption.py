"""Priority: a meeting of a host of higher rank may take the slot of a lower one (NT-4.2/3).

The regulation does not say what becomes of the lower meeting; the registrar
chooses to displace it, all who were invited are told, and it waits to be
scheduled again.  Everything happens in one transaction or not at all.
"""

from AccessControl import getSecurityManager
from hopso import _
from hopso.booking import api as booking
from hopso.booking.alternatives import wanted_by
from hopso.booking.answers import span
from hopso.booking.rules import HS_ROOM
from hopso.booking.spans import MEETING
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.operation import state_of
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.policy.register import finding
from hopso.policy.register import rule
from plone import api


GIVES_WAY = ("scheduled", "convened")


def rank_of(host: str, rules) -> int:
    """Return the rank of a host ``<level>/<unit type>``: 0 is the highest, unnamed ones come last.

    A line ``province/*`` counts for every type of that level.
    """
    level = host.partition("/")[0]
    for place, line in enumerate(rules):
        if line.strip() in (host, f"{level}/*", "*"):
            return place
    return len(rules)


def host_of(meeting) -> str:
    """Return ``<level>/<unit type>`` of the host of *meeting*."""
    host = unit_of(meeting)
    return f"{host.level}/{host.unit_type}" if host is not None else ""


@rule("NT-4.2/3")
def priority(allowed: bool, rank: int, others) -> list[Finding]:
    """Return what forbids to take the slot, and whom it is taken from.

    allowed: the policy knows priority; rank: of the meeting that wants the slot;
    others: (title or "", its span as text, rank, gives way, may be displaced by
    this person) of each meeting in the way.
    """
    if not allowed:
        return [finding("NT-4.2/3", BLOCK, _("No meeting has priority over others here."))]
    if not others:
        return [
            Finding(HS_ROOM, BLOCK, _("Nothing is in the way: schedule the meeting in the ordinary way."))
        ]
    found = []
    for title, when, other, gives_way, may in others:
        mapping = {"title": title or api_text(_("another meeting")), "span": when}
        if other <= rank:
            text = _("“${title}”, ${span}, has the same or a higher priority.", mapping=mapping)
        elif not gives_way:
            text = _("“${title}”, ${span}, has begun: it is not displaced any more.", mapping=mapping)
        elif not may:
            text = _("“${title}”, ${span}: its own registrar has to give the slot up.", mapping=mapping)
        else:
            text = _(
                "“${title}”, ${span}, loses its slot; all who were invited to it are told.", mapping=mapping
            )
            found.append(finding("NT-4.2/3", WARN, text))
            continue
        found.append(finding("NT-4.2/3", BLOCK, text))
    return found


def api_text(message) -> str:
    """Return a text in the language of the present user."""
    return api.portal.translate(message)


def in_the_way(meeting, start=None, end=None, rooms=None) -> list:
    """Return the bookings of others at the place and time that *meeting* wants."""
    wanted = wanted_by(meeting, rooms, None, start, end)
    return booking.conflicts(wanted.resources(), *wanted.span(), wanted.holder)


def meetings_of(bookings) -> dict:
    """Return UID -> meeting of those bookings that belong to meetings, whatever the user may see."""
    catalog = api.portal.get_tool("portal_catalog")
    uids = sorted({one.holder for one in bookings if one.kind == MEETING})
    found = catalog.unrestrictedSearchResults(UID=uids, portal_type="Meeting") if uids else ()
    return {brain.UID: brain._unrestrictedGetObject() for brain in found}


def priority_findings(meeting, bookings, permission: str) -> list[Finding]:
    """Return what the policy of *meeting* says about taking the slots of these bookings."""
    policy, may = policy_for(meeting), getSecurityManager().checkPermission
    rules, meetings = policy.priority_rules, meetings_of(bookings)
    times = {one.holder: span(one.begins, one.ends) for one in bookings}
    others = [
        (
            other.title if may("View", other) else "",
            times[uid],
            rank_of(host_of(other), rules),
            state_of(other) in GIVES_WAY,
            may(permission, other),
        )
        for uid, other in meetings.items()
    ]
    return priority(policy.preemption, rank_of(host_of(meeting), rules), others)


def may_be_taken(meeting, bookings) -> bool:
    """Tell whether all of these bookings belong to meetings that give way to *meeting*."""
    policy = policy_for(meeting)
    if not policy.preemption or not bookings or any(one.kind != MEETING for one in bookings):
        return False
    rank, rules = rank_of(host_of(meeting), policy.priority_rules), policy.priority_rules
    meetings = meetings_of(bookings)
    return all(
        one.holder in meetings
        and state_of(meetings[one.holder]) in GIVES_WAY
        and rank_of(host_of(meetings[one.holder]), rules) > rank
        for one in bookings
    )

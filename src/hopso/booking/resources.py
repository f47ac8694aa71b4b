"""What a meeting needs: its rooms, its sites with their rooms, and a bridge; and what people call it."""

from hopso.booking.spans import BRIDGE
from hopso.booking.spans import bridge_key
from hopso.booking.spans import room_key
from hopso.booking.spans import site_key
from hopso.booking.spans import with_margins
from hopso.booking.store import ledger
from hopso.policy.api import policy_for
from plone import api
from plone.uuid.interfaces import IUUID


def thing_of(resource: str):
    """Return the room or site of a resource, whatever the user may see; None for bridges and what is gone."""
    kind, _colon, uid = resource.partition(":")
    portal_type = {"room": "Room", "site": "Site"}.get(kind)
    if portal_type is None:
        return None
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type=portal_type, UID=uid)
    return found[0]._unrestrictedGetObject() if found else None


def resources_that_are(resources) -> bool:
    """Tell whether all of these rooms and sites exist; one query."""
    wanted = {one.partition(":")[2]: one.partition(":")[0].capitalize() for one in resources}
    if not wanted:
        return True
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(UID=sorted(wanted), portal_type=("Room", "Site"))
    return {brain.UID: brain.portal_type for brain in found} == wanted


def title_of(resource: str) -> str:
    """Return the name of a resource for people; its id where there is none any more."""
    kind, _colon, name = resource.partition(":")
    if kind == "bridge":
        return name
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(UID=name)
    return found[0].Title if found else name


def bridges_of(policy) -> list[tuple[str, int]]:
    """Return the bridges of a policy as (name, most sites), the smallest first."""
    found = []
    for line in policy.bridges:
        name, _equals, most = line.partition("=")
        found.append((name.strip(), int(most) if most.strip().isdigit() else 0))
    return sorted((one for one in found if one[0]), key=lambda one: one[1] or 10**6)


def bridges_that_fit(policy, sites: int) -> list[str]:
    """Return the bridges that can connect so many sites; the greatest one if none can."""
    known = bridges_of(policy)
    return [name for name, most in known if most >= sites or not most] or [name for name, _ in known[-1:]]


def resources_of(meeting) -> tuple[str, ...]:
    """Return what *meeting* needs by its present fields."""
    return resources_for(meeting)


def resources_for(meeting, rooms=None, sites=None, start=None, end=None) -> tuple[str, ...]:
    """Return what *meeting* would need with other rooms, sites (UIDs) or times; None: as it is.

    A site brings the room it stands in (NA-6.3).  Of several bridges it is the one
    that the meeting has, else the first one that is large enough and free.
    """
    policy = policy_for(meeting)
    rooms = tuple((meeting.rooms if rooms is None else rooms) or ())
    sites = tuple((meeting.sites if sites is None else sites) or ())
    start, end = start or meeting.start, end or meeting.end
    return needed(policy, rooms, sites, start, end, IUUID(meeting, ""))


def needed(policy, rooms, sites, start, end, holder: str = "") -> tuple[str, ...]:
    """Return the resources for these rooms and sites (UIDs) from *start* to *end*, without doubles."""
    found = [room_key(uid) for uid in rooms]
    for uid in sites:
        found.append(site_key(uid))
        site = thing_of(site_key(uid))
        if site is not None and site.room:
            found.append(room_key(site.room))
    if sites and policy.bridges and start and end:
        found.extend(_bridge(policy, len(sites), start, end, holder))
    return tuple(dict.fromkeys(found))


def _bridge(policy, sites, start, end, holder):
    book = ledger()
    fitting = [bridge_key(name) for name in bridges_that_fit(policy, sites)]
    held = {one.resource for one in book.held(holder) if one.resource.startswith(BRIDGE)}
    fitting.sort(key=lambda one: one not in held)
    span = with_margins(start, end, policy.setup_minutes, policy.teardown_minutes)
    for resource in fitting:
        if all(one.holder == holder for one in book.between(resource, *span)):
            return [resource]
    return fitting[:1]

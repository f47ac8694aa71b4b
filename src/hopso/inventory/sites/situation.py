"""How each site is right now: for the map, the register, the sheet of a meeting."""

from dataclasses import dataclass

from hopso import _
from hopso.core.text import collation_key
from hopso.inventory.sites.api import readiness_of
from hopso.inventory.sites.api import site_brains
from hopso.inventory.sites.availability import in_trouble
from hopso.inventory.sites.availability import incidents_by_site
from hopso.organisation.names import unit_names
from plone import api


OFF, TROUBLE, MEETING, NOT_READY, FREE = "off", "trouble", "meeting", "not_ready", "free"
# State now -> name, sign on the map, class of its tag; the first that is true of a site is shown.
STATES = {
    OFF: (_("Out of use"), "×", ""),
    TROUBLE: (_("In trouble"), "!", "hs-tag--bad"),
    MEETING: (_("In a meeting"), "●", "hs-tag--acc"),
    NOT_READY: (_("Not ready"), "?", "hs-tag--warn"),
    FREE: (_("Free"), "○", "hs-tag--good"),
}
CHECKS = {
    "passed": (_("Check passed"), "✓", "hs-tag--good"),
    "faults": (_("Check with faults"), "!", "hs-tag--bad"),
    "missed": (_("Check missed"), "!", "hs-tag--bad"),
    "begun": (_("Check begun"), "…", "hs-tag--warn"),
    "open": (_("Check to come"), "○", "hs-tag--warn"),
    "": (_("No check known"), "–", ""),
}


@dataclass(frozen=True)
class Point:
    """A site with its situation now; findings: what keeps it from being ready."""

    uid: str
    title: str
    url: str
    path: str
    unit: str
    unit_title: str
    kind: str
    room: str
    active: bool
    link_type: str
    provider: str
    provider_title: str
    capacity: int | None
    state: str
    findings: tuple = ()


def running_sites() -> set[str]:
    """Return the UIDs of sites at which a meeting is in session now, whoever asks."""
    catalog = api.portal.get_tool("portal_catalog")
    found: set[str] = set()
    for brain in catalog.unrestrictedSearchResults(portal_type="Meeting", review_state="in_session"):
        found.update(brain.sites or ())
    return found


def state_now(active: bool, trouble: bool, running: bool, ready: bool) -> str:
    """Return the state that is shown of a site."""
    if not active:
        return OFF
    if trouble:
        return TROUBLE
    if running:
        return MEETING
    return FREE if ready else NOT_READY


def points(policy, uids=None) -> list[Point]:
    """Return the sites (all, or those with these UIDs) with their situation, by name; a handful of queries."""
    brains = [one for one in site_brains(uids) if isinstance(one.desk_facts, dict)]
    found, running = readiness_of(brains, policy), running_sites()
    incidents = incidents_by_site(one.UID for one in brains)
    facts = [one.desk_facts for one in brains]
    names = unit_names({one.get(name) for one in facts for name in ("unit", "provider")})
    made = []
    for brain in brains:
        one, uid = brain.desk_facts, brain.UID
        active = bool(one.get("active", True))
        state = state_now(active, in_trouble(incidents[uid]), uid in running, not found[uid])
        unit, provider = one.get("unit") or "", one.get("provider") or ""
        made.append(
            Point(
                uid, brain.Title, brain.getURL(), brain.getPath(), unit, names.get(unit, unit),
                one.get("kind") or "end", one.get("room") or "", active, one.get("link_type") or "",
                provider, names.get(provider, provider), one.get("capacity"), state, tuple(found[uid]),
            )
        )  # fmt: skip
    return sorted(made, key=lambda point: collation_key(point.title))

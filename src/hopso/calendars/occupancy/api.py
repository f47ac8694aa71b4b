"""The occupancy of the rooms and sites of a unit and the units below; checks no right."""

from dataclasses import dataclass
from datetime import date

from hopso.booking.api import bookings_between
from hopso.calendars.occupancy.figures import day_span
from hopso.calendars.occupancy.figures import measure
from hopso.calendars.occupancy.figures import Occupancy
from hopso.calendars.occupancy.figures import Taken
from hopso.core.text import collation_key
from hopso.organisation.tree import all_units
from hopso.policy.api import current_policy
from plone import api


KINDS = {"Room": "room", "Site": "site"}


@dataclass(frozen=True)
class Thing:
    """A room or site: key of its bookings (``room:<UID>``), kind, name, name of its unit."""

    key: str
    kind: str
    title: str
    unit: str


def things_of(unit) -> list[Thing]:
    """Return the rooms and sites in a unit and the units below, by unit and name; one query."""
    catalog, units = api.portal.get_tool("portal_catalog"), all_units()
    path, found = "/".join(unit.getPhysicalPath()), []
    for brain in catalog.unrestrictedSearchResults(portal_type=list(KINDS), path=path):
        kind = KINDS[brain.portal_type]
        owner = next((part for part in reversed(brain.getPath().split("/")) if part in units), "")
        title = units[owner].title if owner else ""
        found.append(Thing(f"{kind}:{brain.UID}", kind, brain.Title, title))
    return sorted(found, key=lambda one: (collation_key(one.unit), one.kind, collation_key(one.title)))


def occupancy_of(things: list[Thing], first: date, last: date, weekly: bool = False) -> Occupancy:
    """Return the figures of *things* from *first* to *last* (days in Viet Nam, both counted)."""
    begin, end = day_span(first)[0], day_span(last)[1]
    booked = {one.key: bookings_between(one.key, begin, end) for one in things}
    modes = _modes({one.holder for each in booked.values() for one in each if one.kind == "meeting"})
    taken = {
        key: [Taken(one.begins, one.ends, modes.get(one.holder, ""), one.kind == "block") for one in each]
        for key, each in booked.items()
    }
    policy = current_policy()
    return measure(taken, first, last, policy.calendar, policy.bookable_hours, weekly)


def _modes(holders) -> dict[str, str]:
    """Return UID -> form of the meetings; nothing else of them is read."""
    if not holders:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Meeting", UID=sorted(holders))
    return {brain.UID: brain.mode or "" for brain in found}

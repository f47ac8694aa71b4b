"""What other rooms ask about devices."""

from dataclasses import dataclass
from datetime import datetime

from hopso.core.text import local
from plone import api


@dataclass(frozen=True)
class Available:
    """A device that can be lent: uid, title, kind (vocabulary), serial; where it stands."""

    uid: str
    title: str
    kind: str
    serial: str
    place: str


def devices_available(unit, start: datetime, end: datetime) -> list[Available]:
    """Return the devices of *unit* that can be lent from *start* to *end* (aware), by name (BD-8.2/3).

    Those kept for lending, in use and not broken; and those that are lent now and
    come back before the day of *start* (in Viet Nam).  No rights are asked.
    """
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(
        portal_type="Device",
        path="/".join(unit.getPhysicalPath()),
        review_state=["in_use", "lent"],
        sort_on="sortable_title",
    )
    day, found = local(start).date(), []
    for brain in brains:
        facts = brain.desk_facts if isinstance(brain.desk_facts, dict) else {}
        if not facts.get("for_loan") or facts.get("condition") == "broken":
            continue
        due = facts.get("due_on")
        if brain.review_state == "lent" and (due is None or due >= day):
            continue
        found.append(
            Available(brain.UID, brain.Title, facts["kind"], facts["serial"], facts.get("place") or "")
        )
    return found

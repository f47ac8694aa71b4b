"""What a person still has to do in meetings, when she leaves or goes elsewhere."""

from dataclasses import dataclass

from AccessControl import getSecurityManager
from hopso.core.text import now
from hopso.meetings.participation import participation_store
from plone import api


CLOSED = ("ended", "concluded", "archived", "cancelled")
# Parts without which a meeting cannot go on; a delegate just does not come.
NEEDED = ("chair", "secretary", "approver", "preparer")


@dataclass(frozen=True)
class OpenPart:
    """A meeting to come and the parts of a person in it.

    title and url are empty where the present user may not see the meeting;
    start: aware; needed: somebody else has to be named.
    """

    title: str
    url: str
    host_unit: str
    start: object
    parts: tuple[str, ...]

    @property
    def needed(self) -> bool:
        return any(part in NEEDED for part in self.parts)


def open_parts(user_id: str) -> list[OpenPart]:
    """Return the parts of a person in meetings that are not over, the next first."""
    held = dict(participation_store().meetings_of(f"user:{user_id}"))
    if not held:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(
        portal_type="Meeting", UID=list(held), meeting_end={"query": now(), "range": "min"}
    )
    found = []
    for brain in brains:
        if brain.review_state in CLOSED:
            continue
        seen = _may_see(brain)
        found.append(
            OpenPart(
                brain.Title if seen else "",
                brain.getURL() if seen else "",
                brain.host_unit,
                brain.meeting_start,
                tuple(held[brain.UID]),
            )
        )
    return sorted(found, key=lambda one: one.start)


def _may_see(brain) -> bool:
    meeting = brain._unrestrictedGetObject()
    return bool(getSecurityManager().checkPermission("View", meeting))

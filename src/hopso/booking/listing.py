"""What a room or site is taken for from now on, for its page: as much of it as the reader may know."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from AccessControl import getSecurityManager
from hopso.booking import blocks
from hopso.booking.answers import span
from hopso.booking.answers import why
from hopso.booking.hours import MANAGE_BOOKINGS
from hopso.booking.spans import BLOCK
from hopso.booking.spans import MEETING
from hopso.booking.store import ledger
from hopso.core.text import now
from plone import api


AHEAD = timedelta(days=366)
MOST = 30


@dataclass(frozen=True)
class Line:
    """A booking for people: ``title`` and ``url`` empty where it is not for the reader."""

    title: str
    url: str
    span: str
    start: datetime
    end: datetime
    kind: str
    block: str = ""
    note: str = ""
    weekly: bool = False


def coming(resource: str, context, most: int = MOST) -> tuple[list[Line], int]:
    """Return the first lines of what is booked from now on, and how many there are; one catalog query."""
    moment = now()
    found = ledger().between(resource, moment, moment + AHEAD)
    shown = found[:most]
    uids = sorted({one.holder for one in shown if one.kind == MEETING})
    catalog = api.portal.get_tool("portal_catalog")
    brains = {brain.UID: brain for brain in catalog.searchResults(UID=uids)} if uids else {}
    manages = getSecurityManager().checkPermission(MANAGE_BOOKINGS, context)
    lines = []
    for one in shown:
        brain = brains.get(one.holder)
        known = blocks.blocking_of(one.holder) if one.kind == BLOCK and manages else None
        lines.append(
            Line(
                brain.Title if brain else why(one),
                brain.getURL() if brain else "",
                span(one.begins, one.ends),
                one.begins,
                one.ends,
                one.kind,
                one.holder if known else "",
                known.note if known else "",
                bool(known and known.until),
            )
        )
    return lines, len(found)


def has_blockings(resource: str) -> bool:
    """Tell whether something of a blocking is ahead."""
    moment = now()
    return any(one.kind == BLOCK for one in ledger().between(resource, moment, moment + AHEAD))

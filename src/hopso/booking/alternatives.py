"""What to offer instead of what is taken: another time of the day, another room with the same features."""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from hopso import _
from hopso.booking import hours
from hopso.booking.resources import bridges_that_fit
from hopso.booking.resources import needed
from hopso.booking.resources import thing_of
from hopso.booking.spans import BRIDGE
from hopso.booking.spans import bridge_key
from hopso.booking.spans import first_day
from hopso.booking.spans import last_day
from hopso.booking.spans import LONGEST
from hopso.booking.spans import ROOM
from hopso.booking.spans import room_key
from hopso.booking.spans import with_margins
from hopso.booking.store import ledger
from hopso.core.findings import blocks
from hopso.core.moments import to_utc
from hopso.core.text import collation_key
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.inventory.rules import bookable
from hopso.policy.api import policy_for
from hopso.policy.policy import Policy
from plone import api
from plone.uuid.interfaces import IUUID


TIME, ROOM_KIND = "time", "room"
MOST = 3
# So many rooms of other units are looked at.
LOOKED_AT = 300


@dataclass(frozen=True)
class Wanted:
    """What somebody would like to book.

    rooms, sites: UIDs; start, end: aware, without margins; people: to be
    seated; holder: UID of the meeting, whose own bookings do not count.
    """

    rooms: tuple[str, ...]
    sites: tuple[str, ...]
    start: datetime
    end: datetime
    people: int = 0
    holder: str = ""
    policy: Policy = field(default_factory=Policy)

    def span(self, start=None) -> tuple[datetime, datetime]:
        """Return the span with margins, at its own or another beginning."""
        start = start or self.start
        end = start + (self.end - self.start)
        return with_margins(start, end, self.policy.setup_minutes, self.policy.teardown_minutes)

    def resources(self) -> tuple[str, ...]:
        """Return what would be booked."""
        return needed(self.policy, self.rooms, self.sites, self.start, self.end, self.holder)


@dataclass(frozen=True)
class Alternative:
    """One offer: *kind* ``time`` or ``room``; where and when it would be; *text* for people.

    ``titles``: UID -> name of the rooms that are new.
    """

    kind: str
    start: datetime
    end: datetime
    rooms: tuple[str, ...]
    text: str
    titles: dict = field(default_factory=dict, compare=False)

    def as_dict(self) -> dict:
        """Return it as plain data; ``fill`` are the values of the form's fields."""
        when = {"start": datetime_text(self.start), "end": datetime_text(self.end)}
        return {
            "kind": self.kind,
            "text": self.text,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "rooms": list(self.rooms),
            "titles": self.titles,
            "fill": when if self.kind == TIME else {"rooms": list(self.rooms)},
        }


def wanted_by(meeting, rooms=None, sites=None, start=None, end=None) -> Wanted:
    """Return what *meeting* wants, or would want with these values; None: as it is."""
    from hopso.meetings.facts import head_count

    return Wanted(
        tuple((meeting.rooms if rooms is None else rooms) or ()),
        tuple((meeting.sites if sites is None else sites) or ()),
        start or meeting.start,
        end or meeting.end,
        head_count(meeting),
        IUUID(meeting, ""),
        policy_for(meeting),
    )


def alternatives(wanted, most: int = MOST) -> list[Alternative]:
    """Return what is free instead of *wanted* (Wanted, or a meeting): up to *most* rooms and *most* times."""
    if not isinstance(wanted, Wanted):
        wanted = wanted_by(wanted)
    if wanted.end - wanted.start > LONGEST:
        return []
    return [*other_rooms(wanted, most), *other_times(wanted, most)]


def other_times(wanted: Wanted, most: int = MOST) -> list[Alternative]:
    """Return the closest beginnings on the same day at which everything wanted is free."""
    policy, length = wanted.policy, wanted.end - wanted.start
    fixed = [one for one in wanted.resources() if not one.startswith(BRIDGE)]
    bridges = (
        [bridge_key(name) for name in bridges_that_fit(policy, len(wanted.sites))] if wanted.sites else []
    )
    if not fixed:
        return []
    free = _Free(wanted)

    def fits(start):
        span = wanted.span(start)
        return all(free(one, *span) for one in fixed) and (
            not bridges or any(free(one, *span) for one in bridges)
        )

    starts = hours.free_starts(
        wanted.start, length, fits, hours=policy.bookable_hours, earliest=now(), most=most
    )
    return [
        Alternative(TIME, to_utc(start), to_utc(start + length), wanted.rooms, _span(start, start + length))
        for start in starts
    ]


class _Free:
    """Tells whether resources are free; what is booked within days is asked for once."""

    def __init__(self, wanted):
        self.wanted, self.book = wanted, ledger()
        self.known = {}

    def __call__(self, resource, start, end):
        key = (resource, first_day(start), last_day(end))
        if key not in self.known:
            self.known[key] = [
                one for one in self._days(resource, start, end) if one.holder != self.wanted.holder
            ]
        return not any(one.overlaps(start, end) for one in self.known[key])

    def _days(self, resource, start, end):
        begin = start.replace(hour=0, minute=0, second=0, microsecond=0)
        until = end.replace(hour=23, minute=59, second=59, microsecond=999999)
        return self.book.between(resource, begin, until)


def other_rooms(wanted: Wanted, most: int = MOST) -> list[Alternative]:
    """Return rooms for those that are taken: free then, with the same features and enough seats.

    Only rooms that the present user may see, those of the same unit first.  None
    if something other than rooms stands in the way.
    """
    span, book = wanted.span(), ledger()
    taken = {
        resource
        for resource in wanted.resources()
        for one in book.between(resource, *span)
        if one.holder != wanted.holder
    }
    gone = [uid for uid in wanted.rooms if room_key(uid) in taken]
    if len(gone) != 1 or taken != {room_key(gone[0])}:
        return []
    room = thing_of(ROOM + gone[0])
    if room is None:
        return []
    found = []
    for other in _candidates(room, wanted):
        if any(one.holder != wanted.holder for one in book.between(room_key(other.UID()), *span)):
            continue
        rooms = tuple(other.UID() if uid == gone[0] else uid for uid in wanted.rooms)
        text = _("${room}, ${seats} seats", mapping={"room": other.title, "seats": other.capacity or 0})
        titles = {other.UID(): other.title}
        found.append(
            Alternative(ROOM_KIND, wanted.start, wanted.end, rooms, api.portal.translate(text), titles)
        )
        if len(found) == most:
            break
    return found


def _candidates(room, wanted):
    catalog = api.portal.get_tool("portal_catalog")
    own = "/".join(room.getPhysicalPath()[:-1])
    brains = catalog.searchResults(portal_type="Room")
    brains = sorted(brains, key=lambda one: not one.getPath().startswith(own + "/"))[:LOOKED_AT]
    features, day = set(room.features or ()), local(wanted.start).date()
    people = min(wanted.people, room.capacity or 0) if wanted.people else 0
    found = []
    for brain in brains:
        other = brain.getObject()
        if other.UID() in wanted.rooms or not features <= set(other.features or ()):
            continue
        if (other.capacity or 0) < people or blocks(bookable(other, wanted.policy, day)):
            continue
        near = brain.getPath().startswith(own + "/")
        found.append(((not near, other.capacity or 0, collation_key(other.title)), other))
    return [other for _key, other in sorted(found, key=lambda one: one[0])]


def _span(start, end):
    return span_text(start, end, api.portal.get_current_language() or "vi")

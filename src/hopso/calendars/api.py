"""What the present user may see in a calendar.

``events_between`` asks the catalog once or twice for a range, however many
events there are.  Of meetings that one may not see, a room or a site shows
that it is taken; technicians and providers learn when and where (NT-13.3).
"""

from datetime import datetime
from datetime import timedelta
import hashlib

from AccessControl import getSecurityManager
from DateTime import DateTime
from hopso import _
from hopso.booking.api import bookings_between
from hopso.calendars.events import BLOCK
from hopso.calendars.events import BUSY
from hopso.calendars.events import CalendarEvent as CalendarEvent
from hopso.calendars.events import FIRM
from hopso.calendars.events import mark_conflicts
from hopso.calendars.events import MEETING
from hopso.calendars.events import OFF
from hopso.calendars.events import SERVED
from hopso.core import errors
from hopso.meetings.participation import participation_store
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from hopso.security import matrix
from hopso.security.logistics import serves
from hopso.security.logistics import SERVING
from plone import api


KINDS = ("mine", "room", "site", "unit", "person", "bridge")
INDEXES = {"room": "rooms", "site": "sites"}
TYPES = {"room": "Room", "site": "Site", "unit": "Unit"}
# A feed reaches further than a page; nothing reaches further than this.
LONGEST = timedelta(days=500)
MOST = 3000
# Who may look when the people of the own unit have time.
ARRANGES = ("admins", "coordinators", "leaders", "secretaries", "registrars")
# In these parts a meeting stands in a person's calendar.
ATTENDS = {"chair", "secretary", "approver", "preparer", "delegates", "guests", "technicians"}
TAKES_TIME = {"chair", "secretary", "delegates", "guests"}


def events_between(kind: str, key: str, start: datetime, end: datetime) -> list[CalendarEvent]:
    """Return what the present user may see of a calendar from *start* to *end* (aware), in order of time.

    kind: one of KINDS; key: UID of a room or site, id of a unit, user id of a
    person, name of a bridge; empty for ``mine``.  Raises Invalid for a range
    that is too long and for what does not exist, Denied for people whose
    calendar is not for the reader.
    """
    if kind not in KINDS:
        raise errors.Invalid(_("There is no such calendar."), errors={"kind": _("Unknown.")})
    if not start < end or end - start > LONGEST:
        raise errors.Invalid(
            _("Please choose a shorter time."), errors={"end": _("Please choose a shorter time.")}
        )
    user_id = getSecurityManager().getUser().getId()
    if user_id is None:
        raise errors.Denied()
    if kind in ("mine", "person"):
        person = key if kind == "person" else user_id
        if not may_see_person(person, user_id):
            raise errors.Denied(
                _("The calendars of people are for those who prepare meetings in their unit.")
            )
        return _of_person(person, user_id, start, end)
    if not exists(kind, key):
        raise errors.Invalid(_("There is no such calendar."), errors={"key": _("Unknown.")})
    if kind == "unit":
        return _of_unit(key, user_id, start, end)
    return _of_resource(kind, key, user_id, start, end)


def may_see_person(person: str, reader: str) -> bool:
    """Tell whether *reader* (user id) may look when *person* (user id) has time.

    Oneself, and the people of the units in which one prepares or leads.
    """
    if person == reader:
        return True
    arranged = {one.unit for one in functions_of(reader) if one.function in ARRANGES}
    return any(one.unit in arranged for one in functions_of(person))


def people_to_see(reader: str) -> set[str]:
    """Return the user ids of the people whose calendars *reader* may look at, but the own one."""
    arranged = {one.unit for one in functions_of(reader) if one.function in ARRANGES}
    store = assignment_store()
    return {user_id for unit in arranged for user_id, _one in store.of_unit(unit)} - {reader}


def exists(kind: str, key: str) -> bool:
    """Tell whether there is such a room, site or unit that the present user may see; others always are."""
    if kind not in TYPES:
        return kind in KINDS
    catalog = api.portal.get_tool("portal_catalog")
    index = "getId" if kind == "unit" else "UID"
    return bool(key) and bool(catalog(portal_type=TYPES[kind], **{index: key}))


def _search(start, end, *, unrestricted=False, **query) -> list:
    """Return the brains of meetings in the range."""
    catalog = api.portal.get_tool("portal_catalog")
    search = catalog.unrestrictedSearchResults if unrestricted else catalog.searchResults
    found = search(
        portal_type="Meeting",
        meeting_end={"query": DateTime(start), "range": "min"},
        meeting_start={"query": DateTime(end), "range": "max"},
        sort_on="meeting_start",
        sort_limit=MOST,
        **query,
    )
    # The indexes know minutes only, and both bounds are inside of their ranges.
    return [one for one in found[:MOST] if one.meeting_start < end and start < one.meeting_end]


def event_of(brain, kind: str = MEETING) -> CalendarEvent:
    """Return the event of a meeting's brain; of SERVED ones without title, chair and urgency."""
    told = kind == MEETING
    return CalendarEvent(
        kind,
        brain.meeting_start,
        brain.meeting_end,
        uid=brain.UID,
        title=brain.Title if told else "",
        url=brain.getURL(),
        state=brain.review_state,
        mode=brain.mode or "",
        unit=brain.host_unit or "",
        chair=(brain.chair or "") if told else "",
        rooms=tuple(brain.rooms or ()),
        sites=tuple(brain.sites or ()),
        urgent=told and brain.urgent is True,
        classification=brain.classification or "none",
        changed=getattr(brain, "changed_at", None) or None,
    )


def _of_person(person, reader, start, end):
    store, speaks = participation_store(), []
    principals = [f"user:{person}"]
    for one in assignment_store().of_user(person):
        if one.function in SPEAKS_FOR_UNIT:
            speaks.append(f"unit:{one.unit}")
    parts = {}
    for principal in [*principals, *dict.fromkeys(speaks)]:
        for uid, held in store.meetings_of(principal):
            parts.setdefault(uid, set()).update(held)
    wanted = sorted(uid for uid, held in parts.items() if held & ATTENDS)
    if not wanted:
        return []
    seen = [event_of(one) for one in _search(start, end, UID=wanted)]
    if person == reader:
        known = {one.uid for one in seen}
        if serves(reader):
            seen += _served(start, end, known, UID=wanted)
        return mark_conflicts(seen)
    known = {one.uid for one in seen}
    hidden = sorted(uid for uid, held in parts.items() if held & TAKES_TIME and uid not in known)
    if hidden:
        brains = _search(start, end, unrestricted=True, UID=hidden, review_state=list(FIRM))
        seen += [_busy(one.UID, one.meeting_start, one.meeting_end) for one in brains]
    return mark_conflicts(seen)


def _of_unit(unit_id, reader, start, end):
    invited = sorted(
        uid
        for uid, held in participation_store().meetings_of(f"unit:{unit_id}")
        if ATTENDS.intersection(held)
    )
    found = {one.UID: event_of(one) for one in _search(start, end, host_unit=unit_id)}
    if invited:
        found |= {one.UID: event_of(one) for one in _search(start, end, UID=invited)}
    events = list(found.values())
    if any(one.unit == unit_id and one.function in SERVING for one in functions_of(reader)):
        events += _served(start, end, set(found), host_unit=unit_id)
    return sorted(events, key=lambda one: (one.start, one.end, one.title))


def _of_resource(kind, key, reader, start, end):
    # Shown without the margins for setting up: that is how long a meeting is for those who see it, too.
    booked = bookings_between(f"{kind}:{key}", start, end)
    bookings = [one for one in booked if one.begins < end and start < one.ends]
    holders = {one.holder for one in bookings if one.kind == "meeting"}
    brains = _search(start, end, **{INDEXES[kind]: key}) if kind in INDEXES else []
    # A site brings the room it stands in, which the meeting itself does not name.
    more = holders - {one.UID for one in brains}
    brains += _search(start, end, UID=sorted(more)) if more else []
    seen = [event_of(one) for one in brains]
    # What is called off holds nothing here.
    seen = [one for one in seen if one.state not in OFF]
    known = {one.uid for one in seen}
    if serves(reader) and holders - known:
        seen += _served(start, end, known, UID=sorted(holders - known))
        known = {one.uid for one in seen}
    for one in bookings:
        if one.kind == "block":
            seen.append(CalendarEvent(BLOCK, one.begins, one.ends, uid=one.holder, note=one.note))
        elif one.holder not in known:
            seen.append(_busy(one.holder, one.begins, one.ends))
    return mark_conflicts(seen)


def _served(start, end, known, **query):
    """Return when and where, of the meetings that the present user serves; one look at each."""
    may, found = getSecurityManager().checkPermission, []
    states = ["scheduled", "convened", "in_session", "ended"]
    for brain in _search(start, end, unrestricted=True, review_state=states, **query):
        if brain.UID not in known and may(matrix.LOGISTICS, brain._unrestrictedGetObject()):
            found.append(event_of(brain, SERVED))
    return found


def _busy(uid, start, end):
    return CalendarEvent(BUSY, start, end, uid=f"busy-{hashlib.sha256(uid.encode()).hexdigest()[:24]}")

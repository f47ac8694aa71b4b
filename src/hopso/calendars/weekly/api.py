"""The week of a unit, as the present user may see it; and publishing it."""

from dataclasses import dataclass
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso.calendars.api import events_between
from hopso.calendars.describe import site_names
from hopso.calendars.events import FIRM
from hopso.calendars.events import MEETING
from hopso.calendars.weekly import weeks
from hopso.calendars.weekly.store import Published
from hopso.calendars.weekly.store import week_store
from hopso.calendars.weekly.weeks import Line
from hopso.calendars.weekly.weeks import Told
from hopso.calendars.weekly.weeks import Week
from hopso.core.moments import LOCAL
from hopso.meetings.vocabularies import MeetingModes
from hopso.organisation.names import participant_names
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.names import unit_names
from plone import api
from plone.uuid.interfaces import IUUID


@dataclass(frozen=True)
class WeekOfUnit:
    """What the present user may see of a week; people: uid -> participants (keys); urls: uid -> address."""

    unit: str
    week: Week
    told: tuple[Told, ...]
    published: Published | None
    people: dict
    urls: dict


def week_of(unit_id: str, week: Week) -> WeekOfUnit:
    """Return the week of a unit: what it hosts and where it is invited.

    Lines of a publication are shown to those who may see the meeting now, and to nobody else.
    """
    events = [one for one in events_between("unit", unit_id, *span_of(week)) if one.kind == MEETING]
    published = next(reversed(week_store().of(unit_id, str(week))), None)
    told_once = {one.uid: one for one in published.lines} if published is not None else None
    uids = {one.uid for one in events} | set(told_once or ())
    meetings = visible_meetings(uids)
    told = weeks.told_lines([line_of(one) for one in meetings], told_once, week)
    shown = {one.line.uid for one in told}
    return WeekOfUnit(
        unit_id,
        week,
        tuple(told),
        published,
        {IUUID(one): tuple(one.participants or ()) for one in meetings if IUUID(one) in shown},
        {IUUID(one): one.absolute_url() for one in meetings if IUUID(one) in shown},
    )


def visible_meetings(uids) -> list:
    """Return the meetings with these UIDs that the present user may see; one query."""
    if not uids:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    # What the catalog has shown one may see; the object is read for its participants.
    return [brain._unrestrictedGetObject() for brain in catalog(portal_type="Meeting", UID=sorted(uids))]


def line_of(meeting) -> Line:
    """Return a meeting as the calendar tells it."""
    return Line(
        IUUID(meeting),
        meeting.start,
        meeting.end,
        meeting.title or "",
        meeting.chair or "",
        tuple(meeting.rooms or ()),
        tuple(meeting.sites or ()),
        meeting.mode or "",
        meeting.preparing_unit or meeting.host_unit or "",
        api.content.get_state(meeting),
    )


def span_of(week: Week) -> tuple[datetime, datetime]:
    """Return beginning and end of a week as aware moments."""
    start = datetime.combine(week.first, time(), tzinfo=LOCAL)
    return start, start + timedelta(days=7)


def lines_to_publish(unit_id: str, week: Week) -> tuple[Line, ...]:
    """Return what a publication would hold: confirmed meetings that the present user may see."""
    found = week_of(unit_id, week)
    return tuple(
        one.line for one in found.told if one.line.state in FIRM and one.mark not in (weeks.MOVED, weeks.OFF)
    )


def is_planned(meeting) -> bool:
    """Tell whether a meeting stands in a published work calendar of its week (BD-8.1/1)."""
    return weeks.is_planned(week_store().weeks_of(IUUID(meeting)), meeting.start)


class Names:
    """The names that the lines of a week need, looked up in one go."""

    def __init__(self, found: WeekOfUnit):
        lines = [one.line for one in found.told] + [one.before for one in found.told if one.before]
        self.people = person_names(one.chair for one in lines)
        self.rooms = room_names({uid for one in lines for uid in one.rooms})
        self.sites = site_names({uid for one in lines for uid in one.sites})
        self.units = unit_names(one.preparing for one in lines)
        self.invited = participant_names({key for keys in found.people.values() for key in keys})
        self.modes = {one.value: one.title for one in MeetingModes(None)}

    def place(self, line: Line) -> str:
        """Return rooms and sites of a line."""
        rooms = [self.rooms[uid] for uid in line.rooms if uid in self.rooms]
        return ", ".join(rooms + [self.sites[uid] for uid in line.sites if uid in self.sites])

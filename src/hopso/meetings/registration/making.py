"""Making the occurrences of a series: at once, or by the worker when they are many."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.agenda import item_ids
from hopso.meetings.facts import file_year
from hopso.meetings.preparation import COPIED
from hopso.meetings.registration.recurrence import Day
from hopso.meetings.registration.recurrence import days
from hopso.meetings.registration.series import find_series
from hopso.organisation.place import meeting_folder
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.policy.timing import at
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import task
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.uuid.interfaces import IUUID


JOB = "meetings.make_occurrences"
AT_ONCE = 8  # so many are made while one waits
BATCH = 20  # so many in one transaction of the worker
USUAL_HORIZON = timedelta(days=92)
ITEM_FIELDS = ("title", "duration", "presenter", "preparing_unit", "handed_out")


def fields_of(meeting) -> dict:
    """Return the fields that occurrences take over."""
    return {name: getattr(meeting, name) for name in ("title", *COPIED)}


def agenda_of(meeting) -> tuple[dict, ...]:
    """Return the items of the agenda as plain fields."""
    items = (meeting._getOb(name) for name in item_ids(meeting))
    return tuple({name: getattr(item, name, None) for name in ITEM_FIELDS} for item in items)


def add_agenda(meeting, agenda) -> None:
    """Put items of plain fields into a meeting."""
    for fields in agenda:
        addContentToContainer(meeting, createContent("AgendaItem", **fields), checkConstraints=False)


def clock_of(series) -> time:
    """Return at what time of the day the series begins."""
    return time.fromisoformat(series.clock)


def span_on(series, day: date) -> tuple[datetime, datetime]:
    """Return start and end of the occurrence on *day*."""
    start = at(day, clock_of(series))
    return start, start + timedelta(minutes=series.minutes)


def planned(series) -> list[Day]:
    """Return the days of the series up to its horizon."""
    first, last = date.fromisoformat(series.first_day), date.fromisoformat(series.until)
    return days(series.rule, first, last, policy_for(series).calendar)


def to_make(series) -> list[Day]:
    """Return the days that have no meeting yet and are still ahead."""
    moment = now()
    return [
        day
        for day in planned(series)
        if day.named.isoformat() not in series.kept and span_on(series, day.held)[0] > moment
    ]


def make(series, limit: int) -> int:
    """Make up to *limit* missing occurrences; return how many are still missing.  Made ones are left alone."""
    missing = to_make(series)
    for day in missing[:limit]:
        make_one(series, day)
    return max(0, len(missing) - limit)


def make_one(series, day: Day):
    """Make the occurrence of *day*: a draft with the fields and the agenda of the series."""
    start, end = span_on(series, day.held)
    folder = meeting_folder(unit_of(series), file_year(start))
    meeting = createContent("Meeting", **series.fields, start=start, end=end)
    link(meeting, series, day.named, start)
    meeting = addContentToContainer(folder, meeting, checkConstraints=False)
    add_agenda(meeting, series.agenda)
    series.kept[day.named.isoformat()] = IUUID(meeting)
    return meeting


def link(meeting, series, named: date, start: datetime) -> None:
    """State on *meeting* which occurrence of which series it is, and what was planned for it."""
    meeting.series_id = IUUID(series)
    meeting.series_day = named.isoformat()
    meeting.series_slot = start
    meeting.series_rooms = tuple(series.fields.get("rooms") or ())


def make_all(series) -> None:
    """Make the missing occurrences: a few now, many by the worker."""
    if len(to_make(series)) <= AT_ONCE:
        make(series, AT_ONCE)
    else:
        enqueue_after_commit(JOB, uid=IUUID(series))


@task(JOB, retries=3, retry_delay=30)
def make_occurrences(uid: str) -> None:
    """Make one batch, then ask for the next: progress shows, and a killed worker goes on where it stopped."""
    series = find_series(uid)
    if series is None:
        return
    if make(series, BATCH):
        enqueue_after_commit(JOB, uid=uid)


def last_day_for(series_rule, first: date, horizon: date | None) -> date:
    """Return up to when occurrences are made at first."""
    wanted = horizon or first + USUAL_HORIZON
    return min(wanted, series_rule.until) if series_rule.until else wanted


def today() -> date:
    """Return the day that it is in Viet Nam."""
    return local(now()).date()

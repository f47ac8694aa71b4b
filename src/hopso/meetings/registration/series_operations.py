"""What is done with series: making one, arranging its meetings together, changing and ending them."""

from dataclasses import replace
from datetime import datetime
from datetime import time
from datetime import timedelta

from AccessControl import getSecurityManager
from hopso import _
from hopso.core import errors
from hopso.core.findings import blocks
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings import operations
from hopso.meetings.content import IMeeting
from hopso.meetings.preparation import may_copy
from hopso.meetings.registration import making
from hopso.meetings.registration import parameters
from hopso.meetings.registration.drafts import delete_draft
from hopso.meetings.registration.recurrence import named_days
from hopso.meetings.registration.recurrence import Recurrence
from hopso.meetings.registration.series import is_moved
from hopso.meetings.registration.series import ISeries
from hopso.meetings.registration.series import occurrence_brains
from hopso.meetings.registration.together import each
from hopso.organisation.place import ensure_section
from hopso.organisation.place import unit_of
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.uuid.interfaces import IUUID
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


REGISTER = operations.REGISTER
SERIES = "chuoi-hop"
ACTIVE = ("active",)
NOT_HANDED_IN = ("draft", "returned")
WAITING = ("registered", "postponed", "displaced")
CHANGEABLE = (*NOT_HANDED_IN, *WAITING, "scheduled")
CANCELLABLE = ("registered", "returned", "scheduled", "convened", "postponed", "displaced")
ALREADY = {
    "convened": _("The invitations are out: this meeting was left as it is."),
    "cancelled": _("Called off before."),
}


def ahead(series, since=None) -> list:
    """Return the occurrences that have not begun, from the day *since* on, by start."""
    moment = now()
    first = datetime.combine(since, time(), tzinfo=local(moment).tzinfo) if since else moment
    brains = occurrence_brains(series, unrestricted=True)
    return [
        one._unrestrictedGetObject() for one in brains if one.meeting_start > moment and one.meeting_start >= first
    ]  # fmt: skip


def keep_outcome(series, title, outcome) -> None:
    """Keep what an operation came to, for the page of the series."""
    series.outcome_title, series.outcome = title, tuple(outcome)


def stands_alone(meeting) -> bool:
    """Tell whether a series may be made of *meeting*."""
    return not meeting.series_id and not meeting.time_proposed and may_copy(meeting)


@operation(
    "meeting.make_series", IMeeting, title=_("Make a series"), permission=REGISTER,
    states=("draft", "returned", "registered", "scheduled"), schema=parameters.IRule, order=310,
    when=stands_alone,
)  # fmt: skip
def make_series(meeting, horizon=None, weekdays=(), **rule):
    """Make *meeting* the first of a series; the others are drafts like it.  Returns the series."""
    if not stands_alone(meeting):
        raise errors.WrongState(_("The meeting has no time yet, or belongs to a series already."))
    first = local(meeting.start).date()
    try:
        made = Recurrence(
            weekdays=tuple(sorted(set(weekdays or (first.weekday(),)))),
            month_day=first.day,
            nth=_place_in_month(first),
            **rule,
        )
    except ValueError as error:
        raise errors.Invalid(_("Please check what you entered."), errors={"frequency": str(error)}) from error
    if made.until and made.until < first:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"until": _("The series would end before it begins.")}
        )
    if next(named_days(made, first, first), None) != first:
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"weekdays": _("The day of this meeting must be one of the days.")},
        )
    folder = ensure_section(unit_of(meeting), SERIES, "Chuỗi cuộc họp")
    series = addContentToContainer(
        folder, createContent("MeetingSeries", title=meeting.title), checkConstraints=False
    )
    series.rule, series.first_day = made, first.isoformat()
    series.clock = f"{local(meeting.start):%H:%M}"
    series.minutes = int((meeting.end - meeting.start) / timedelta(minutes=1))
    series.fields, series.agenda = making.fields_of(meeting), making.agenda_of(meeting)
    series.until = making.last_day_for(made, first, horizon).isoformat()
    making.link(meeting, series, first, meeting.start)
    series.kept[first.isoformat()] = IUUID(meeting)
    making.make_all(series)
    return series


def _place_in_month(day) -> int:
    """Return which of its weekdays in the month *day* is: 1 to 4, -1 for a fifth."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


@operation(
    "series.extend", ISeries, title=_("Make further meetings"), permission=REGISTER, states=ACTIVE,
    schema=parameters.IHorizon, order=30,
)  # fmt: skip
def extend(series, until):
    """Make the occurrences up to a day; those that are there stay."""
    if until <= making.today():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"until": _("Choose a day that is still ahead.")}
        )
    if until.isoformat() > series.until:
        series.until = until.isoformat()
    making.make_all(series)


@operation(
    "series.register", ISeries, title=_("Register the series"), permission=REGISTER,
    schema=parameters.ITogether, order=10, primary=True,
    help=_("Hands in every meeting that is still a draft; each is checked by itself."),
)  # fmt: skip
def register_all(series, all_or_nothing=False):
    """Hand in all drafts ahead; returns what came of each."""
    wanted = [one for one in ahead(series) if state_of(one) in NOT_HANDED_IN]
    outcome = each(wanted, _register_if_free, all_or_nothing)
    keep_outcome(series, _("Registering the series"), outcome)
    return outcome


def _register_if_free(meeting):
    # Who schedules is another question: here it is whether time and places are free.
    if forbidding := blocks(operations.slot_findings(meeting)):
        raise errors.Blocked(forbidding)
    operations.register(meeting)


@operation(
    "series.schedule", ISeries, title=_("Schedule the series"), permission=operations.SCHEDULE,
    schema=parameters.ITogether, order=20, primary=True,
    help=_("Takes the rooms for every meeting that was handed in."),
)  # fmt: skip
def schedule_all(series, all_or_nothing=False):
    """Schedule all that were handed in; returns what came of each."""
    wanted = [one for one in ahead(series) if state_of(one) in WAITING]
    outcome = each(wanted, lambda meeting: operations.schedule(meeting) and None, all_or_nothing)
    keep_outcome(series, _("Scheduling the series"), outcome)
    return outcome


@operation(
    "series.change_following", ISeries, title=_("Change this and all following"), permission=REGISTER,
    schema=parameters.IChangeFollowing, order=40,
)  # fmt: skip
def change_following(series, since, clock=None, minutes=None, **fields):
    """Change the meetings from a day on, and what later ones are made of; returns what came of each.

    Meetings that were convened, are running or over stay as they are; one that was
    moved by itself keeps its time and rooms.
    """
    fields = {name: value for name, value in fields.items() if value is not None}
    if clock:
        try:
            time.fromisoformat(clock)
        except ValueError as error:
            raise errors.Invalid(
                _("Please check what you entered."), errors={"clock": _("Enter the time as 08:00.")}
            ) from error
    if not fields and not clock and not minutes:
        raise errors.Invalid(_("Say what is to change."), errors={"title": _("Nothing was changed.")})
    series.clock, series.minutes = clock or series.clock, minutes or series.minutes
    series.fields = {**series.fields, **fields}
    series.title = fields.get("title", series.title)
    timed = bool(clock or minutes or "rooms" in fields)
    outcome = each(ahead(series, since), lambda meeting: _change(series, meeting, fields, timed))
    keep_outcome(series, _("Changing this and all following"), outcome)
    series.reindexObject()
    return outcome


def _change(series, meeting, fields, timed):
    """Bring one occurrence in line with its series; returns why it was left alone, if it was."""
    state = state_of(meeting)
    if state not in CHANGEABLE:
        return ALREADY.get(state, ALREADY["convened"])
    plain = {name: value for name, value in fields.items() if name != "rooms"}
    if plain:
        _write(meeting, plain)
    if not timed or is_moved(meeting):
        return None
    start, end = making.span_on(series, local(meeting.series_slot).date())
    rooms = tuple(series.fields.get("rooms") or ())
    if state == "scheduled":
        operations.reschedule(meeting, start=start, end=end, rooms=rooms)
    else:
        _write(meeting, {"start": start, "end": end, "rooms": rooms})
    meeting.series_slot, meeting.series_rooms = start, rooms
    return None


def _write(meeting, values) -> None:
    """Set fields the way the form does, with its permission and its event."""
    if not getSecurityManager().checkPermission("Modify portal content", meeting):
        raise errors.Denied()
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    for name in changed:
        setattr(meeting, name, values[name])
    if changed:
        notify(ObjectModifiedEvent(meeting, Attributes(IMeeting, *changed)))


@operation(
    "series.cancel_following", ISeries, title=_("Call meetings off"), permission=operations.CANCEL,
    schema=parameters.ICancelFollowing, order=50, danger=True,
)  # fmt: skip
def cancel_following(series, since, reason, only_this=False):
    """Call off the meeting of a day, or it and all that follow; drafts are deleted.  Returns what came of each."""
    wanted = ahead(series, since)
    if only_this:
        wanted = [one for one in wanted if local(one.start).date() == since]
        if not wanted:
            raise errors.Invalid(
                _("Please check what you entered."),
                errors={"since": _("The series has no meeting on this day.")},
            )
    else:
        _make_no_more(series, since - timedelta(days=1))
    outcome = each(wanted, lambda meeting: _call_off(meeting, reason))
    keep_outcome(series, _("Calling meetings off"), outcome)
    return outcome


def _call_off(meeting, reason):
    state = state_of(meeting)
    if state == "draft":
        delete_draft(meeting)
    elif state in CANCELLABLE:
        operations.cancel(meeting, reason=reason)
    else:
        return ALREADY.get(state, _("The meeting is over or running."))
    return None


def _make_no_more(series, last) -> None:
    """Let the rule end on *last*."""
    if series.rule.until is None or series.rule.until > last:
        series.rule = replace(series.rule, until=last)
    series.until = min(series.until, last.isoformat())


@operation(
    "series.end", ISeries, title=_("End the series"), permission=REGISTER, states=ACTIVE,
    order=60, danger=True,
    help=_("No further meeting is made, drafts are deleted; what was handed in takes place."),
)  # fmt: skip
def end(series):
    """End the series: drafts ahead are deleted, what was handed in stays.  Returns what came of each."""
    drafts = [one for one in ahead(series) if state_of(one) == "draft"]
    _make_no_more(series, making.today())
    outcome = each(drafts, lambda meeting: delete_draft(meeting))
    keep_outcome(series, _("Ending the series"), outcome)
    transition(series, "end")
    return outcome

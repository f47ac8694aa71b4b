"""When things happen in the demo: relative to the moment of its making.

Operations judge by the clock, so every meeting is prepared for a day in the
future (``planned``) and moved to its place (``final``) afterwards.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta

from DateTime import DateTime
from hopso.core.moments import to_utc
from hopso.core.text import local
from hopso.documents import approval
from hopso.meetings import calls
from hopso.meetings import participation
from hopso.meetings.approval import records
from zope.annotation.interfaces import IAnnotations


# Later than any meeting of the demo, so that no room is taken twice on the way.
PLANNED_AHEAD = timedelta(days=20)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Times:
    """Moments (aware, in UTC: the database stores no other) in the life of one meeting."""

    start: datetime
    end: datetime
    registered: datetime
    published: datetime
    settled: datetime

    def of(self, action: str | None) -> datetime:
        """Return when the workflow *action* on a meeting, document or record took place."""
        if action in ("start", "end"):
            return self.start if action == "start" else self.end
        if action is None or action == "register":
            return self.registered
        if action in ("conclude", "archive", "issue"):
            return self.settled
        return self.published


def final(when: dict, hours: float, moment: datetime) -> tuple[datetime, datetime]:
    """Return start and end (in UTC) of a meeting made at *moment* (aware).

    *when* is ``{"minutes": n}`` from now or ``{"days": n, "time": "08:00"}``
    in Vietnamese time; days at week-ends move away from today to a working day.
    """
    if "minutes" in when:
        start = (moment + timedelta(minutes=when["minutes"])).replace(second=0, microsecond=0)
        return to_utc(start), to_utc(start + timedelta(hours=hours))
    step = timedelta(days=1 if when["days"] >= 0 else -1)
    hour, minute = map(int, when["time"].split(":"))
    start = (local(moment) + timedelta(days=when["days"])).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
    while start.weekday() in (SATURDAY, SUNDAY):
        start += step
    return to_utc(start), to_utc(start + timedelta(hours=hours))


def planned(number: int, hours: float, moment: datetime) -> tuple[datetime, datetime]:
    """Return start and end for the preparation of meeting *number*; each has a day of its own."""
    start = (local(moment) + PLANNED_AHEAD + timedelta(days=number)).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    return to_utc(start), to_utc(start + timedelta(hours=hours))


def times_of(start: datetime, end: datetime, urgent: bool, moment: datetime) -> Times:
    """Return a likely life for a meeting; nothing of it lies after *moment*, save start and end."""
    ahead = timedelta(hours=4) if urgent else timedelta(days=4)
    registered = min(to_utc(moment) - timedelta(hours=1), start - ahead)
    return Times(
        start=start,
        end=end,
        registered=registered,
        published=registered + timedelta(minutes=35),
        settled=min(to_utc(moment), end + timedelta(days=1)),
    )


def backdate(meeting, times: Times) -> None:
    """Write the moments of *times* into a meeting and all that is in it."""
    for name, value in (
        ("registered_at", times.registered),
        ("complete_at", times.registered),
        ("published_at", times.published),
        ("started_at", times.start),
        ("ended_at", times.end),
    ):
        if getattr(meeting, name, None) is not None:
            setattr(meeting, name, value)
    _backdate_people(meeting, times)
    for thing in (meeting, *meeting.objectValues()):
        _backdate_history(thing, times)
        if getattr(thing, "issued_at", None) is not None:
            thing.issued_at = times.settled
        thing.creation_date = DateTime(times.of(None) - timedelta(hours=1))
        thing.reindexObject()


def _backdate_people(meeting, times):
    for record in list(participation.records(meeting).values()):
        if record.answered_at is not None:
            participation.put_record(meeting, record, answered_at=times.published + timedelta(minutes=50))
    kept = IAnnotations(meeting).get(calls.CALLS)
    for key in list(kept or ()):
        kept[key] = replace(kept[key], called_at=times.registered, logged_at=times.registered)


def _backdate_history(thing, times):
    history = getattr(thing, "workflow_history", None)
    for name in list(history or ()):
        history[name] = tuple({**one, "time": DateTime(times.of(one.get("action")))} for one in history[name])
    slots = IAnnotations(thing).get(records.KEY)
    for key in list(slots or ()):
        # The demo decides nothing else about its meetings.
        if key.startswith(f"{records.SLOT}:"):
            slots[key] = replace(slots[key], at=times.of("schedule"))
    decisions = IAnnotations(thing).get(approval.KEY)
    for key in list(decisions or ()):
        decisions[key] = replace(decisions[key], when=times.published)

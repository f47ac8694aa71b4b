"""Clocks of meetings: what was due when, what was done when; kept in the catalog, counted on /quy-che."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from hopso.core.moments import to_utc
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.policy.api import policy_for
from hopso.policy.api import regulates
from hopso.policy.api import rule_of
from hopso.policy.timing import in_time
from plone.indexer import indexer
from plone.uuid.interfaces import IUUID


REGISTERED_IN_TIME = "BD-6.1/1"
CALLED_IN_TIME = "BD-6.1/2"
PUBLISHED_IN_TIME = "BD-7/1"
TIME_TO_READ = "BD-3.1.g"
ANNOUNCED = "BD-12.2.b/2"
# Technical checks: one article in each of two regulations.
CHECKED_IN_TIME = ("NT-6.4", "TQ-P5/5")
# Acts that settle a clock without changing the meeting itself.
MEASURED = ("meeting.sign_check", "meeting.reopen_check", "meeting.miss_check")

_clocks: list[Callable] = []


@dataclass
class Figure:
    """How often a rule was kept: ``kept`` of ``kept + missed``; ``open`` still has time.

    hours: mean hours where a span and no deadline is measured, else None.
    """

    kept: int = 0
    missed: int = 0
    open: int = 0
    hours: float | None = None

    @property
    def closed(self) -> int:
        """How many cases are settled."""
        return self.kept + self.missed

    @property
    def percent(self) -> int | None:
        """Share of cases that kept the rule, None without cases."""
        return round(100 * self.kept / self.closed) if self.closed else None


def clock(function):
    """Register *function* (meeting, policy) -> (rule id, done at or None, due at), … as one more clock.

    For rooms that measure something of a meeting; moments are aware.  They reindex
    ``rule_clocks`` of the meeting when something is done.
    """
    if function not in _clocks:
        _clocks.append(function)
    return function


def clocks_of(meeting) -> tuple:
    """Return (rule id, done at or None, due at) of a registered meeting; aware datetimes in UTC."""
    if meeting.registered_at is None or meeting.start is None:
        return ()
    policy = policy_for(meeting)
    found = [
        one
        for function in (_registration, _publication, _technical_check, *_clocks)
        for one in function(meeting, policy)
    ]
    return tuple((rule_id, _utc(done), _utc(due)) for rule_id, done, due in found)


def _registration(meeting, policy):
    from hopso.meetings import facts

    if meeting.urgent:
        rule_id = rule_of(policy, CALLED_IN_TIME, "NT-6.5")
        if rule_id and policy.lead_time_urgent is not None:
            first = min(facts.call_moments(meeting), default=None)
            yield rule_id, first, facts.notice_deadline(meeting, policy)
        return
    rule_id = rule_of(policy, REGISTERED_IN_TIME, "NA-3.1/1")
    if rule_id and policy.lead_time_normal is not None:
        yield rule_id, meeting.registered_at, facts.registration_deadline(meeting, policy)


def _publication(meeting, policy):
    from hopso.meetings import facts
    from hopso.notifications import channels

    if not regulates(policy, PUBLISHED_IN_TIME):
        return
    due = facts.publication_deadline(meeting, policy)
    if due is not None:
        yield PUBLISHED_IN_TIME, meeting.published_at, due
    if meeting.published_at is not None:
        yield TIME_TO_READ, meeting.published_at, meeting.start
        if "qlvb" in policy.notice_channels:
            yield ANNOUNCED, channels.letter_recorded_at(meeting), meeting.start


def _technical_check(meeting, policy):
    """One clock for all places: kept once each of them was signed in time (NT-6.4, TQ-P5/5)."""
    from hopso.operations_desk.checks.records import check_store

    rule_id = rule_of(policy, *CHECKED_IN_TIME)
    if not rule_id or policy.tech_check_due is None:
        return
    records = check_store().of_meeting(IUUID(meeting))
    if records:
        signed = [one.signed_at for one in records]
        yield rule_id, None if None in signed else max(signed), max(one.due for one in records)


def measured(done) -> None:
    """Keep the figures of a meeting true after an act that a clock waits for; subscriber of OperationDone."""
    if done.operation.name in MEASURED:
        done.context.reindexObject(idxs=["rule_clocks"])


def _utc(moment):
    # The database cannot store datetimes that carry a ZoneInfo.
    return moment.astimezone(UTC) if moment is not None else None


@indexer(IMeeting)
def rule_clocks(meeting):
    """What the catalog keeps of ``clocks_of``: moments in UTC, because it pickles them."""
    return tuple(
        (rule_id, done and to_utc(done), due and to_utc(due)) for rule_id, done, due in clocks_of(meeting)
    )


def count(clocks, moment: datetime | None = None) -> dict[str, Figure]:
    """Return rule id -> Figure of many meetings' clocks at *moment* (aware, default: now)."""
    moment = moment or now()
    figures: dict[str, Figure] = {}
    spans: list[timedelta] = []
    for one in clocks:
        for rule_id, done, due in one or ():
            figure = figures.setdefault(rule_id, Figure())
            if rule_id == TIME_TO_READ:
                spans.append(max(timedelta(), due - done))
                continue
            if done is None and moment <= due:
                figure.open += 1
            elif done is not None and in_time(done, due):
                figure.kept += 1
            else:
                figure.missed += 1
    if spans:
        figures[TIME_TO_READ].hours = round(sum(spans, timedelta()) / len(spans) / timedelta(hours=1), 1)
    return figures

"""Checks come and go with the meeting: ordered when it is scheduled, moved with it, dropped when it is off."""

from hopso.core.moments import to_utc
from hopso.core.operation import OperationDone
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.operations_desk.checks import jobs  # noqa: F401  (known to the queue wherever checks are)
from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks import template_operations  # noqa: F401  (operations register themselves)
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.checks.records import CheckRecord
from hopso.operations_desk.checks.template import items_for
from hopso.policy.api import policy_for
from plone.uuid.interfaces import IUUID


# Checks are ordered in these states, and are of no use in those.
PLANNED = ("scheduled", "convened")
OFF = ("draft", "returned", "registered", "postponed", "displaced", "cancelled")


def due_of(meeting, since=None):
    """Return when (UTC) the checks of *meeting* are due if they are ordered at *since* (aware), by its policy."""
    policy = policy_for(meeting)
    due = rules.check_due(
        meeting.start,
        policy.tech_check_due,
        policy.calendar,
        urgent=bool(meeting.urgent),
        urgent_lead=policy.lead_time_urgent,
        since=since,
    )
    return to_utc(due)


def order_checks(meeting) -> None:
    """Bring the checks in line with the meeting's state, time and places; writes only what differs."""
    state, store, uid = state_of(meeting), check_store(), IUUID(meeting)
    known = {one.place: one for one in store.of_meeting(uid)}
    if state in OFF:
        for record in known.values():
            store.drop(record)
        return
    if state not in PLANNED:
        return
    moment = now()
    wanted = {one.uid: one for one in places_of(meeting)}
    for uid_of_place, record in known.items():
        if uid_of_place not in wanted:
            store.drop(record)
        elif record.start != meeting.start:
            if local(record.start).date() != local(meeting.start).date():
                # What worked on one day says nothing of another.
                record.signed_at, record.signed_by = None, ""
            store.move(record, meeting.start, due_of(meeting, moment))
    for place in wanted.values():
        if place.uid not in known:
            record = CheckRecord(uid, place.uid, place.kind, place.unit, items_for(place.occasions))
            record.made_at, record.start = moment, meeting.start
            record.due = due_of(meeting, moment)
            store.put(record)


def operation_done(event: OperationDone) -> None:
    """Order or drop checks after what was done with a meeting."""
    if IMeeting.providedBy(event.context) and event.before != event.after:
        order_checks(event.context)


def meeting_modified(meeting, event) -> None:
    """Follow a meeting whose time or sites were changed."""
    if state_of(meeting) in PLANNED:
        order_checks(meeting)


def meeting_removed(meeting, event) -> None:
    """Drop the checks of a meeting that is gone."""
    store = check_store()
    for record in store.of_meeting(IUUID(meeting)):
        store.drop(record)

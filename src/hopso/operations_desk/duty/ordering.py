"""Duties follow the meeting: moved with it, gone when it is off."""

from dataclasses import replace

from hopso.core.operation import state_of
from hopso.meetings.content import IMeeting
from hopso.operations_desk.duty import operations  # noqa: F401  (operations register themselves)
from hopso.operations_desk.duty.records import duty_store
from plone.uuid.interfaces import IUUID


OFF = ("draft", "returned", "registered", "cancelled")


def meeting_modified(meeting, event) -> None:
    """Move the duties with the meeting, by as much as it was moved."""
    follow(meeting)


def follow(meeting) -> None:
    """Bring times in line: whoever was there for the whole meeting is so still."""
    store = duty_store()
    for one in store.of_meeting(IUUID(meeting)):
        if one.current and one.whole and (one.begins, one.ends) != (meeting.start, meeting.end):
            store.put(replace(one, begins=meeting.start, ends=meeting.end, present_at=None, present_by=""))


def operation_done(event) -> None:
    """Follow a meeting that was scheduled anew; forget the duties of one that is off."""
    if not IMeeting.providedBy(event.context) or event.before == event.after:
        return
    if state_of(event.context) in OFF:
        meeting_removed(event.context, event)
    else:
        follow(event.context)


def meeting_removed(meeting, event) -> None:
    """Drop the duties of a meeting that is gone or off."""
    store = duty_store()
    for one in store.of_meeting(IUUID(meeting)):
        store.drop(one)

"""What holds for minutes and notices on every path: page, API, import."""

from hopso.core.errors import Denied
from hopso.core.operation import in_operation
from hopso.core.operation import state_of
from hopso.core.operation import transition
from hopso.meetings.content import IMeeting
from hopso.minutes.records import ATTRIBUTES
from hopso.minutes.records import digest_of


def record_added(record, event):
    """Let the meeting know its minutes and its notice, without a search."""
    meeting = event.newParent
    name = ATTRIBUTES.get(record.portal_type)
    if name and IMeeting.providedBy(meeting) and getattr(meeting, name, "") not in meeting:
        # Two drafts made at once both write the meeting: the second one conflicts.
        setattr(meeting, name, record.getId())


def record_removed(record, event):
    """Forget a deleted draft."""
    meeting = event.oldParent
    name = ATTRIBUTES.get(record.portal_type)
    if name and getattr(meeting, name, "") == record.getId():
        setattr(meeting, name, "")


def record_modified(record, event):
    """A changed text is no longer the submitted or approved one; numbers are given, not typed."""
    state = state_of(record)
    if state == "issued":
        if not in_operation():
            raise Denied()
        return
    if record.doc_number:
        record.doc_number = None
    if state in ("in_review", "approved") and digest_of(record) != record.submitted_digest:
        transition(record, "reset")
        record.submitted_digest = record.approved_digest = record.approved_by = ""
        record.approved_at = None
        record.reindexObject()

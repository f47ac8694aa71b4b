"""Keeps what the archive knows of a meeting's things true when the meeting changes."""

from hopso.meetings.content import IMeeting
from plone import api
from zope.container.interfaces import IContainerModifiedEvent


INDEXES = ["archive_date", "archive_year", "archive_kind", "archive_chair"]


def _facts(meeting) -> tuple:
    return (meeting.title, meeting.start, meeting.kind, meeting.chair)


def meeting_added(meeting, event):
    """Remember what the things inside are indexed with."""
    meeting.archive_facts = _facts(meeting)


def meeting_modified(meeting, event):
    """Index the things inside again when date, kind, chair or title has changed."""
    if not IContainerModifiedEvent.providedBy(event):
        refresh(meeting)


def operation_done(event):
    """Operations may set dates without an event of their own."""
    if IMeeting.providedBy(event.context):
        refresh(event.context)


def refresh(meeting) -> None:
    """Do nothing at all unless one of the facts differs."""
    facts = _facts(meeting)
    if getattr(meeting, "archive_facts", None) == facts:
        return
    meeting.archive_facts = facts
    catalog = api.portal.get_tool("portal_catalog")
    for child in meeting.objectValues():
        catalog.reindexObject(child, idxs=INDEXES, update_metadata=1)

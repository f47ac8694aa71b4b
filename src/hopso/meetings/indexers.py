"""What the catalog knows of meetings and agenda items."""

from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.meetings.place import meeting_of
from plone.indexer import indexer
from plone.uuid.interfaces import IUUID
from zope.interface import Interface


@indexer(IMeeting)
def meeting_start(obj):
    return obj.start


@indexer(IMeeting)
def meeting_end(obj):
    return obj.end


@indexer(IMeeting)
def approver(obj):
    return obj.approver or obj.chair


@indexer(Interface)
def meeting_uid(obj):
    """UID of the meeting that a thing belongs to (of itself for a meeting)."""
    meeting = meeting_of(obj)
    if meeting is None:
        raise AttributeError("meeting_uid")
    return IUUID(meeting)


@indexer(Interface)
def meeting_title(obj):
    meeting = meeting_of(obj)
    if meeting is None or meeting is obj:
        raise AttributeError("meeting_title")
    return meeting.title


@indexer(IAgendaItem)
def duration(obj):
    return obj.duration

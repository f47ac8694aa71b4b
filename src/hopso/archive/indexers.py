"""What the catalog knows for the archive.

``archive_date`` is naive and in the time of Viet Nam, so that a year in the
index is a year there; the index takes naive times as they are.
"""

from hopso.archive.texts import searchable_text
from hopso.core.text import local
from hopso.documents.content import IMeetingDocument
from hopso.inventory.content import IRoom
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.meetings.place import meeting_of
from hopso.minutes.content import IRecord
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from plone.indexer import indexer
from zope.interface import Interface


def _text_indexer(interface):
    @indexer(interface)
    def searchable(obj):
        return searchable_text(obj)

    return searchable


meeting_text = _text_indexer(IMeeting)
item_text = _text_indexer(IAgendaItem)
document_text = _text_indexer(IMeetingDocument)
record_text = _text_indexer(IRecord)
unit_text = _text_indexer(IUnit)
room_text = _text_indexer(IRoom)


def _meeting_of(obj, name):
    meeting = meeting_of(obj)
    if meeting is None:
        raise AttributeError(name)
    return meeting


def _date_of(obj, name):
    meeting = _meeting_of(obj, name)
    moment = (getattr(obj, "issued_at", None) if IRecord.providedBy(obj) else None) or meeting.start
    if moment is None:
        raise AttributeError(name)
    return local(moment).replace(tzinfo=None)


@indexer(Interface)
def archive_date(obj):
    """Start of the meeting; minutes and notices: when they were issued."""
    return _date_of(obj, "archive_date")


@indexer(Interface)
def archive_year(obj):
    return _date_of(obj, "archive_year").year


@indexer(Interface)
def archive_unit(obj):
    """Id of the unit whose thing it is, by place."""
    unit = unit_of(obj)
    if unit is None:
        raise AttributeError("archive_unit")
    return unit.getId()


@indexer(Interface)
def archive_kind(obj):
    return _meeting_of(obj, "archive_kind").kind


@indexer(Interface)
def archive_chair(obj):
    chair = _meeting_of(obj, "archive_chair").chair
    if not chair:
        raise AttributeError("archive_chair")
    return chair

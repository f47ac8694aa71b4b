"""The words of things: what is indexed, and what snippets are cut from."""

from html import unescape
import re

from hopso.archive.stored import document_text
from hopso.documents.content import IMeetingDocument
from hopso.inventory.content import IRoom
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.minutes.content import IRecord
from hopso.organisation.content import IUnit
from hopso.organisation.vocabularies import person_name


TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)


def plain_text(html: str) -> str:
    """Return the text of *html*, tags as spaces."""
    return unescape(TAG.sub(" ", HIDDEN.sub(" ", html))).strip()


def record_text(record) -> str:
    """Return the text of minutes or a notice without markup; transforms nothing."""
    value = record.text
    return plain_text(value.raw) if value is not None else ""


def _people(meeting) -> list[str]:
    """Return the names of those who lead and prepare; they are looked up one by one."""
    people = (meeting.chair, meeting.secretary, meeting.preparer)
    return [person_name(user_id) or "" for user_id in people if user_id]


def _document(document):
    filename = document.file.filename if document.file is not None else ""
    return (document.doc_number, document.issuing_body, filename)


FACTS = (
    (IMeeting, lambda meeting: (meeting.content, meeting.purpose, meeting.other)),
    (IAgendaItem, lambda item: (item.presenter, item.decision)),
    (IMeetingDocument, _document),
    (IRecord, lambda record: (record.doc_number, getattr(record, "recipients", None), record_text(record))),
    (IUnit, lambda unit: (unit.code, unit.address, unit.contact)),
    (IRoom, lambda room: (room.place, room.equipment)),
)


def facts_of(thing) -> str:
    """Return the words of *thing* besides its title and its pages."""
    for interface, facts in FACTS:
        if interface.providedBy(thing):
            return "\n".join(str(text) for text in facts(thing) if text)
    return ""


def searchable_text(thing) -> str:
    """Return all the words by which *thing* is found."""
    parts = [thing.title or "", facts_of(thing)]
    if IMeetingDocument.providedBy(thing):
        parts.append(document_text(thing))
    elif IMeeting.providedBy(thing):
        parts.extend(_people(thing))
    return "\n".join(part for part in parts if part)

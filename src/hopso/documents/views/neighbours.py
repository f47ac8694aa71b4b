"""A document's place among the documents of its meeting."""

from hopso.meetings.agenda import agenda_of
from hopso.meetings.place import meeting_of
from plone.uuid.interfaces import IUUID


def documents_in_order(meeting) -> list:
    """Return the catalog's records of the documents one may see, in the order of the agenda.

    Documents of the meeting as a whole come first.  One query, no object of
    a document is loaded.
    """
    agenda = agenda_of(meeting)
    return [*agenda.documents, *(brain for row in agenda.rows for brain in row.documents)]


def neighbours(document) -> dict:
    """Return number, count and the previous and next document (title, url) or None."""
    brains = documents_in_order(meeting_of(document))
    uid = IUUID(document)
    at = next((n for n, brain in enumerate(brains) if uid == brain.UID), None)
    if at is None:
        return {"number": 1, "count": 1, "previous": None, "next": None}
    return {
        "number": at + 1,
        "count": len(brains),
        "previous": _link(brains[at - 1]) if at else None,
        "next": _link(brains[at + 1]) if at + 1 < len(brains) else None,
    }


def _link(brain) -> dict:
    return {"title": brain.Title, "url": f"{brain.getURL()}/view"}

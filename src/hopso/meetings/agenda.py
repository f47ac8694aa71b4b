"""The agenda of a meeting with its documents, from the catalog in one query."""

from dataclasses import dataclass
from dataclasses import field

from plone import api


@dataclass
class Row:
    """An agenda item (brain) with its number, start offset and the documents one may see."""

    number: int
    brain: object
    documents: list = field(default_factory=list)
    starts_after: int = 0  # minutes after the start of the meeting

    @property
    def id(self) -> str:
        return self.brain.getId


@dataclass
class Agenda:
    """Rows in order, documents of the meeting as a whole, records (minutes, notices)."""

    rows: list[Row]
    documents: list
    records: list

    @property
    def minutes(self) -> int:
        """Sum of the durations, in minutes."""
        return sum(row.brain.duration or 0 for row in self.rows)

    @property
    def all_documents(self) -> list:
        """The documents one may see, in order."""
        return [*self.documents, *(one for row in self.rows for one in row.documents)]

    @property
    def document_count(self) -> int:
        """Number of the documents one may see."""
        return len(self.documents) + sum(len(row.documents) for row in self.rows)


TYPES = ("AgendaItem", "MeetingDocument", "Minutes", "ConclusionNotice")


def children(meeting, unrestricted: bool = False) -> list:
    """Return the brains of what is in *meeting*, unsorted; restricted to what one may see."""
    catalog = api.portal.get_tool("portal_catalog")
    search = catalog.unrestrictedSearchResults if unrestricted else catalog.searchResults
    return search(path={"query": "/".join(meeting.getPhysicalPath()), "depth": 1}, portal_type=list(TYPES))


def agenda_of(meeting, unrestricted: bool = False) -> Agenda:
    """Return the agenda of *meeting* as the present user may see it."""
    places = {name: place for place, name in enumerate(meeting.getOrdering().idsInOrder())}
    brains = sorted(children(meeting, unrestricted), key=lambda brain: places.get(brain.getId, 0))
    items = [brain for brain in brains if brain.portal_type == "AgendaItem"]
    rows, elapsed = {}, 0
    for number, brain in enumerate(items, 1):
        rows[brain.getId] = Row(number, brain, starts_after=elapsed)
        elapsed += brain.duration or 0
    loose = []
    for brain in brains:
        if brain.portal_type == "MeetingDocument":
            row = rows.get(brain.agenda_item)
            (row.documents if row else loose).append(brain)
    records = [brain for brain in brains if brain.portal_type in ("Minutes", "ConclusionNotice")]
    return Agenda(list(rows.values()), loose, records)


def item_ids(meeting) -> list[str]:
    """Return the ids of the agenda items in order, whatever one may see."""
    from hopso.meetings.content import IAgendaItem

    return [
        name for name in meeting.getOrdering().idsInOrder() if IAgendaItem.providedBy(meeting._getOb(name))
    ]

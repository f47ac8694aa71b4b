"""The agenda on a meeting's page: its items with their documents, the other documents, and the records."""

from hopso.meetings.agenda import agenda_of
from hopso.meetings.views import labels
from hopso.organisation.managed import values_of
from hopso.organisation.names import unit_names
from plone import api
from plone.memoize.view import memoize


class AgendaCard:
    """Part of the meeting's page, which brings ``url``, ``language``, ``offers`` and what one may do."""

    @property
    @memoize
    def agenda(self):
        return agenda_of(self.context)

    def rows(self) -> list[dict]:
        """Return the rows of the agenda."""
        units = unit_names(row.brain.preparing_unit for row in self.agenda.rows)
        changes = self.may_edit and self.offers("reorder_agenda")
        documents = self.may_add_document
        found = []
        for row in self.agenda.rows:
            brain, url = row.brain, f"{self.url}/{row.id}"
            facts_line = [brain.presenter or "", units.get(brain.preparing_unit or "", "")]
            found.append(
                {
                    "id": row.id,
                    "number": row.number,
                    "minutes": brain.duration or 0,
                    "title": brain.Title,
                    "facts": " · ".join(one for one in facts_line if one),
                    "handed_out": brain.handed_out is True,
                    "documents": [self.document(one) for one in row.documents],
                    "edit": f"{url}/edit" if changes else "",
                    "add": f"{self.url}/@@add-document?agenda_item={row.id}" if documents else "",
                }
            )
        return found

    def loose_documents(self) -> list[dict]:
        """Return the documents of the meeting as a whole."""
        return [self.document(one) for one in self.agenda.documents]

    def document(self, brain) -> dict:
        """Return what a row says about a document."""
        kind = self._kinds.get(brain.doc_kind, "")
        name = " ".join(one for one in (kind, brain.doc_number or "") if one)
        parts = [(brain.file_extension or "").upper() if isinstance(brain.file_extension, str) else "", name]
        pages = brain.page_count if isinstance(brain.page_count, int) else None
        state = brain.review_state
        return {
            "url": f"{brain.getURL()}/view",
            "label": " · ".join(one for one in parts if one) or brain.Title,
            "title": brain.Title,
            "pages": pages,
            "supplementary": brain.supplementary is True,
            # Delegates see published documents only: telling them so is noise.
            "tag": labels.tag(labels.DOCUMENT_STATES, state)
            if state != "published" or self.may_add_document
            else None,
        }

    @property
    @memoize
    def _kinds(self) -> dict[str, str]:
        return {
            one.id: api.portal.translate(one.title, lang=self.language) for one in values_of("document_kinds")
        }

    def minutes_records(self) -> list[dict]:
        """Return minutes and notices that one may see."""
        return [
            {
                "url": brain.getURL(),
                "title": brain.Title,
                "tag": labels.tag(labels.RECORD_STATES, brain.review_state),
            }
            for brain in self.agenda.records
        ]

    def ends_at(self) -> str:
        """Return the hint whether the agenda fits into the meeting's time (minutes)."""
        planned = (self.context.end - self.context.start).total_seconds() / 60
        return "" if self.agenda.minutes <= planned else str(round(self.agenda.minutes - planned))

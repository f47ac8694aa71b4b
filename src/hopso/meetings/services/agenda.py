"""``GET <meeting>/@agenda``: the agenda with the documents that the caller may see."""

from hopso.core.operation import state_of
from hopso.meetings.agenda import agenda_of
from hopso.organisation.names import unit_names
from plone.restapi.services import Service


class AgendaGet(Service):
    """Items in order, documents of the meeting as a whole, minutes and notices."""

    def reply(self):
        agenda = agenda_of(self.context)
        units = unit_names(row.brain.preparing_unit for row in agenda.rows)
        url = self.context.absolute_url()
        return {
            "@id": f"{url}/@agenda",
            "review_state": state_of(self.context),
            "minutes": agenda.minutes,
            "items": [
                {
                    "@id": f"{url}/{row.id}",
                    "id": row.id,
                    "number": row.number,
                    "title": row.brain.Title,
                    "duration": row.brain.duration,
                    "starts_after": row.starts_after,
                    "presenter": row.brain.presenter or None,
                    "preparing_unit": row.brain.preparing_unit or None,
                    "preparing_unit_title": units.get(row.brain.preparing_unit or ""),
                    "handed_out": row.brain.handed_out is True,
                    "documents": [document(one) for one in row.documents],
                }
                for row in agenda.rows
            ],
            "documents": [document(one) for one in agenda.documents],
            "records": [
                {
                    "@id": one.getURL(),
                    "@type": one.portal_type,
                    "title": one.Title,
                    "review_state": one.review_state,
                }
                for one in agenda.records
            ],
        }


def document(brain) -> dict:
    """Return what an agenda says of a document."""
    return {
        "@id": brain.getURL(),
        "title": brain.Title,
        "doc_number": brain.doc_number or None,
        "doc_kind": brain.doc_kind or None,
        "review_state": brain.review_state,
        "page_count": brain.page_count if isinstance(brain.page_count, int) else None,
        "supplementary": brain.supplementary is True,
    }

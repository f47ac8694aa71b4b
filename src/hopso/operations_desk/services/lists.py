"""Lists for other systems: ``GET <unit>/@incidents``, ``@feedback``, ``@violations``.

They show what the caller may see, as the pages do, and know the same filters:
state, kind, from, to (days).
"""

from hopso.operations_desk import rules
from hopso.operations_desk.indexers import times_of
from hopso.operations_desk.personal import plain
from hopso.operations_desk.views import lists
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service


class ListGet(Service):
    """One list; ``page`` is the class of its page."""

    page = None

    def reply(self):
        found = self.page(self.context, self.request).brains
        batch = HypermediaBatch(self.request, found)
        answer = {
            "@id": batch.canonical_url,
            "items_total": batch.items_total,
            "items": [
                {
                    "@id": brain.getURL(),
                    "@type": brain.portal_type,
                    "UID": brain.UID,
                    "title": brain.Title,
                    "review_state": brain.review_state,
                    **plain(brain.desk_facts),
                }
                for brain in batch
            ],
        }
        if batch.links:
            answer["batching"] = batch.links
        return {**answer, **self.more(found)}

    def more(self, found) -> dict:
        """Return what else the answer says."""
        return {}


class IncidentsGet(ListGet):
    """Incidents with their figures (minutes are medians)."""

    page = lists.Incidents

    def more(self, found):
        figures = rules.count_incidents(times_of(one.desk_facts) for one in found)
        return {"figures": dict(vars(figures))}


class FeedbackGet(ListGet):
    """Feedback."""

    page = lists.FeedbackList


class ViolationsGet(ListGet):
    """Violations."""

    page = lists.Violations

"""``@archive``: the archive for other programs."""

from urllib.parse import urlencode

from hopso.archive.engine import search
from hopso.archive.hits import full_hits
from hopso.archive.labels import Labels
from hopso.archive.query import read_query
from plone.restapi.services import Service
from zope.i18n import translate


class ArchiveGet(Service):
    """``GET @archive?q=…`` with the parameters of the page; hits, count and facets as JSON."""

    def reply(self):
        query = read_query(self.request.form)
        result = search(query)
        labels = Labels(self.request)
        labels.load(result.facets.get("unit", ()), result.facets.get("chair", ()))
        url = f"{self.context.absolute_url()}/@archive"
        return {
            "@id": f"{url}?{urlencode(query.parameters())}",
            "items_total": result.count,
            "exact_total": result.exact,
            "notes": [translate(note, context=self.request) for note in result.notes],
            "facets": {
                name: [
                    {"value": value, "title": labels.of(name, value), "count": count}
                    for value, count in sorted(values.items(), key=lambda one: (-one[1], str(one[0])))
                ]
                for name, values in result.facets.items()
            },
            "batching": self._batching(url, query, result),
            "items": [_item(hit) for hit in full_hits(result, self.request)],
        }

    @staticmethod
    def _batching(url, query, result) -> dict:
        def address(page):
            return f"{url}?{urlencode(query.parameters(page=page))}"

        links = {"@id": address(query.page), "first": address(1), "last": address(max(1, result.pages))}
        if query.page > 1:
            links["prev"] = address(query.page - 1)
        if query.page < result.pages:
            links["next"] = address(query.page + 1)
        return links


def _item(hit) -> dict:
    return {
        "@id": hit.url,
        "@type": hit.portal_type,
        "UID": hit.uid,
        "title": hit.title,
        "doc_number": hit.number or None,
        "doc_kind": hit.kind_title or None,
        "date": hit.when.isoformat() if hit.when else None,
        "unit": hit.unit or None,
        "meeting": hit.meeting or None,
        "review_state": hit.state or None,
        "page": hit.page,
        "picture": hit.picture or None,
        "snippet": {
            "html": hit.html,
            "pieces": [{"text": text, "marked": marked} for text, marked in hit.pieces],
        },
    }

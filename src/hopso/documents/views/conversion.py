"""Progress of the conversion and texts of pages, as small JSON answers."""

import hashlib
import json

from hopso.documents import pages
from hopso.documents.conversion import conversion_of
from hopso.documents.views.finding import find
from hopso.documents.views.finding import has_accents
from Products.Five.browser import BrowserView
from zope.i18n import translate


def conversion_data(document, request) -> dict:
    """Return status, pages_done, pages_total and reason (text) of a document."""
    state = conversion_of(document)
    return {
        "status": state.status,
        "pages_done": state.pages_done,
        "pages_total": state.pages_total or 0,
        "reason": translate(state.message, context=request) if state.message else "",
    }


class JSONView(BrowserView):
    """A read-only answer that the browser keeps and asks about by its ETag."""

    def data(self):
        raise NotImplementedError

    def __call__(self):
        body = json.dumps(self.data(), ensure_ascii=False)
        etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
        response = self.request.response
        response.setHeader("ETag", etag)
        response.setHeader("Cache-Control", "private, no-cache")
        response.setHeader("Vary", "Cookie, Accept-Language")
        if etag in (self.request.getHeader("If-None-Match") or ""):
            response.setStatus(304)
            return ""
        response.setHeader("Content-Type", "application/json; charset=utf-8")
        return body


class Conversion(JSONView):
    """``@@conversion``: how far the conversion is; polled by the reader."""

    def data(self):
        return conversion_data(self.context, self.request)


class PageTexts(JSONView):
    """``@@page-texts?from=1&to=10``: the text of pages, at most 20 at once."""

    def data(self):
        first = _number(self.request.form.get("from"), 1)
        last = _number(self.request.form.get("to"), first)
        last = min(last, first + 19, pages.page_count(self.context))
        return {
            "pages": [{"page": n, "text": pages.page_text(self.context, n)} for n in range(first, last + 1)]
        }


class FindInDocument(JSONView):
    """``@@find-in-document?q=…``: hits page by page, accents folded."""

    def data(self):
        query = str(self.request.form.get("q") or "")[:200]
        texts = enumerate(pages.page_texts(self.context), 1) if query.strip() else ()
        hits, exact, total = find(texts, query)
        return {
            "query": query,
            "accents_ignored": has_accents(query) and not exact,
            "total": total,
            "hits": [
                {"page": hit.page, "before": hit.before, "match": hit.match, "after": hit.after}
                for hit in hits
            ],
        }


def _number(text, default: int) -> int:
    try:
        return max(1, int(text))
    except (TypeError, ValueError):
        return default

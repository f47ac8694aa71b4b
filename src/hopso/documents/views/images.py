"""Pictures of pages as documentviewer serves them, with leave for the browser to keep them."""

from collective.documentviewer.browser.traverse import BlobView
from hopso.documents.content import IMeetingDocument


# Seconds.  Long enough for a meeting; what was withdrawn is asked for again the next day.
KEEP = 24 * 60 * 60


class PageImage(BlobView):
    """``@@dvpdffiles/…/large/dump_1.webp?v=<version>``.

    The address names the version of the file, so what it shows never changes.
    View is checked whenever the browser asks; its store is for this login only.
    """

    def __call__(self):
        body = super().__call__()  # which checks View
        document, response = self.context.context, self.request.response
        if not IMeetingDocument.providedBy(document):
            return body
        digest = document.file_digest or ""
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Vary", "Cookie, Authorization")
        if not digest or self.request.form.get("v") != digest[:8]:
            response.setHeader("Cache-Control", "private, no-cache")
            return body
        etag = f'"{digest[:16]}-{self.context.filepath}"'
        response.setHeader("Cache-Control", f"private, max-age={KEEP}, immutable")
        response.setHeader("ETag", etag)
        if etag in (self.request.getHeader("If-None-Match") or ""):
            response.setHeader("Content-Length", "0")
            response.setStatus(304)
            return b""
        return body

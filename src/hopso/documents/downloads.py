"""The file itself, for those who may see the document."""

from AccessControl import getSecurityManager
from hopso.audit.events import ItemRead
from hopso.core.operation import state_of
from hopso.documents import policies
from hopso.documents.events import DocumentOpened
from hopso.meetings.place import meeting_of
from plone.namedfile.browser import Download
from zExceptions import Forbidden
from zExceptions import NotFound
from zope.event import notify


MODIFY = "Modify portal content"
# The one classification whose readers are not on record.
UNRESTRICTED = "none"


def may_download(document) -> bool:
    """Tell whether the present user may have the file; that View is held has been asked before.

    A recalled document, and one that carries a secrecy stamp, is left to its
    authors: they have to see what they are to put right.
    """
    if getSecurityManager().checkPermission(MODIFY, document):
        return True
    if state_of(document) == "recalled":
        return False
    return not document.secret_marker or policies.marker_action(document) == "warn"


def note_reading(document, **details) -> None:
    """Leave a trace that a document was opened, if it is not for everybody's eyes."""
    meeting = meeting_of(document)
    levels = {document.classification, getattr(meeting, "classification", None)}
    if levels - {None, "", UNRESTRICTED}:
        notify(ItemRead(document, "view", details))


class DownloadFile(Download):
    """``<document>/@@download[/file[/<name>]]``: always as an attachment, never as a page of ours; on record."""

    def __call__(self):
        data = super().__call__()
        # A browser that goes on with a broken download asks for parts; that is no new one.
        if (self.request.getHeader("Range") or "bytes=0-").startswith("bytes=0-"):
            notify(ItemRead(self.context, "download", {"file": self.context.file.filename}))
            notify(DocumentOpened(self.context))
        return data

    def _getFile(self):
        if self.fieldname not in (None, "file") or self.context.file is None:
            raise NotFound(self.fieldname or "file")
        if not may_download(self.context):
            raise Forbidden("The document was withdrawn.")
        self.fieldname = "file"
        return self.context.file

    def set_headers(self, file):
        # The name in the address is of no account: a link must not rename a file.
        self.filename = file.filename
        super().set_headers(file)
        response = self.request.response
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        response.setHeader("Cache-Control", "private, no-store")

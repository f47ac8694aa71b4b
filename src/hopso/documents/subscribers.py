"""What happens to documents on every path: form, API, operation, import."""

import hashlib

from hopso import _
from hopso.core.findings import blocks
from hopso.core.operation import inside_operation
from hopso.core.operation import OperationDone
from hopso.core.operation import state_of
from hopso.documents import approval
from hopso.documents import conversion
from hopso.documents import files
from hopso.documents import pages
from hopso.documents import paper
from hopso.documents import policies
from hopso.documents import rules
from hopso.documents.jobs import enqueue_conversion
from hopso.documents.jobs import PENDING
from hopso.documents.operations import new_file
from hopso.documents.refusals import DocumentClosed
from hopso.documents.refusals import DocumentRefused
from hopso.documents.refusals import UploadRefused
from hopso.meetings.place import meeting_of
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations
from zope.container.interfaces import IContainerModifiedEvent
from zope.event import notify


def document_added(document, event):
    """A new document obeys the rules, knows its digest, and its pages are prepared."""
    refuse_closed(document)
    refuse_classified(document)
    meeting = meeting_of(document)
    if meeting is not None and state_of(meeting) == "in_session":
        document.supplementary = True
    take_file(document)
    if not document.title:
        document.title = files.title_of_name(document.file.filename) if document.file is not None else ""


def document_modified(document, event):
    """A document whose file was replaced goes back to draft, and its pages are prepared anew."""
    if IContainerModifiedEvent.providedBy(event):
        return
    refuse_classified(document)
    take_file(document)


def document_copied(copy, event):
    """A copy has no approvals, no leave for paper, no history and no pages of its own yet."""
    annotations = IAnnotations(copy)
    for key in (approval.KEY, conversion.KEY, paper.KEY):
        if key in annotations:
            del annotations[key]
    pages.drop_pages(copy)
    copy.file_digest = ""


def document_removed(document, event):
    """A deleted document is waited for no more."""
    unfinished = IAnnotations(api.portal.get()).get(PENDING, {})
    uid = IUUID(document, None)
    if uid in unfinished:
        del unfinished[uid]


def refuse_closed(document) -> None:
    """Raise DocumentClosed if the meeting is over and done with."""
    meeting = meeting_of(document)
    if meeting is not None and state_of(meeting) in rules.CLOSED_STATES:
        raise DocumentClosed(_("The meeting is closed; its documents can no longer be changed."))


def refuse_classified(document) -> None:
    """Raise DocumentRefused for a declared secret level (BD-5.2.a)."""
    findings = blocks(rules.classified(document.classification, policies.classified_policy(document)))
    if findings:
        raise DocumentRefused(findings)


def take_file(document) -> None:
    """Compare the file with the digest known so far, and do what a new file asks for."""
    digest = digest_of(document.file)
    if digest == (document.file_digest or ""):
        return
    refuse_closed(document)
    if document.file is not None:
        try:
            kind = files.check_upload(document.file, policies.max_bytes(document))
        except files.BadFile as error:
            raise UploadRefused(error.message) from error
        document.file.filename = kind.filename
        document.file.contentType = kind.mime_type
    document.file_digest = digest
    if state_of(document) in new_file.states:
        renew(document)
    if document.file is not None:
        enqueue_conversion(document)
    else:
        conversion.drop_record(document)
        pages.drop_pages(document)
        document.page_count = None
        document.secret_marker, document.secret_marker_page = "", None


def renew(document) -> None:
    """Carry out ``document.new_file``; whoever may change the file has been asked already."""
    with inside_operation():
        before = state_of(document)
        new_file.function(document)
        notify(OperationDone(new_file, document, {}, before=before, after=state_of(document)))


def digest_of(value) -> str:
    """Return the SHA-256 of a NamedBlobFile in hex, read in pieces; empty for None."""
    if value is None:
        return ""
    with value.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

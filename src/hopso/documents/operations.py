"""The verbs of a document: submit, approve, return, publish, recall, retry."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.operation import transition
from hopso.documents import approval
from hopso.documents import rules
from hopso.documents.content import IMeetingDocument
from hopso.documents.conversion import conversion_of
from hopso.documents.conversion import FAILED
from hopso.documents.policies import classified_policy
from hopso.documents.policies import marker_action
from hopso.meetings.approvers import approver_rule
from hopso.meetings.place import meeting_of
from hopso.policy.policy import OFFICE_LEADER
from plone import api
from zope import schema
from zope.interface import Interface


class IApprove(Interface):
    """What the approver says."""

    digest = schema.ASCIILine(
        title=_("File that you have seen"),
        description=_("SHA-256 of the file, as the page or the API showed it."),
    )
    comment = schema.Text(title=_("Comment"), required=False, default="", max_length=4000)


class IReturn(Interface):
    """Why a document goes back."""

    comment = schema.Text(title=_("What has to be changed"), min_length=1, max_length=4000)
    page = schema.Int(title=_("Page"), required=False, min=1)


class IReason(Interface):
    """Why a document is taken back."""

    reason = schema.Text(title=_("Reason"), min_length=1, max_length=4000)


def secrecy_findings(document):
    """Return what BD-5.2.a and BD-7/2 say of the declaration and of the stamps found in the file."""
    return [
        *rules.classified(document.classification, classified_policy(document)),
        *rules.marked(document.secret_marker, document.secret_marker_page, marker_action(document)),
    ]


def slot_findings(document):
    """Return what stands against issuing an invitation before its slot is confirmed (NT-4.2/2, NT-11.2)."""
    from hopso.meetings.approval.findings import invitation_findings  # meetings ask for documents, too
    from hopso.meetings.approval.records import INVITATIONS

    meeting = meeting_of(document)
    return invitation_findings(meeting) if meeting is not None and document.doc_kind in INVITATIONS else []


def by_office(document) -> bool:
    """Tell whether a leader of the provincial office has to approve it (BD-6.3/2)."""
    return approver_rule(meeting_of(document)) == OFFICE_LEADER


def submit_findings(document):
    """Return what stands against handing the document in."""
    return [*secrecy_findings(document), *rules.approver_known(approval.approver_ids(document))]


def approve_findings(document, **params):
    """Return what stands against this user's approving the document."""
    conversion = conversion_of(document)
    return [
        *rules.may_approve(
            api.user.get_current().getId() or "",
            approval.approver_ids(document),
            by_office(document),
        ),
        *secrecy_findings(document),
        *slot_findings(document),
        *rules.pages_seen(conversion.busy, conversion.status == FAILED),
    ]


def return_findings(document, **params):
    """Return what stands against this user's sending the document back."""
    return rules.may_approve(
        api.user.get_current().getId() or "",
        approval.approver_ids(document),
        by_office(document),
    )


def publish_findings(document):
    """Return what stands against opening the document to the participants now."""
    return [
        *secrecy_findings(document),
        *rules.approved_before_publication(approval.current_approval(document) is not None),
        *slot_findings(document),
        *rules.meeting_convened(state_of(meeting_of(document)) or ""),
    ]


@operation(
    "document.submit",
    IMeetingDocument,
    title=_("Hand in for approval"),
    permission="hopso: Submit document",
    states=("draft", "returned"),
    check=submit_findings,
    order=10,
    primary=True,
)
def submit(document):
    """Hand the document in; its approver finds it on the start page.

    Raises Invalid if there is no file.
    """
    if document.file is None:
        raise errors.Invalid(_("Upload the file first."), errors={"file": _("Upload the file first.")})
    approval.record(document, approval.SUBMITTED)
    transition(document, "submit")
    document.reindexObject()


@operation(
    "document.approve",
    IMeetingDocument,
    title=_("Approve"),
    permission="hopso: Approve document",
    states=("submitted",),
    schema=IApprove,
    check=approve_findings,
    order=10,
    primary=True,
)
def approve(document, digest, comment=""):
    """Approve the file with this *digest*; raises EditConflict if the document has another one by now."""
    if digest.strip().lower() != (document.file_digest or ""):
        raise errors.EditConflict(
            _("The file has been replaced since you opened it. Please read the new one before you decide.")
        )
    approval.record(document, approval.APPROVED, comment or "")
    transition(document, "approve", comment or "")


@operation(
    "document.return",
    IMeetingDocument,
    title=_("Return for changes"),
    permission="hopso: Approve document",
    states=("submitted",),
    schema=IReturn,
    check=return_findings,
    order=20,
)
def return_document(document, comment, page=None):
    """Send the document back to its authors with a *comment*, perhaps about one *page*."""
    approval.record(document, approval.RETURNED, comment, page)
    transition(document, "return", comment)


@operation(
    "document.publish",
    IMeetingDocument,
    title=_("Publish"),
    permission="hopso: Publish document",
    states=("approved",),
    check=publish_findings,
    order=10,
    primary=True,
)
def publish(document):
    """Open an approved document to the participants of a convened meeting."""
    approval.record(document, approval.PUBLISHED)
    transition(document, "publish")


@operation(
    "document.recall",
    IMeetingDocument,
    title=_("Recall"),
    permission="hopso: Recall document",
    states=("published",),
    schema=IReason,
    order=60,
    danger=True,
)
def recall(document, reason):
    """Take a published document back from the participants."""
    approval.record(document, approval.RECALLED, reason)
    transition(document, "recall", reason)


def can_retry(document) -> bool:
    """Tell whether the last conversion failed for a reason that another try may cure."""
    conversion = conversion_of(document)
    return conversion.status == FAILED and conversion.reason != "secret_marker"


@operation(
    "document.retry",
    IMeetingDocument,
    title=_("Prepare the pages again"),
    permission="hopso: Retry conversion",
    when=can_retry,
    order=80,
)
def retry(document):
    """Prepare the pages of a document once more after a failure; raises WrongState otherwise."""
    from hopso.documents.jobs import enqueue_conversion

    if not can_retry(document):
        raise errors.WrongState(_("The pages need no new preparation."))
    enqueue_conversion(document)


@operation(
    "document.new_file",
    IMeetingDocument,
    title=_("New file"),
    permission="Modify portal content",
    states=("submitted", "returned", "approved", "published", "recalled"),
    # Uploading does it; nobody is offered a button for it.
    when=lambda document: False,
)
def new_file(document):
    """Bring a document whose file was replaced back to draft; approvals end, history stays."""
    approval.record(document, approval.NEW_FILE)
    transition(document, "reset")


def publish_approved(meeting) -> list:
    """Publish every approved document of a meeting that is being convened; return them.

    For the operation ``meeting.convene`` after its own transition: the same
    rules as ``document.publish``, one catalog update a document, nothing
    recursive.  Documents that a rule keeps back stay approved.
    """
    from hopso.core.findings import blocks

    published = []
    for document in meeting.objectValues():
        if not IMeetingDocument.providedBy(document) or state_of(document) != "approved":
            continue
        if blocks(publish_findings(document)):
            continue
        approval.record(document, approval.PUBLISHED)
        transition(document, "publish")
        published.append(document)
    return published

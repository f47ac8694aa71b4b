"""Conversion, approvals and pages of a document as JSON."""

from hopso.documents import approval
from hopso.documents import pages
from hopso.documents.conversion import conversion_of
from zope.i18n import translate


def describe_conversion(document, request) -> dict:
    """Return the state of the conversion; moments in ISO 8601, UTC."""
    state = conversion_of(document)
    return {
        "status": state.status,
        "pages_done": state.pages_done,
        "pages_total": state.pages_total,
        "reason": state.reason,
        "message": translate(state.message, context=request) if state.message else "",
        "attempt": state.attempt,
        "started": state.started.isoformat() if state.started else None,
        "finished": state.finished.isoformat() if state.finished else None,
    }


def describe_decision(line) -> dict:
    """Return one line of a document's history."""
    return {
        "decision": line.decision,
        "who": line.who,
        "when": line.when.isoformat(),
        "digest": line.digest,
        "comment": line.comment,
        "page": line.page,
    }


def describe_page(page) -> dict:
    """Return the number, size and pictures of one page."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "images": {"large": page.large, "normal": page.normal, "small": page.small},
    }


def describe_document(document, request) -> dict:
    """Return what a document has beside its fields; its history only for those who work on it."""
    works_on_it = approval.may_see_history(document)
    current = approval.current_approval(document) if works_on_it else None
    return {
        "file_digest": document.file_digest,
        "page_count": document.page_count,
        "supplementary": document.supplementary,
        "secret_marker": document.secret_marker,
        "conversion": describe_conversion(document, request),
        "approval": describe_decision(current) if current else None,
        "approvers": list(approval.approver_ids(document)),
        "history": [describe_decision(line) for line in approval.history(document)] if works_on_it else [],
        "pages": [describe_page(page) for page in pages.pages(document)],
    }

"""Decisions on a document: who, when, about which file; never changed, never lost.

An approval is bound to the digest of the file that the approver saw, so that
nothing else can be published in its place (BD-6.3/1).
"""

from dataclasses import dataclass
from datetime import datetime

from AccessControl import getSecurityManager
from BTrees.IOBTree import IOBTree
from hopso.core.text import now
from hopso.meetings import approvers
from hopso.meetings.place import meeting_of
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.decisions"
SUBMITTED, APPROVED, RETURNED = "submitted", "approved", "returned"
PUBLISHED, RECALLED, NEW_FILE = "published", "recalled", "new_file"
# After one of these an earlier approval no longer counts.
ENDS_APPROVAL = (SUBMITTED, RETURNED, RECALLED, NEW_FILE)
WORK = (
    "hopso: Submit document",
    "hopso: Approve document",
    "hopso: Publish document",
    "hopso: Recall document",
)


@dataclass(frozen=True)
class Decision:
    """One line of a document's history.

    ``decision`` is one of the constants above, ``who`` a user id, ``when`` an
    aware datetime in UTC, ``digest`` the SHA-256 of the file it is about,
    ``page`` a page number that the comment points to, or None.
    """

    decision: str
    who: str
    when: datetime
    digest: str
    comment: str = ""
    page: int | None = None


def approver_ids(document) -> tuple[str, ...]:
    """Return the user ids of those who may approve *document*; empty if nobody is known (BD-6.3)."""
    meeting = meeting_of(document)
    return approvers.approver_ids(meeting) if meeting is not None else ()


def history(document) -> list[Decision]:
    """Return every decision on *document*, the oldest first."""
    return list(IAnnotations(document).get(KEY, IOBTree()).values())


def record(document, decision: str, comment: str = "", page: int | None = None) -> Decision:
    """Add a decision of the present user about the present file; for operations only."""
    annotations = IAnnotations(document)
    if KEY not in annotations:
        annotations[KEY] = IOBTree()
    lines = annotations[KEY]
    user = api.user.get_current()
    line = Decision(
        decision, user.getId() or user.getUserName(), now(), document.file_digest or "", comment.strip(), page
    )
    lines[lines.maxKey() + 1 if lines else 1] = line
    return line


def may_see_history(document) -> bool:
    """Tell whether the present user works on the document: what was said about it is not for its readers."""
    may = getSecurityManager().checkPermission
    return any(may(permission, document) for permission in WORK)


def current_approval(document) -> Decision | None:
    """Return the approval that holds for the present file, None if there is none."""
    for line in reversed(history(document)):
        if line.decision in ENDS_APPROVAL:
            return None
        if line.decision == APPROVED:
            return line if line.digest == (document.file_digest or "") else None
    return None


def last(document, decision: str) -> Decision | None:
    """Return the latest decision of a kind, None if there is none."""
    return next((line for line in reversed(history(document)) if line.decision == decision), None)

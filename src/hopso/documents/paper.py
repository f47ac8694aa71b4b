"""The chair's leave to hand a document out on paper (BD-5.2.b).

The rule is electronic documents only.  What the chair decided otherwise is
kept with the document, line by line, never changed and never lost.
"""

from dataclasses import dataclass
from datetime import datetime

from BTrees.IOBTree import IOBTree
from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.documents.content import IMeetingDocument
from hopso.documents.rules import CLOSED_STATES
from hopso.meetings.place import meeting_of
from plone import api
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


KEY = "hopso.paper"


class IAllowPaper(Interface):
    """How many copies, and why this document cannot stay electronic."""

    copies = schema.Int(title=_("Number of copies"), min=1, max=10000)
    reason = schema.Text(title=_("Reason"), min_length=1, max_length=4000)


@dataclass(frozen=True)
class PaperDecision:
    """One decision of the chair: up to ``copies`` on paper; ``who`` a user id, ``when`` in UTC."""

    copies: int
    reason: str
    who: str
    when: datetime
    digest: str = ""


def decisions(document) -> list[PaperDecision]:
    """Return what the chair decided about paper copies of *document*, the oldest first."""
    return list(IAnnotations(document).get(KEY, {}).values())


def copies_allowed(document) -> int:
    """Return how many paper copies of *document* the chair has allowed altogether; 0 without a decision."""
    return sum(line.copies for line in decisions(document))


def still_needed(document) -> bool:
    """Tell whether the meeting is still to be held or under way."""
    return state_of(meeting_of(document)) not in CLOSED_STATES


@operation(
    "document.allow_paper",
    IMeetingDocument,
    title=_("Allow paper copies"),
    permission="hopso: Decide as chair",
    states=("submitted", "returned", "approved", "published"),
    schema=IAllowPaper,
    when=still_needed,
    order=70,
)
def allow_paper(document, copies, reason):
    """Decide as chair that *copies* of the document are handed out on paper (BD-5.2.b).

    Adds to what was allowed before.  Raises WrongState once the meeting is over.
    """
    if not still_needed(document):
        raise errors.WrongState(_("The meeting is over: nothing is handed out any more."))
    if not reason.strip():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"reason": _("Please give the reason.")}
        )
    annotations = IAnnotations(document)
    if KEY not in annotations:
        annotations[KEY] = IOBTree()
    lines = annotations[KEY]
    user_id = api.user.get_current().getId()
    line = PaperDecision(copies, reason.strip(), user_id, now(), document.file_digest or "")
    lines[lines.maxKey() + 1 if lines else 1] = line
    document.reindexObject(idxs=["paper_copies"])
    return line

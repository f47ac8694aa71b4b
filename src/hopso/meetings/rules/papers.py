"""Documents, their publication, paper copies, minutes (BD-5.2, BD-6.3, BD-7, BD-10).

Pure functions of values; moments are aware datetimes.
"""

from datetime import datetime

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.policy.register import rule


@rule("BD-5.2.b")
def paper_by_decision(allowed: int, given: int, copies: int, too_late: bool = False) -> list[Finding]:
    """Forbid paper copies beyond what the chair has decided.

    *allowed* copies of this document by decision of the chair, *given* recorded
    already, *copies* more are asked for.  *too_late*: the notice of an urgent
    meeting was too short to upload documents (BD-7/3), which needs no decision.
    """
    if too_late or given + copies <= allowed:
        return []
    mapping = {"allowed": allowed, "given": given}
    text = (
        _("The chair has allowed ${allowed} paper copies; ${given} are recorded already.", mapping=mapping)
        if allowed
        else _(
            "Electronic documents are used; paper copies only where the chair has decided so on the document."
        )
    )
    return [Finding("BD-5.2.b", BLOCK, text, "Điều 5 khoản 2 điểm b", data=mapping)]


@rule("BD-6.3/1")
def documents_approved(waiting, approver: str, leave_out: bool = False, reason: str = "") -> list[Finding]:
    """Ask that every document is approved before it is published.

    *waiting* are the titles of documents without approval; with *leave_out*
    and a reason the others are published without them.
    """
    if not waiting:
        return []
    names = "; ".join(f"“{title}”" for title in waiting[:5]) + (" …" if len(waiting) > 5 else "")
    mapping = {"count": len(waiting), "names": names, "who": approver or "—"}
    text = _("${count} documents are not approved yet: ${names}. Approver: ${who}.", mapping=mapping)
    if leave_out and reason.strip():
        return [Finding("BD-6.3/1", RECORD, text, "Điều 6 khoản 3", data={"left_out": len(waiting)})]
    return [
        Finding(
            "BD-6.3/1",
            BLOCK,
            text,
            "Điều 6 khoản 3",
            override_who=_("the approver, or publish without these documents, giving the reason"),
            data={"waiting": len(waiting)},
        )
    ]


@rule("BD-7/1")
def published_in_time(
    complete_at: datetime | None, moment: datetime, deadline: datetime | None
) -> list[Finding]:
    """Measure whether the meeting was published within the time after complete information."""
    if complete_at is None or deadline is None:
        return []
    if moment <= deadline:
        text = _("Published in time, before ${deadline}.", mapping={"deadline": datetime_text(deadline)})
        return [Finding("BD-7/1", RECORD, text, "Điều 7", deadline=deadline, data={"kept": True})]
    text = _("The meeting had to be published by ${deadline}.", mapping={"deadline": datetime_text(deadline)})
    return [Finding("BD-7/1", WARN, text, "Điều 7", deadline=deadline, data={"kept": False})]


@rule("BD-3.1.g")
def reading_hours(published_at: datetime | None, start: datetime) -> float | None:
    """Return how many hours delegates had to read before *start*; None before publication."""
    if published_at is None:
        return None
    return max(0.0, round((start - published_at).total_seconds() / 3600, 1))


@rule("BD-10.1/1")
def minutes_issued(issued: int) -> list[Finding]:
    """Ask for issued minutes before a meeting goes into the archive."""
    if issued:
        return []
    text = _("The minutes have not been issued yet.")
    return [Finding("BD-10.1/1", BLOCK, text, "Điều 10 khoản 1")]

"""What the regulations say about minutes and conclusion notices."""

from datetime import datetime

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.policy.timing import deadline_after


# The national rule behind the deadline (BD-10 names none).
NATIONAL = "QĐ45/2018"


def due_after(end: datetime, policy) -> datetime | None:
    """Return until when (aware) the conclusion notice is due for a meeting that ended at *end*."""
    if policy.conclusion_notice_within is None:
        return None
    return deadline_after(end, policy.conclusion_notice_within, policy.calendar)


def notice_finding(due: datetime | None, issued_at: datetime | None, moment: datetime) -> Finding | None:
    """Warn when the notice is late: issued after *due*, or not yet at *moment*."""
    if due is None or (issued_at or moment) <= due:
        return None
    text = (
        _("The conclusion notice was issued late.")
        if issued_at
        else _("The conclusion notice is overdue: the secretary drafts it, the chair approves it.")
    )
    return Finding(rule=NATIONAL, level=WARN, text=text, article="Quyết định 45/2018/QĐ-TTg", deadline=due)

"""Answers to invitations (BD-8.1).

Pure functions of values; moments are aware datetimes.
"""

from datetime import datetime
from statistics import median

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.policy.register import rule


@rule("BD-8.1/1")
def answer_in_time(moment: datetime, deadline: datetime | None) -> list[Finding]:
    """Record an answer that came after *deadline*."""
    if deadline is None or moment <= deadline:
        return []
    text = _("Answers were asked for by ${deadline}.", mapping={"deadline": datetime_text(deadline)})
    return [Finding("BD-8.1/1", WARN, text, "Điều 8 khoản 1", deadline=deadline)]


@rule("BD-8.1/2")
def response_minutes(invited_at: datetime | None, answers) -> list[int]:
    """Return after how many minutes each answer to an urgent meeting came; measured, never a block.

    *answers* are the moments of the answers; those before the invitation count as at once.
    """
    if invited_at is None:
        return []
    return sorted(max(0, round((one - invited_at).total_seconds() / 60)) for one in answers)


@rule("BD-8.1/2")
def typical_response(minutes) -> int | None:
    """Return the median of response times in minutes, None without answers."""
    return round(median(minutes)) if minutes else None

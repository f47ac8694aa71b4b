"""The minutes and the notice of a meeting, found without a search."""

import hashlib

from hopso.core.text import now
from hopso.minutes import rules
from hopso.policy.api import policy_for


ATTRIBUTES = {"Minutes": "minutes_id", "ConclusionNotice": "notice_id"}


def record_of(meeting, portal_type: str):
    """Return the ``Minutes`` or ``ConclusionNotice`` of *meeting*, None if there is none.

    Whoever may see the meeting may learn that there is one; its text is
    guarded by its own workflow.
    """
    name = getattr(meeting, ATTRIBUTES[portal_type], "")
    return meeting._getOb(name, None) if name else None


def notice_due(meeting):
    """Return until when (aware datetime) the conclusion notice is due, None without a deadline.

    Decision 45/2018/QĐ-TTg: 5 working days after the meeting; the policy says how many.
    """
    return rules.due_after(meeting.end, policy_for(meeting))


def notice_findings(meeting, moment=None) -> list:
    """Return the warning about a late notice, if it is late at *moment* (default: now)."""
    notice = record_of(meeting, "ConclusionNotice")
    issued_at = notice.issued_at if notice is not None else None
    found = rules.notice_finding(notice_due(meeting), issued_at, moment or now())
    return [found] if found else []


def digest_of(record) -> str:
    """Return the SHA-256 (hex) of what is approved: subject line, text, recipients, file."""
    text = record.text.raw if record.text is not None else ""
    parts = [record.title or "", text, getattr(record, "recipients", None) or ""]
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        total.update(b"%d:" % len(data) + data)
    if record.file is not None:
        with record.file.open("r") as stream:
            while chunk := stream.read(1 << 20):
                total.update(chunk)
    return total.hexdigest()

"""What was decided about a meeting: small records in one BTree on the meeting; each only ever added.

Keys begin with the sort of record; two people who decide the same thing at once
write the same key, so that the database lets one of them through.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso.core.operation import state_of
from hopso.core.text import now
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.meetings.approval"
INVITATIONS = ("invitation", "notice_in_lieu")
STEP, URGENT, SLOT, PLAN, RECORDING, NOTICE, RECEIPT = (
    "step", "urgent", "slot", "plan", "recording", "notice", "receipt",
)  # fmt: skip
CONFIRMED = ("scheduled", "convened", "in_session", "ended", "concluded", "archived")


@dataclass(frozen=True)
class Decision:
    """An approval or a refusal; ``at`` is UTC.

    kind: ``step`` or ``urgent``; number, role: which step; by: user id; deputy:
    decided as a recorded delegate; reference, evidence: of an urgent decision.
    """

    kind: str
    role: str
    approved: bool
    by: str
    at: datetime
    note: str = ""
    number: int = 0
    reference: str = ""
    evidence: str = ""
    dated: date | None = None
    deputy: bool = False


@dataclass(frozen=True)
class Slot:
    """The registrar confirmed this time and these places; moments are UTC."""

    at: datetime
    by: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class ProtectionPlan:
    """How a classified session is protected (HN-5.2); nothing classified stands in it.

    level: ``mat``; the other parts are short texts or numbers of documents;
    approved_at (UTC), approved_by, reference: the decision of the head of the host unit.
    """

    level: str = ""
    participants: str = ""
    venue: str = ""
    devices: str = ""
    line: str = ""
    recall: str = ""
    by: str = ""
    at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    reference: str = ""


@dataclass(frozen=True)
class RecordingDecision:
    """The chair's word on recording: record or not, why, who, when (UTC)."""

    record: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class PlanNotice:
    """The plan of the meeting was told to the operator (NA-4.2).

    channel: ``document``, ``email``, ``phone``, ``fax`` or ``in_app``; whom, number as
    written; told_at, at: when it was told and when it was noted (UTC); by: user id.
    """

    channel: str
    whom: str
    told_at: datetime
    by: str
    at: datetime
    number: str = ""
    note: str = ""
    automatic: bool = False


@dataclass(frozen=True)
class Receipt:
    """The operator has acknowledged the plan."""

    by: str
    at: datetime
    note: str = ""


def book(meeting):
    """Return the records of *meeting* for writing."""
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    return annotations[KEY]


def found(meeting, sort: str) -> list:
    """Return the records of one sort, the oldest first."""
    kept = IAnnotations(meeting).get(KEY)
    if kept is None:
        return []
    return list(kept.values(f"{sort}:", f"{sort};", excludemax=True))


def last(meeting, sort: str):
    """Return the latest record of one sort, None without any."""
    return next(reversed(found(meeting, sort)), None)


def add(meeting, sort: str, record, moment: datetime):
    """Keep one more record."""
    book(meeting)[f"{sort}:{moment.timestamp():017.3f}-{token_hex(3)}"] = record
    return record


def me() -> str:
    """Return the id of the present user."""
    return api.user.get_current().getId() or ""


# ---- slots and invitation ----


def confirm_slot(meeting) -> None:
    """Note that the registrar has confirmed time and places of *meeting*; approvals begin anew."""
    moment = now()
    add(meeting, SLOT, Slot(moment, me(), meeting.start, meeting.end), moment)


def slot_round(meeting) -> int:
    """Return how often the slot was confirmed: approvals are of one slot."""
    return len(found(meeting, SLOT))


def slot_confirmed_at(meeting) -> datetime | None:
    """Return when the present slot was confirmed (UTC), None if it is not (any more)."""
    if state_of(meeting) not in CONFIRMED:
        return None
    slot = last(meeting, SLOT)
    # Imported in this state: no operation has ever confirmed it.
    return slot.at if slot is not None else (meeting.registered_at or meeting.created().asdatetime())


def invitation_issued_at(meeting) -> datetime | None:
    """Return when the invitation of *meeting* was first issued (UTC), None if it was not.

    That is the first of: the publication of the meeting to the invited, the
    publication of its invitation or notice in lieu, the letter in the document system.
    """
    from hopso.documents.approval import last as last_decision
    from hopso.documents.approval import PUBLISHED
    from hopso.documents.content import IMeetingDocument
    from hopso.notifications.channels import letter_recorded_at

    moments = [meeting.published_at, letter_recorded_at(meeting)]
    for document in meeting.objectValues():
        if IMeetingDocument.providedBy(document) and document.doc_kind in INVITATIONS:
            published = last_decision(document, PUBLISHED)
            moments.append(published.when if published is not None else None)
    return min((one for one in moments if one is not None), default=None)


# ---- decisions ----


def urgent_key(meeting) -> str:
    """Return the key of the decision on the present registration of an urgent meeting."""
    return f"{URGENT}:{meeting.registered_at.isoformat() if meeting.registered_at else ''}"


def urgent_decision_of(meeting) -> Decision | None:
    """Return the decision on the present registration of an urgent meeting (NA-3.1/2), None without."""
    return IAnnotations(meeting).get(KEY, {}).get(urgent_key(meeting))


def approvals_of(meeting) -> list[Decision]:
    """Return every decision about *meeting*, refusals and those of earlier slots too, the oldest first."""
    decisions = [*found(meeting, STEP), *found(meeting, URGENT)]
    return sorted(decisions, key=lambda one: one.at)


def protection_plan_of(meeting) -> ProtectionPlan | None:
    """Return the present protection plan, None without."""
    return last(meeting, PLAN)


def recording_decision_of(meeting) -> RecordingDecision | None:
    """Return the chair's last word on recording, None without."""
    return last(meeting, RECORDING)


def notices_of(meeting) -> list[PlanNotice]:
    """Return how the operator was told of the plan, the oldest first."""
    return found(meeting, NOTICE)


def receipt_of(meeting) -> Receipt | None:
    """Return the operator's last acknowledgement of the present plan, None without."""
    receipt, slot = last(meeting, RECEIPT), last(meeting, SLOT)
    return receipt if receipt is not None and (slot is None or receipt.at >= slot.at) else None

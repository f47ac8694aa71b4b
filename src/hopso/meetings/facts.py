"""What a meeting is, as the pure rules want to know it; and the policy's deadlines for it."""

from datetime import datetime

from hopso.core.text import local
from hopso.meetings.agenda import children
from hopso.meetings.calls import calls_of
from hopso.meetings.participation import records
from hopso.meetings.rules import Facts
from hopso.organisation.vocabularies import person_name
from hopso.policy.timing import deadline_after
from hopso.policy.timing import deadline_before


def facts_of(meeting, brains=None) -> Facts:
    """Return the facts about *meeting*; *brains* are its unrestricted children, if known."""
    brains = children(meeting, unrestricted=True) if brains is None else brains
    documents = [brain for brain in brains if brain.portal_type == "MeetingDocument"]
    return Facts(
        title=meeting.title or "",
        content=meeting.content or "",
        chair=meeting.chair or "",
        secretary=meeting.secretary or "",
        approver=meeting.approver or "",
        # A time that the guide only proposed is none yet.
        start=None if meeting.time_proposed else meeting.start,
        end=meeting.end,
        mode=meeting.mode,
        rooms=tuple(meeting.rooms or ()),
        participants=tuple(meeting.participants or ()),
        documents=len(documents),
        handed_out=sum(
            1 for brain in brains if brain.portal_type == "AgendaItem" and brain.handed_out is True
        ),
        invitation=any(brain.doc_kind in ("invitation", "notice_in_lieu") for brain in documents),
    )


def waiting_documents(brains) -> list:
    """Return those of *brains* that are documents still without approval."""
    return [
        brain
        for brain in brains
        if brain.portal_type == "MeetingDocument" and brain.review_state in ("draft", "submitted", "returned")
    ]


def registration_deadline(meeting, policy) -> datetime:
    """Return the last moment to register the planned *meeting* (BD-6.1/1)."""
    return deadline_before(meeting.start, policy.lead_time_normal, policy.calendar)


def notice_deadline(meeting, policy) -> datetime:
    """Return the last moment for the call about the urgent *meeting* (BD-6.1/2)."""
    return deadline_before(meeting.start, policy.lead_time_urgent, policy.calendar)


def publication_deadline(meeting, policy) -> datetime | None:
    """Return the last moment to publish *meeting* (BD-7/1); None while it is incomplete."""
    if meeting.complete_at is None or policy.publish_within is None:
        return None
    return deadline_after(meeting.complete_at, policy.publish_within, policy.calendar, policy.publish_clock)


def answer_deadline(meeting, policy) -> datetime | None:
    """Return the last moment for answers (BD-8.1/1); none for urgent meetings."""
    if meeting.urgent or policy.rsvp_deadline is None:
        return None
    return deadline_before(meeting.start, policy.rsvp_deadline, policy.calendar)


def call_moments(meeting) -> list[datetime]:
    """Return when calls about *meeting* were made."""
    return [call.called_at for call in calls_of(meeting)]


def approver_name(meeting) -> str:
    """Return who approves the documents of *meeting* (BD-6.3), for people."""
    from hopso.meetings.approvers import approver_ids  # which asks for the policy, and that for meetings

    return ", ".join(person_name(user_id) or user_id for user_id in approver_ids(meeting))


def head_count(meeting) -> int:
    """Return how many people are to be seated: one for each invited person or unit, chair and secretary."""
    leading = {f"user:{one}" for one in (meeting.chair, meeting.secretary) if one}
    return len(leading | set(records(meeting)))


def file_year(moment: datetime) -> int:
    """Return the year of the folder for a meeting that starts at *moment*."""
    return local(moment).year

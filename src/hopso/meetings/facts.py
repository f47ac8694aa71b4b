"""What a meeting is, as the pure rules want to know it; and the policy's deadlines for it."""

from datetime import datetime

from hopso.accounts.records import account_of
from hopso.core.text import local
from hopso.meetings.agenda import children
from hopso.meetings.calls import calls_of
from hopso.meetings.participation import records
from hopso.meetings.rules import Facts
from hopso.meetings.rules import Party
from hopso.meetings.rules import voice
from hopso.organisation.assignments import units_of
from hopso.organisation.place import unit_of
from hopso.organisation.tree import all_units
from hopso.organisation.vocabularies import person_name
from hopso.policy.hosts import HostRule
from hopso.policy.hosts import matches
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


def invitation_deadline(meeting, policy) -> datetime | None:
    """Return the last moment for invitations by the national rule; None where the policy leaves it out."""
    if policy.invitation_lead_time is None:
        return None
    return deadline_before(meeting.start, policy.invitation_lead_time, policy.calendar)


def call_moments(meeting, party: str = "") -> list[datetime]:
    """Return when calls about *meeting* were made; only those to *party* (``units``, ``operator``) if given."""
    return [call.called_at for call in calls_of(meeting) if party in ("", call.party)]


def party_of(unit) -> Party:
    """Return what the matrix of hosts wants to know of a unit (UnitFacts)."""
    return Party(unit.id, unit.title, f"{unit.level}/{unit.unit_type}", unit.sector)


def host_party(meeting) -> Party | None:
    """Return the host of *meeting* for the matrix of hosts, None if it stands in no unit."""
    unit = unit_of(meeting)
    if unit is None:
        return None
    return Party(unit.getId(), unit.title, f"{unit.level}/{unit.unit_type}", unit.sector)


def parties_of(meeting) -> list[Party]:
    """Return the units that are invited, themselves or in their people, each once; asks the catalog once."""
    units, found = all_units(), {}
    for key in meeting.participants or ():
        sort, _colon, value = key.partition(":")
        if sort == "user":
            account = account_of(value)
            value = account.unit if account is not None and account.unit else next(iter(units_of(value)), "")
        if value in units:
            found[value] = party_of(units[value])
    return list(found.values())


def matrix_rules(policy, host_kind: str) -> tuple[str, str]:
    """Return the ids of the rules that the matrix of hosts carries out: for kinds, for sectors."""
    lines = [one for one in map(HostRule.parse, policy.host_matrix) if matches(one.host, host_kind)]
    narrow = bool(lines) and all(one.same_sector for one in lines)
    by_kind = voice(policy, "NT-3.2.b" if narrow else "NT-3.2.a", "TQ-P9", "HS-HOST")
    return by_kind, voice(policy, "NT-3.2.b", "TQ-P9", "HS-HOST")


def role_title(role: str):
    """Return what a role is called for people (translatable)."""
    from hopso.security.labels import ROLE_TITLES

    return ROLE_TITLES.get(role, role)


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

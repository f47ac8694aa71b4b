"""Who approves the documents of a meeting (BD-6.3)."""

from hopso.organisation.assignments import assignment_store
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.policy.policy import CHAIR
from hopso.policy.policy import OFFICE_LEADER
from hopso.policy.register import rule


@rule("BD-6.3/1", "BD-6.3/2")
def choose_approvers(approver_rule: str, named, chair, office_leaders=(), attending=()) -> tuple[str, ...]:
    """Return the user ids of those who may approve the documents of a meeting.

    *approver_rule* is the policy's answer for the host: ``chair``, ``named``
    or ``office_leader``; *named* the approver of the registration, *chair* the
    chair (user ids or empty); *office_leaders* lead the office of the
    provincial committee, *attending* come to the meeting.

    BD-6.3/1: the chair approves, or whom the registration names (BD-6.2).
    BD-6.3/2: for meetings of the provincial committee a leader of its office,
    of those who attend; any of them while none is invited.
    """
    if approver_rule == OFFICE_LEADER:
        leaders = tuple(dict.fromkeys(office_leaders))
        if named in leaders:
            return (named,)
        return tuple(one for one in leaders if one in set(attending)) or leaders
    chosen = named if approver_rule != CHAIR else named or chair
    return (chosen,) if chosen else ()


def approver_rule(meeting) -> str:
    """Return ``chair``, ``office_leader`` or ``named``: what the policy says for the host of *meeting*."""
    host = unit_of(meeting)
    if host is None:
        return CHAIR
    return policy_for(meeting).document_approver_rule(host.level, host.unit_type)


def leaders_of_office(committee) -> list[str]:
    """Return the user ids of the leaders of the offices directly under *committee*."""
    store = assignment_store()
    offices = [one for one in committee.objectValues() if IUnit.providedBy(one) and one.unit_type == "office"]
    return [user_id for office in offices for user_id, _one in store.of_unit(office.getId(), "leaders")]


def approver_ids(meeting) -> tuple[str, ...]:
    """Return the user ids of those who may approve documents of *meeting*; empty if nobody is known."""
    wanted = approver_rule(meeting)
    people = [key.partition(":")[2] for key in meeting.participants or () if key.startswith("user:")]
    return choose_approvers(
        wanted,
        meeting.approver,
        meeting.chair,
        leaders_of_office(unit_of(meeting)) if wanted == OFFICE_LEADER else (),
        [meeting.chair, meeting.secretary, *people],
    )

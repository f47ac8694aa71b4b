"""Who is told about steps of approval, urgent meetings and the plan of a meeting (NA-3.1/2, NA-4)."""

from hopso.meetings.approval import delegation
from hopso.meetings.approval import notices
from hopso.meetings.approval import registrar
from hopso.meetings.approval import steps
from hopso.meetings.approval.inbox import FUNCTION_OF
from hopso.notifications import recipients
from hopso.notifications.occasions import Occasion
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.security.matrix import INHERITED_FUNCTIONS


def holders(meeting, role: str) -> list[str]:
    """Return the user ids of those who hold *role* at *meeting* by a function in its unit, or above where it reaches."""
    function, store, found = FUNCTION_OF.get(role, ""), assignment_store(), []
    unit = unit_of(meeting)
    while unit is not None and function:
        found.append(user_id for user_id, _one in store.of_unit(unit.getId(), function))
        unit = unit_of(unit.__parent__) if function in INHERITED_FUNCTIONS else None
    return recipients.unique(*found)


def decision_wanted(meeting):
    """Yield who is asked for the decision on an urgent meeting."""
    role = policy_for(meeting).urgent_approver_role
    if meeting.urgent and role:
        people = recipients.unique(holders(meeting, role), delegation.delegates_for(meeting))
        yield Occasion("urgent_decision_wanted", meeting, people)


def after_slot(meeting):
    """Yield who is asked for the next step, or that the operator learns of the plan if none is left."""
    step = steps.pending_step(meeting)
    if step:
        yield Occasion("step_wanted", meeting, holders(meeting, step))
    elif meeting.mode != "in_person":
        yield Occasion("plan_notice", meeting, notices.operator_people(meeting))


def _approved(event):
    meeting = event.context
    yield from after_slot(meeting)
    if steps.pending_step(meeting) is None:
        people = recipients.unique(recipients.preparers(meeting), registrar.people_of(meeting))
        yield Occasion("meeting_approved", meeting, people)


def _allowed(event):
    meeting = event.context
    people = recipients.unique(recipients.preparers(meeting), registrar.people_of(meeting))
    yield Occasion("urgent_allowed", meeting, people)


def _refused(event):
    people = recipients.unique(recipients.preparers(event.context), registrar.people_of(event.context))
    comment = " ".join(str(event.params.get("note") or "").split())[:500]
    yield Occasion("refused", event.context, people, comment=comment)


TELLERS = {
    "meeting.approve": _approved,
    "meeting.refuse": _refused,
    "meeting.allow_urgent": _allowed,
    "meeting.refuse_urgent": _refused,
}

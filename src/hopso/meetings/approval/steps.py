"""Steps of approval: which one is next, and who may take it (NA-4.1/2)."""

from AccessControl import getSecurityManager
from hopso.core.operation import state_of
from hopso.meetings.approval import records
from hopso.policy.api import policy_for


def step_key(meeting, number: int) -> str:
    """Return the key of the decision on step *number* for the present slot."""
    return f"{records.STEP}:{records.slot_round(meeting):04d}:{number:02d}"


def pending_number(meeting) -> int | None:
    """Return the number of the next step (from 0), None if none is left or it is not yet time.

    A meeting that was moved after its publication waits again; one that came
    into its state without any scheduling does not.
    """
    state = state_of(meeting)
    if state != "scheduled" and not (state == "convened" and records.slot_round(meeting)):
        return None
    kept = records.IAnnotations(meeting).get(records.KEY, {})
    for number in range(len(policy_for(meeting).approval_steps)):
        if step_key(meeting, number) not in kept:
            return number
    return None


def pending_step(meeting) -> str | None:
    """Return the role whose approval is next, None if none is left."""
    number = pending_number(meeting)
    return None if number is None else policy_for(meeting).approval_steps[number]


def approved(meeting) -> bool:
    """Tell whether a scheduled meeting has all its approvals."""
    return state_of(meeting) in records.CONFIRMED and pending_step(meeting) is None


def has_role(meeting, role: str) -> bool:
    """Tell whether the present user has *role* at *meeting*."""
    user = getSecurityManager().getUser()
    return bool(role) and role in user.getRolesInContext(meeting)


def may_decide(meeting) -> bool:
    """Tell whether the next step of approval is the present user's."""
    step = pending_step(meeting)
    return step is not None and has_role(meeting, step)

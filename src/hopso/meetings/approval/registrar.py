"""Who receives registrations and arranges the calendar (NA-4.1/1, NT-10.2, TQ-P7/3; else BD-6.1/1)."""

from dataclasses import replace

from AccessControl import getSecurityManager
from AccessControl.users import UnrestrictedUser
from Acquisition import aq_base
from hopso.meetings.approval.steps import has_role
from hopso.policy import bodies
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from hopso.policy.register import rule
from hopso.security import matrix


FUNCTIONS = {matrix.UNIT_ADMIN: "admins", matrix.REGISTRAR: "registrars"}


@rule("NA-4.1/1", "NT-10.2", "TQ-P7/3", "BD-6.1/1")
def registrar_of(role: str, holds_role: bool, body: str, body_group: bool) -> bool:
    """Tell whether somebody is the registrar.

    role: the policy's ``registrar_role``; holds_role: she has it at the meeting;
    body: id of the unit that receives registrations, empty for the host unit
    itself; body_group: she is a registrar of that unit.  Where a body is named,
    the registrars of other units arrange nothing.
    """
    if not holds_role:
        return False
    return body_group if role == matrix.REGISTRAR and body else True


def policy_today(meeting):
    """Return the policy of *meeting* with today's word on which unit is which body.

    What a meeting keeps is the regulation; which unit carries a function may
    have changed since.
    """
    today = current_policy()
    return replace(policy_for(meeting), bodies=today.bodies, operator_unit=today.operator_unit)


def body_of(meeting) -> str:
    """Return the id of the unit that receives the registration of *meeting*, empty for the host unit."""
    unit = bodies.registrar_unit(policy_today(meeting))
    return unit.getId() if unit is not None else ""


def acts_as_registrar(meeting) -> bool:
    """Tell whether the present user receives and arranges *meeting* by its policy."""
    user = getSecurityManager().getUser()
    # The house itself (the demo, jobs) is a user without roles and groups.
    if isinstance(aq_base(user), UnrestrictedUser):
        return True
    role, body = policy_for(meeting).registrar_role, body_of(meeting)
    groups = user.getGroups()
    return registrar_of(role, has_role(meeting, role), body, f"unit:{body}:registrars" in groups)


def operator_of(meeting):
    """Return the unit that runs the system for *meeting*, None if nobody is named."""
    return bodies.operator_unit(policy_today(meeting))


def people_of(meeting) -> list[str]:
    """Return the user ids of the registrars of *meeting*."""
    from hopso.organisation.assignments import assignment_store

    unit = body_of(meeting) or meeting.host_unit or ""
    function = FUNCTIONS.get(policy_for(meeting).registrar_role, "admins")
    held = assignment_store().of_unit(unit, function)
    return list(dict.fromkeys(user_id for user_id, _one in held))

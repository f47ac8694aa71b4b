"""Who reaches a meeting by its policy: the registrars of one body, delegates, preparing units, the operator.

These are local roles on the meeting itself, given when they are needed: a
registrar's office sees the registrations that it receives and nothing else of
other units.  What each role may see in which state is said by the matrix.
"""

from hopso.core.operation import state_of
from hopso.meetings.agenda import children
from hopso.meetings.approval import records
from hopso.meetings.approval.registrar import body_of
from hopso.meetings.approval.registrar import operator_of
from hopso.policy.api import policy_for
from hopso.security import matrix


PREPARE_CONTENT = ("coordinators", "leaders", "secretaries")
# The roles that are given here; every other local role is somebody else's business.
GIVEN = (matrix.REGISTRAR, matrix.DEPUTY, matrix.CONTENT)


def preparing_units(meeting) -> list[str]:
    """Return the ids of the units that prepare the content of *meeting* and are not its host (NT-11.1)."""
    wanted = [meeting.preparing_unit]
    wanted += [
        one.preparing_unit for one in children(meeting, unrestricted=True) if one.portal_type == "AgendaItem"
    ]
    return [one for one in dict.fromkeys(wanted) if isinstance(one, str) and one and one != meeting.host_unit]


def wanted_access(meeting) -> dict[str, tuple[str, ...]]:
    """Return principal -> roles at *meeting*, as its policy and its fields want it now."""
    from hopso.meetings.approval.delegation import delegates_for

    policy, found = policy_for(meeting), {}
    if meeting.registered_at is not None:
        if policy.registrar_role == matrix.REGISTRAR and (body := body_of(meeting)):
            found[f"unit:{body}:registrars"] = (matrix.REGISTRAR,)
        if meeting.urgent and policy.urgent_approver_role:
            found |= dict.fromkeys(delegates_for(meeting), (matrix.DEPUTY,))
    for unit in preparing_units(meeting):
        found |= dict.fromkeys((f"unit:{unit}:{one}" for one in PREPARE_CONTENT), (matrix.CONTENT,))
    return found


def operator_group(meeting) -> str:
    """Return the group of the technicians who run the system, empty if the meeting needs none.

    They learn when and where an online meeting is, never what it is about.
    """
    if meeting.mode == "in_person" or state_of(meeting) not in records.CONFIRMED:
        return ""
    operator = operator_of(meeting)
    return f"unit:{operator.getId()}:technicians" if operator is not None else ""


def synchronise_access(meeting) -> bool:
    """Give exactly these roles; tell whether anything had to be written."""
    wanted = wanted_access(meeting)
    given = {
        holder: tuple(roles)
        for holder, roles in meeting.get_local_roles()
        if not holder.startswith("meeting:") and set(roles) <= set(GIVEN)
    }
    technicians = operator_group(meeting)
    if technicians and not meeting.get_local_roles_for_userid(technicians):
        meeting.manage_setLocalRoles(technicians, [matrix.TECHNICIAN])
    if wanted == given:
        return False
    gone = [holder for holder in given if holder not in wanted]
    if gone:
        meeting.manage_delLocalRoles(gone)
    for holder, roles in wanted.items():
        if given.get(holder) != roles:
            meeting.manage_setLocalRoles(holder, list(roles))
    meeting.reindexObjectSecurity()
    return True

"""What other rooms may know of the approval of a meeting."""

from hopso.meetings.approval.findings import preparation_findings as preparation_findings
from hopso.meetings.approval.keeping import owner_of as archive_owner_of  # noqa: F401
from hopso.meetings.approval.records import approvals_of as approvals_of
from hopso.meetings.approval.records import invitation_issued_at as invitation_issued_at
from hopso.meetings.approval.records import protection_plan_of as protection_plan_of
from hopso.meetings.approval.records import recording_decision_of as recording_decision_of
from hopso.meetings.approval.records import slot_confirmed_at as slot_confirmed_at
from hopso.meetings.approval.registrar import acts_as_registrar as acts_as_registrar
from hopso.meetings.approval.registrar import people_of as registrars_of  # noqa: F401
from hopso.meetings.approval.secrecy import is_recorded as is_recorded
from hopso.meetings.approval.steps import pending_step as pending_step


def slot_confirmed(meeting) -> bool:
    """Tell whether the registrar has confirmed the present time and places of *meeting* (NT-4.2/2)."""
    return slot_confirmed_at(meeting) is not None

"""Classified sessions: the plan that protects them (HN-5.2), and the chair's word on recording (BD-9.1/2)."""

from dataclasses import replace

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings import rules
from hopso.meetings.approval import parameters
from hopso.meetings.approval import records
from hopso.meetings.content import IMeeting
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.policy.api import regulates
from hopso.policy.policy import WITH_PLAN


BEFORE = ("draft", "registered", "returned", "scheduled", "convened", "postponed", "displaced")


def wants_plan(meeting) -> bool:
    """Tell whether *meeting* needs a protection plan by its policy."""
    return meeting.classification in rules.SECRET and policy_for(meeting).classified_policy == WITH_PLAN


@operation(
    "meeting.write_plan", IMeeting, title=_("Write the protection plan"), permission="hopso: Prepare meeting",
    states=BEFORE, schema=parameters.IPlan, when=wants_plan, order=262,
    help=_("Nothing classified is written here: names of lists, numbers of documents, places."),
    confidential=("participants", "venue", "devices", "line", "recall"),
)  # fmt: skip
def write_plan(meeting, **parts):
    """Write the plan anew; an approval is of the plan that was approved, and ends with it."""
    if not wants_plan(meeting):
        raise errors.WrongState(_("This meeting needs no protection plan."))
    moment = now()
    plan = records.ProtectionPlan(
        **{name: (value or "").strip() for name, value in parts.items()}, by=records.me(), at=moment
    )
    records.add(meeting, records.PLAN, plan, moment)


def may_approve_plan(meeting) -> bool:
    """Tell whether there is a complete plan without approval."""
    plan = records.protection_plan_of(meeting)
    return plan is not None and plan.approved_at is None and not rules.plan_lacks(plan)


def plan_findings(meeting, reference="") -> list:
    """Return what stands against approving the plan.  Raises Denied for all but the head of the host unit."""
    unit = unit_of(meeting)
    if unit is not None and unit.head and unit.head != records.me():
        raise errors.Denied(_("The protection plan is approved by the head of the host unit."))
    plan = records.protection_plan_of(meeting)
    if plan is None:
        raise errors.WrongState(_("There is no protection plan yet."))
    complete = replace(plan, approved_at=now())
    return rules.protection_plan(meeting.classification, complete)


@operation(
    "meeting.approve_plan", IMeeting, title=_("Approve the protection plan"),
    permission="hopso: Approve protection plan", states=BEFORE, schema=parameters.IPlanDecision,
    check=plan_findings, when=may_approve_plan, order=36,
)  # fmt: skip
def approve_plan(meeting, reference):
    """Approve the plan as the head of the host unit, before the session (HN-5.2)."""
    plan = records.protection_plan_of(meeting)
    if plan.approved_at is not None:
        raise errors.EditConflict(_("The protection plan has been approved already."))
    moment = now()
    approved = replace(plan, approved_by=records.me(), approved_at=moment, reference=reference)
    records.add(meeting, records.PLAN, approved, moment)


def recording_findings(meeting, record=False, reason="") -> list:
    """Return what stands against leaving the meeting unrecorded."""
    policy = policy_for(meeting)
    everything = policy.recording_default and regulates(policy, "BD")
    return rules.may_go_unrecorded(meeting.classification, bool(record), everything)


@operation(
    "meeting.decide_recording", IMeeting, title=_("Decide on recording"), permission="hopso: Decide as chair",
    states=("registered", "scheduled", "convened", "in_session"), schema=parameters.IRecording,
    check=recording_findings, order=264,
)  # fmt: skip
def decide_recording(meeting, reason, record=False):
    """Say as the chair whether the meeting is recorded; every word stays, the last one counts."""
    moment = now()
    decision = records.RecordingDecision(bool(record), reason, records.me(), moment)
    records.add(meeting, records.RECORDING, decision, moment)


def is_recorded(meeting) -> bool:
    """Tell whether *meeting* is recorded: the chair's word, else the policy's; classified ones only by her word."""
    decision = records.recording_decision_of(meeting)
    if decision is not None:
        return decision.record
    return policy_for(meeting).recording_default and meeting.classification not in rules.SECRET

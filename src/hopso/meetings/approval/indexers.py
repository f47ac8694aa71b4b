"""What the catalog keeps of a registration: lists and start page ask it once and wake nothing."""

from hopso.core.moments import to_utc
from hopso.meetings.approval import findings
from hopso.meetings.approval import records
from hopso.meetings.approval.registrar import body_of
from hopso.meetings.approval.steps import pending_step
from hopso.meetings.calls import calls_of
from hopso.meetings.content import IMeeting
from hopso.meetings.facts import notice_deadline
from hopso.policy.api import policy_for
from plone.indexer import indexer


@indexer(IMeeting)
def approval_facts(meeting):
    """Return the facts of registration and approval of *meeting* as plain values; moments in UTC.

    registrar, body: whose business the registration is; late: registered after its
    deadline; step: role whose approval is next; urgent, approver: whether it is
    urgent and who must allow it; decision: of the urgency, or None.
    """
    policy = policy_for(meeting)
    calls = calls_of(meeting) if meeting.urgent else ()
    first = min((one.called_at for one in calls), default=None)
    due = notice_deadline(meeting, policy) if meeting.urgent and policy.lead_time_urgent else None
    decision = records.urgent_decision_of(meeting) if meeting.urgent else None
    called = min(calls, key=lambda one: one.called_at, default=None)
    return {
        "registrar": policy.registrar_role,
        "body": body_of(meeting),
        "late": bool(meeting.registered_at and findings.late(meeting, policy, meeting.registered_at)),
        "step": pending_step(meeting) or "",
        "confirmed": records.slot_confirmed_at(meeting) is not None,
        "approver": policy.urgent_approver_role if meeting.urgent else "",
        "reason": (meeting.urgent_reason or "") if meeting.urgent else "",
        "note": (meeting.urgent_note or "") if meeting.urgent else "",
        "called_at": first and to_utc(first),
        "called": f"{called.whom}, {called.phone}" if called is not None else "",
        "breach": bool(due and first and first > due),
        "decision": decision and {
            "approved": decision.approved,
            "by": decision.by,
            "at": to_utc(decision.at),
            "reference": decision.reference,
            "evidence": decision.evidence,
            "deputy": decision.deputy,
        },
    }  # fmt: skip

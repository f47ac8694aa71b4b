"""Clocks of approval for the figures of the regulation."""

from hopso.meetings.approval import findings
from hopso.meetings.approval import records
from hopso.policy.compliance import clock


@clock
def slot_clock(meeting, policy):
    """Yield whether the time was agreed before the invitation was issued (NT-4.2/2, NT-11.2)."""
    if not policy.slot_before_invitation:
        return
    issued = records.invitation_issued_at(meeting)
    if issued is not None:
        yield findings.slot_rule(meeting, policy), records.slot_confirmed_at(meeting), issued

"""``meeting.preempt``: the registrar takes the slot of a lower meeting for a higher one (NT-4.2/3)."""

from hopso import _
from hopso.booking.preemption import in_the_way
from hopso.booking.preemption import may_be_taken
from hopso.booking.preemption import meetings_of
from hopso.booking.preemption import priority_findings
from hopso.booking.rules import HS_ROOM
from hopso.booking.spans import MEETING
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.meetings import operations as meetings
from hopso.meetings import parameters
from hopso.meetings.approval.registrar import acts_as_registrar
from hopso.meetings.content import IMeeting
from hopso.policy.api import policy_for
from zope import schema


class IPreempt(parameters.ISlot):
    """Why the other meeting has to go, and where to; what is left out stays as registered."""

    reason = schema.Text(
        title=_("Reason"),
        description=_("All who were invited to the other meeting read it."),
        max_length=5000,
    )


def preempting_findings(meeting, start=None, end=None, rooms=None, reason="") -> list[Finding]:
    """Return what stands against taking the slot, and from whom it is taken.  Raises Denied."""
    found = meetings.scheduling_findings(meeting, start, end, rooms)
    bookings = in_the_way(meeting, start, end, rooms)
    # That meetings are in the way is what this is about; blockings and everything else still count.
    found = [one for one in found if one.rule != HS_ROOM or one.data.get("kind") != MEETING]
    return [*found, *priority_findings(meeting, bookings, meetings.SCHEDULE)]


def has_priority(meeting) -> bool:
    """Tell whether the present user may be offered to take the slot: it is taken, by lower meetings only."""
    if not policy_for(meeting).preemption or not meeting.start or not acts_as_registrar(meeting):
        return False
    return may_be_taken(meeting, in_the_way(meeting))


@operation(
    "meeting.preempt", IMeeting, title=_("Take the slot of a lower meeting"), permission=meetings.SCHEDULE,
    states=("registered", "postponed", "displaced"), schema=IPreempt, check=preempting_findings,
    when=has_priority, order=25, danger=True,
    help=_("The other meeting has to be scheduled anew, and everybody who was invited to it is told."),
)  # fmt: skip
def preempt(meeting, reason, start=None, end=None, rooms=None):
    """Displace the lower meetings in the way and schedule this one; both or nothing."""
    for other in meetings_of(in_the_way(meeting, start, end, rooms)).values():
        meetings.displace(other, reason=reason)
    # What could be lifted with a reason was lifted with this one.
    meetings.schedule(meeting, start=start, end=end, rooms=rooms, override_reason=reason)

"""The life of a meeting: from registration to archive (rules BD-6, BD-7, NA-7)."""

from hopso import _
from hopso.core import errors
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.meetings import facts as facts_module
from hopso.meetings import parameters
from hopso.meetings import rooms
from hopso.meetings import rules
from hopso.meetings.agenda import children
from hopso.meetings.approval import findings
from hopso.meetings.approval import notices
from hopso.meetings.approval import records
from hopso.meetings.approval import steps
from hopso.meetings.approval.access import synchronise_access
from hopso.meetings.approval.findings import past_findings
from hopso.meetings.approval.findings import registration_findings as registration_findings
from hopso.meetings.approval.keeping import owner_of
from hopso.meetings.approval.registrar import acts_as_registrar
from hopso.meetings.content import IMeeting
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_for
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


REGISTER = "hopso: Register meeting"
SCHEDULE = "hopso: Schedule meeting"
CONVENE = "hopso: Convene meeting"
CONTROL = "hopso: Control session"
CONCLUDE = "hopso: Conclude meeting"
ARCHIVE = "hopso: Archive meeting"
CANCEL = "hopso: Cancel meeting"


@operation(
    "meeting.register", IMeeting, title=_("Register"), permission=REGISTER,
    states=("draft", "returned"), check=findings.registration_findings, order=10, primary=True,
    help=_("Sends the registration to whoever arranges the calendar."),
)  # fmt: skip
def register(meeting):
    """Hand in the registration, and freeze the policy that is in force now."""
    policy = policy_for(meeting)
    meeting.registered_at = now()
    meeting.policy_name = policy.name
    meeting.policy_values = frozen_copy(policy)
    stamp_complete(meeting)
    synchronise_access(meeting)
    transition(meeting, "register")


def stamp_complete(meeting) -> bool:
    """Start the clock of BD-7/1 once everything that BD-6.2 asks for is there."""
    if meeting.complete_at is not None or meeting.registered_at is None:
        return False
    if rules.missing(facts_module.facts_of(meeting)):
        return False
    meeting.complete_at = now()
    return True


def returning_findings(meeting, comment="") -> list[Finding]:
    """Let only the registrar give a registration back.  Raises Denied."""
    findings.require_registrar(meeting)
    return []


@operation(
    "meeting.return", IMeeting, title=_("Return"), permission=SCHEDULE,
    states=("registered",), schema=parameters.IComment, check=returning_findings, when=acts_as_registrar,
    order=30,
)  # fmt: skip
def return_registration(meeting, comment):
    """Give the registration back to the preparer; the clock starts again."""
    meeting.complete_at = None
    transition(meeting, "return", comment)


def scheduling_findings(meeting, start=None, end=None, rooms=None) -> list[Finding]:
    """Return what stands against the registrar's giving *meeting* this time and these rooms.

    Raises Denied for everybody who is not the registrar by the meeting's policy.
    """
    findings.require_registrar(meeting)
    return [*findings.urgency_findings(meeting), *slot_findings(meeting, start, end, rooms)]


def slot_findings(meeting, start=None, end=None, rooms=None) -> list[Finding]:
    """Return what stands against scheduling *meeting* at this time in these rooms."""
    from hopso.inventory.sites.api import site_findings  # whose room knows meetings
    from hopso.meetings.rooms import room_findings

    start, end = start or meeting.start, end or meeting.end
    if end <= start:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"end": _("The meeting must end after it starts.")}
        )
    wanted = meeting.rooms if rooms is None else rooms
    sites = site_findings(meeting, policy_for(meeting))
    return past_findings(start, now()) + room_findings(meeting, start, end, wanted) + sites


def moving_findings(meeting, start=None, end=None, rooms=None) -> list[Finding]:
    """Return what stands against the registrar's moving *meeting*.  Raises Denied."""
    findings.require_registrar(meeting)
    return slot_findings(meeting, start, end, rooms)


def _set_slot(meeting, start, end, wanted):
    """Write what was changed of time and rooms; returns the names of the fields."""
    new = {"start": start, "end": end, "rooms": wanted}
    changed = {
        name: value for name, value in new.items() if value is not None and value != getattr(meeting, name)
    }
    for name, value in changed.items():
        setattr(meeting, name, value)
    return tuple(changed)


def _slot_given(meeting):
    """Note the confirmed slot; without steps of approval the operator is told of the plan at once (NA-4.2)."""
    records.confirm_slot(meeting)
    synchronise_access(meeting)
    if steps.approved(meeting):
        notices.tell_operator(meeting)


@operation(
    "meeting.schedule", IMeeting, title=_("Schedule"), permission=SCHEDULE,
    states=("registered", "postponed", "displaced"), schema=parameters.ISlot, check=scheduling_findings, when=acts_as_registrar,
    order=20, primary=True, help=_("Takes the rooms for the meeting."),
)  # fmt: skip
def schedule(meeting, start=None, end=None, rooms=None):
    """Give the meeting its time and rooms."""
    from hopso.meetings.rooms import take_rooms

    _set_slot(meeting, start, end, rooms)
    take_rooms(meeting)
    transition(meeting, "schedule")
    _slot_given(meeting)
    meeting.reindexObject(idxs=["meeting_start", "meeting_end", "rooms"])


@operation(
    "meeting.reschedule", IMeeting, title=_("Change time or room"), permission=SCHEDULE,
    states=("scheduled", "convened"), schema=parameters.ISlot, check=moving_findings,
    when=acts_as_registrar, order=60,
)  # fmt: skip
def reschedule(meeting, start=None, end=None, rooms=None):
    """Move a scheduled meeting; its former slots are free again."""
    names = _set_slot(meeting, start, end, rooms)
    if names:
        _slot_given(meeting)
    notify(ObjectModifiedEvent(meeting, Attributes(IMeeting, *names)))


def convening_findings(meeting, leave_out=False, reason="") -> list[Finding]:
    """Return what stands against publishing *meeting* now."""
    policy = policy_for(meeting)
    brains = children(meeting, unrestricted=True)
    waiting = [brain.Title for brain in facts_module.waiting_documents(brains)]
    items = sum(1 for brain in brains if brain.portal_type == "AgendaItem")
    deadline = facts_module.publication_deadline(meeting, policy)
    return [
        *findings.step_findings(meeting),
        *findings.invitation_findings(meeting),
        *rules.agenda_there(items),
        *rules.documents_approved(waiting, facts_module.approver_name(meeting), leave_out, reason),
        *rules.published_in_time(meeting.complete_at, now(), deadline),
        *findings.national_findings(meeting),
    ]


@operation(
    "meeting.convene", IMeeting, title=_("Publish and invite"), permission=CONVENE,
    states=("scheduled",), schema=parameters.IConvene, check=convening_findings, order=20, primary=True,
    help=_("Opens the agenda and the approved documents to the participants and invites them."),
)  # fmt: skip
def convene(meeting, leave_out=False, reason=""):
    """Open the meeting with its approved documents to the participants."""
    stamp_complete(meeting)
    meeting.published_at = now()
    transition(meeting, "convene", reason if leave_out else "")
    # The documents room knows meetings; importing it above would close the circle.
    from hopso.documents.operations import publish_approved

    publish_approved(meeting)


@operation(
    "meeting.start", IMeeting, title=_("Open the meeting"), permission=CONTROL,
    states=("convened",), check=findings.opening_findings, order=20, primary=True,
)  # fmt: skip
def start(meeting):
    """Open the session."""
    meeting.started_at = now()
    transition(meeting, "start")


@operation(
    "meeting.end", IMeeting, title=_("Close the meeting"), permission=CONTROL,
    states=("in_session",), order=20, primary=True,
)  # fmt: skip
def end(meeting):
    """Close the session and give the rooms back."""
    meeting.ended_at = now()
    rooms.release_rooms(meeting)
    meeting.archive_owner = owner_of(meeting)
    transition(meeting, "end")


@operation(
    "meeting.conclude", IMeeting, title=_("Conclude"), permission=CONCLUDE,
    states=("ended",), order=20, primary=True,
    help=_("After this nothing of the meeting can be changed any more except its minutes and notice."),
)  # fmt: skip
def conclude(meeting):
    """Settle the meeting: its fields, agenda and documents stay as they are."""
    transition(meeting, "conclude")


def archive_findings(meeting) -> list[Finding]:
    """Return what stands against archiving *meeting*."""
    issued = [
        brain
        for brain in children(meeting, unrestricted=True)
        if brain.portal_type == "Minutes" and brain.review_state == "issued"
    ]
    return rules.minutes_issued(len(issued))


@operation(
    "meeting.archive", IMeeting, title=_("Archive"), permission=ARCHIVE,
    states=("concluded",), check=archive_findings, order=20, primary=True,
)  # fmt: skip
def archive(meeting):
    """Put the meeting away for good."""
    transition(meeting, "archive")


@operation(
    "meeting.postpone", IMeeting, title=_("Postpone"), permission=CANCEL,
    states=("scheduled", "convened"), schema=parameters.IReason, order=70, danger=True,
)  # fmt: skip
def postpone(meeting, reason):
    """Put the meeting off; it keeps its agenda and loses its rooms."""
    rooms.release_rooms(meeting)
    transition(meeting, "postpone", reason)


@operation(
    "meeting.displace", IMeeting, title=_("Take the slot away"), permission=SCHEDULE,
    states=("scheduled", "convened"), schema=parameters.IReason, order=80, danger=True,
    help=_("For a meeting of higher priority; it must be scheduled anew."),
)  # fmt: skip
def displace(meeting, reason):
    """Take the rooms away for a meeting of higher priority."""
    rooms.release_rooms(meeting)
    transition(meeting, "displace", reason)


@operation(
    "meeting.cancel", IMeeting, title=_("Cancel the meeting"), permission=CANCEL,
    states=("registered", "returned", "scheduled", "convened", "postponed", "displaced"),
    schema=parameters.IReason, order=90, danger=True,
)  # fmt: skip
def cancel(meeting, reason):
    """Call the meeting off for good."""
    rooms.release_rooms(meeting)
    transition(meeting, "cancel", reason)

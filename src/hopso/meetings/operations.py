"""The life of a meeting: from registration to archive (rules BD-6, BD-7, NA-7)."""

from hopso import _
from hopso.core import errors
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.meetings import facts as facts_module
from hopso.meetings import parameters
from hopso.meetings import rooms
from hopso.meetings import rules
from hopso.meetings.agenda import children
from hopso.meetings.content import IMeeting
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


def speaks(policy, rule_set: str) -> bool:
    """Tell whether the rules with this prefix are in force (all are if the policy names none)."""
    return not policy.rule_sets or rule_set in policy.rule_sets


def past_findings(start, moment) -> list[Finding]:
    """Forbid what would take place in the past."""
    if start and start <= moment:
        return [Finding("HS-PAST", BLOCK, _("The start of the meeting is in the past."))]
    return []


def registration_findings(meeting, moment=None) -> list[Finding]:
    """Return what the policy says about registering *meeting* at *moment* (default: now)."""
    moment = moment or now()
    policy = policy_for(meeting)
    facts = facts_module.facts_of(meeting)
    found = past_findings(meeting.start, moment)
    # Nghệ An's list is the shorter one; where both speak, each thing is named once.
    if speaks(policy, "BD") or not speaks(policy, "NA"):
        found.extend(rules.registration_complete(facts))
    elif speaks(policy, "NA"):
        found.extend(rules.written_registration(facts))
    found.extend(rules.placeholder_only(meeting.classification))
    if meeting.urgent:
        calls = facts_module.call_moments(meeting)
        deadline = facts_module.notice_deadline(meeting, policy)
        needed = calls or ([] if policy.urgent_call_required else [moment])
        found.extend(
            rules.urgent_notice(meeting.urgent_reason or "", needed, deadline, policy.allow_below_urgent)
        )
        found.extend(rules.paper_fallback(True, calls, deadline))
    elif policy.lead_time_normal is not None:
        deadline = facts_module.registration_deadline(meeting, policy)
        found.extend(rules.lead_time(moment, deadline, policy.lead_time_level))
    return found


@operation(
    "meeting.register", IMeeting, title=_("Register"), permission=REGISTER,
    states=("draft", "returned"), check=registration_findings, order=10, primary=True,
    help=_("Sends the registration to the unit's administrator."),
)  # fmt: skip
def register(meeting):
    """Hand in the registration, and freeze the policy that is in force now."""
    policy = policy_for(meeting)
    meeting.registered_at = now()
    meeting.policy_name = policy.name
    meeting.policy_values = policy.to_dict()
    stamp_complete(meeting)
    transition(meeting, "register")


def stamp_complete(meeting) -> bool:
    """Start the clock of BD-7/1 once everything that BD-6.2 asks for is there."""
    if meeting.complete_at is not None or meeting.registered_at is None:
        return False
    if rules.missing(facts_module.facts_of(meeting)):
        return False
    meeting.complete_at = now()
    return True


@operation(
    "meeting.return", IMeeting, title=_("Return"), permission=SCHEDULE,
    states=("registered",), schema=parameters.IComment, order=30,
)  # fmt: skip
def return_registration(meeting, comment):
    """Give the registration back to the preparer; the clock starts again."""
    meeting.complete_at = None
    transition(meeting, "return", comment)


def slot_findings(meeting, start=None, end=None, rooms=None) -> list[Finding]:
    """Return what stands against scheduling *meeting* at this time in these rooms."""
    from hopso.meetings.rooms import room_findings

    start, end = start or meeting.start, end or meeting.end
    if end <= start:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"end": _("The meeting must end after it starts.")}
        )
    wanted = meeting.rooms if rooms is None else rooms
    return past_findings(start, now()) + room_findings(meeting, start, end, wanted)


def _set_slot(meeting, start, end, wanted):
    """Write what was changed of time and rooms; returns the names of the fields."""
    new = {"start": start, "end": end, "rooms": wanted}
    changed = {
        name: value for name, value in new.items() if value is not None and value != getattr(meeting, name)
    }
    for name, value in changed.items():
        setattr(meeting, name, value)
    return tuple(changed)


@operation(
    "meeting.schedule", IMeeting, title=_("Schedule"), permission=SCHEDULE,
    states=("registered", "postponed", "displaced"), schema=parameters.ISlot, check=slot_findings,
    order=20, primary=True, help=_("Takes the rooms for the meeting."),
)  # fmt: skip
def schedule(meeting, start=None, end=None, rooms=None):
    """Give the meeting its time and rooms."""
    from hopso.meetings.rooms import take_rooms

    _set_slot(meeting, start, end, rooms)
    take_rooms(meeting)
    transition(meeting, "schedule")
    meeting.reindexObject(idxs=["meeting_start", "meeting_end", "rooms"])


@operation(
    "meeting.reschedule", IMeeting, title=_("Change time or room"), permission=SCHEDULE,
    states=("scheduled", "convened"), schema=parameters.ISlot, check=slot_findings, order=60,
)  # fmt: skip
def reschedule(meeting, start=None, end=None, rooms=None):
    """Move a scheduled meeting; its former slots are free again."""
    names = _set_slot(meeting, start, end, rooms)
    notify(ObjectModifiedEvent(meeting, Attributes(IMeeting, *names)))


def convening_findings(meeting, leave_out=False, reason="") -> list[Finding]:
    """Return what stands against publishing *meeting* now."""
    policy = policy_for(meeting)
    brains = children(meeting, unrestricted=True)
    waiting = [brain.Title for brain in facts_module.waiting_documents(brains)]
    items = sum(1 for brain in brains if brain.portal_type == "AgendaItem")
    deadline = facts_module.publication_deadline(meeting, policy)
    return [
        *rules.agenda_there(items),
        *rules.documents_approved(waiting, facts_module.approver_name(meeting), leave_out, reason),
        *rules.published_in_time(meeting.complete_at, now(), deadline),
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
    states=("convened",), order=20, primary=True,
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

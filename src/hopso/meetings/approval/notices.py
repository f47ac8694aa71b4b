"""The plan of a meeting is told to the operator, who acknowledges it (NA-4.2)."""

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.approval import parameters
from hopso.meetings.approval import records
from hopso.meetings.approval.registrar import operator_of
from hopso.meetings.content import IMeeting
from hopso.organisation.assignments import assignment_store
from hopso.policy.api import policy_for
from hopso.policy.register import rule


TOLD = ("scheduled", "convened", "in_session")
FUNCTIONS = ("technicians", "admins")


def operator_people(meeting) -> list[str]:
    """Return the user ids of the operator's technicians, or of its administrators if it has none."""
    operator = operator_of(meeting)
    if operator is None:
        return []
    for function in FUNCTIONS:
        held = assignment_store().of_unit(operator.getId(), function)
        if held:
            return list(dict.fromkeys(user_id for user_id, _one in held))
    return []


@rule("NA-4.2")
def channels_used(people: bool, mail: bool) -> tuple[str, ...]:
    """Return on which channels the operator is told without anybody's doing: here, and by mail."""
    return (*(("in_app",) if people else ()), *(("email",) if people and mail else ()))


def tell_operator(meeting) -> list:
    """Note that the operator is told of the plan now; the mail itself is sent by the notifications."""
    operator, moment = operator_of(meeting), now()
    if operator is None or meeting.mode == "in_person":
        return []
    used = channels_used(bool(operator_people(meeting)), "email" in policy_for(meeting).notice_channels)
    return [
        records.add(
            meeting,
            records.NOTICE,
            records.PlanNotice(channel, operator.title, moment, records.me(), moment, automatic=True),
            moment,
        )
        for channel in used
    ]


@operation(
    "meeting.log_notice", IMeeting, title=_("Record a notice to the operator"), permission="hopso: Schedule meeting",
    states=TOLD, schema=parameters.IPlanNotice, order=266,
    help=_("For notices by document, telephone or fax; those by mail and in this system are recorded by themselves."),
)  # fmt: skip
def log_notice(meeting, channel, whom, number="", told_at=None, note=""):
    """Record how the operator was told of the plan (NA-4.2)."""
    moment = now()
    told_at = to_utc(told_at) if told_at else moment
    if told_at > moment:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"told_at": _("This moment is still to come.")}
        )
    notice = records.PlanNotice(channel, whom, told_at, records.me(), moment, number or "", note or "")
    records.add(meeting, records.NOTICE, notice, moment)


def may_acknowledge(meeting) -> bool:
    """Tell whether the present user is one of the operator's people and the plan is not acknowledged."""
    return records.receipt_of(meeting) is None and _is_operator(meeting)


def _is_operator(meeting) -> bool:
    operator = operator_of(meeting)
    if operator is None:
        return False
    return any(
        user_id == records.me() for user_id, _one in assignment_store().of_unit(operator.getId(), *FUNCTIONS)
    )


@operation(
    "meeting.acknowledge_plan", IMeeting, title=_("Acknowledge the plan"), permission="hopso: Serve meeting",
    states=TOLD, schema=parameters.IReceipt, when=may_acknowledge, order=268,
)  # fmt: skip
def acknowledge_plan(meeting, note=""):
    """Say as the operator that the plan was received and technical conditions are prepared."""
    if not _is_operator(meeting):
        raise errors.Denied(_("The plan is acknowledged by the unit that runs the system."))
    if records.receipt_of(meeting) is not None:
        raise errors.EditConflict(_("The plan has been acknowledged already."))
    moment = now()
    records.add(meeting, records.RECEIPT, records.Receipt(records.me(), moment, note or ""), moment)

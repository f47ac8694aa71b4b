"""Asking for help and helping (BD-9.2/1, BD-9.3, BD-8.3, NA-5.1/2, TQ-P5/2)."""

from dataclasses import replace

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.operations_desk.help import parameters
from hopso.operations_desk.help import records
from hopso.operations_desk.place import operator_unit
from hopso.organisation.content import IUnit
from hopso.policy.api import policy_for
from hopso.policy.register import rule
from hopso.policy.timing import deadline_after
from plone import api
from plone.uuid.interfaces import IUUID


HELP = "hopso: Help in meeting"
ASK_STATES = ("scheduled", "convened", "in_session")
HELP_STATES = (*ASK_STATES, "ended", "concluded")


def _me() -> str:
    return api.user.get_current().getId()


def _ask(context, meeting, unit, topic, text, seat):
    policy, moment = policy_for(context), now()
    due = deadline_after(moment, policy.help_response, policy.calendar) if policy.help_response else None
    due = to_utc(due) if due is not None else None
    return records.help_store().put(
        records.HelpRequest(
            records.new_id(moment), meeting, unit, topic, (text or "").strip(), _me(), moment,
            (seat or "").strip(), due,
        )
    )  # fmt: skip


@operation(
    "meeting.ask_help", IMeeting, title=_("Ask for help"), permission="hopso: Ask for help",
    states=ASK_STATES, schema=parameters.IHelp, order=310,
    help=_("Who prepares the meeting and the unit administrator are told at once."),
)  # fmt: skip
@rule("BD-9.2/1", "BD-8.3")
def ask_help(meeting, topic, text, seat):
    """Ask those who prepare the meeting, and its unit administrators, for help."""
    _ask(meeting, IUUID(meeting), meeting.host_unit or "", topic, text, seat)


def _runs_the_system(unit) -> bool:
    operator = operator_unit()
    return operator is not None and operator.getId() == unit.getId()


@operation(
    "unit.ask_support", IUnit, title=_("Ask for guidance or technical support"),
    permission="hopso: Use the site", schema=parameters.IHelp, order=310, when=_runs_the_system,
)  # fmt: skip
@rule("NA-5.1/2", "TQ-P5/2")
def ask_support(unit, topic, text, seat):
    """Ask the body that runs the system, outside of a meeting."""
    if not _runs_the_system(unit):
        raise errors.Invalid(_("Support is given by the unit that runs the system."))
    if not (text or "").strip():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"text": _("Please say what it is about.")}
        )
    _ask(unit, "", unit.getId(), topic, text, seat)


def _request(holder: str, request_id: str) -> records.HelpRequest:
    found = records.help_store().get(holder, request_id)
    if found is None:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"request": _("There is no such request.")}
        )
    return found


def _take(holder, request):
    found = _request(holder, request)
    if found.state != records.ASKED:
        raise errors.WrongState(_("Somebody looks after it already."))
    records.help_store().put(replace(found, taken_at=now(), taken_by=_me()))


def _solve(holder, request, answer):
    found = _request(holder, request)
    if found.state == records.SOLVED:
        raise errors.WrongState(_("This request is solved already."))
    moment, me = now(), _me()
    records.help_store().put(
        replace(
            found,
            taken_at=found.taken_at or moment,
            taken_by=found.taken_by or me,
            solved_at=moment,
            solved_by=me,
            answer=(answer or "").strip(),
        )
    )


@operation(
    "meeting.take_help", IMeeting, title=_("I help"), permission=HELP, states=HELP_STATES,
    schema=parameters.IRequestId, order=311,
)  # fmt: skip
def take_help(meeting, request):
    """Say that one looks after a request."""
    _take(IUUID(meeting), request)


@operation(
    "meeting.solve_help", IMeeting, title=_("Solved"), permission=HELP, states=HELP_STATES,
    schema=parameters.IHelpAnswer, order=312,
)  # fmt: skip
@rule("BD-9.3")
def solve_help(meeting, request, answer):
    """Say what was done."""
    _solve(IUUID(meeting), request, answer)


@operation(
    "unit.take_support", IUnit, title=_("I help"), permission=HELP, schema=parameters.IRequestId, order=311,
)  # fmt: skip
def take_support(unit, request):
    """Say that one looks after a request for support."""
    _of_unit(unit, request)
    _take("", request)


@operation(
    "unit.solve_support", IUnit, title=_("Solved"), permission=HELP, schema=parameters.IHelpAnswer, order=312,
)  # fmt: skip
def solve_support(unit, request, answer):
    """Say what was done about a request for support."""
    _of_unit(unit, request)
    _solve("", request, answer)


def _of_unit(unit, request):
    found = records.help_store().get("", request)
    if found is not None and found.unit != unit.getId():
        raise errors.Denied()

"""The verbs of approval: steps of leadership, decisions on urgent meetings, delegation of these."""

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings import rooms
from hopso.meetings.approval import delegation
from hopso.meetings.approval import findings
from hopso.meetings.approval import notices
from hopso.meetings.approval import parameters
from hopso.meetings.approval import records
from hopso.meetings.approval import secrecy  # noqa: F401  (operations register themselves)
from hopso.meetings.approval import steps
from hopso.meetings.approval.access import synchronise_access
from hopso.meetings.content import IMeeting
from hopso.organisation.content import IUnit
from hopso.policy.api import policy_for
from plone import api


APPROVE = "hopso: Approve meeting"
DELEGATE = "hopso: Delegate decision"
DECIDED = _("Somebody else has decided in the meantime. Please look at the meeting again.")


def _refresh(meeting) -> None:
    # What waits for whom is a column of the catalog.
    meeting.reindexObject(idxs=["meeting_uid"])


# ---- steps of approval (NA-4.1/2) ----


def approve_findings(meeting, **params) -> list:
    """Return what is to be thought of before approving.  Raises Denied, WrongState or EditConflict."""
    _require_step(meeting, params.get("step"))
    return [
        *findings.past_findings(meeting.start, now()),
        *findings.urgency_findings(meeting),
        *findings.secrecy_blocks(meeting, policy_for(meeting)),
        *findings.checklist_findings(meeting),
    ]


def _require_step(meeting, seen=None) -> None:
    number = steps.pending_number(meeting)
    if number is None:
        raise (
            errors.EditConflict(DECIDED)
            if seen
            else errors.WrongState(_("The meeting waits for no approval."))
        )
    if seen and seen != number + 1:
        raise errors.EditConflict(DECIDED)
    if not steps.may_decide(meeting):
        raise errors.Denied(_("This step of approval is somebody else's."))


@operation(
    "meeting.approve", IMeeting, title=_("Approve the meeting"), permission=APPROVE,
    states=("scheduled", "convened"), schema=parameters.IApproval, check=approve_findings,
    when=steps.may_decide, order=15, primary=True,
    help=_("Agrees to the meeting at the time and place that the registrar has arranged."),
)  # fmt: skip
def approve(meeting, note="", step=None):
    """Take the next step of approval; after the last one the operator is told of the plan (NA-4.2)."""
    _decide(meeting, True, note or "")
    if steps.approved(meeting):
        notices.tell_operator(meeting)


def refusing_findings(meeting, note="") -> list:
    """Let only whoever is to decide refuse.  Raises Denied or WrongState."""
    _require_step(meeting)
    return []


@operation(
    "meeting.refuse", IMeeting, title=_("Refuse the meeting"), permission=APPROVE,
    states=("scheduled",), schema=parameters.IRefusal, check=refusing_findings, when=steps.may_decide,
    order=32, danger=True, help=_("The meeting goes back to its preparer and loses its slot."),
)  # fmt: skip
def refuse(meeting, note):
    """Refuse the meeting: it goes back to the preparer with the reason."""
    _decide(meeting, False, note)
    rooms.release_rooms(meeting)
    meeting.complete_at = None
    transition(meeting, "refuse", note)


def _decide(meeting, approved: bool, note: str) -> None:
    number, moment = steps.pending_number(meeting), now()
    key, book = steps.step_key(meeting, number), records.book(meeting)
    if key in book:
        raise errors.EditConflict(DECIDED)
    role = policy_for(meeting).approval_steps[number]
    book[key] = records.Decision(records.STEP, role, approved, records.me(), moment, note, number)
    _refresh(meeting)


# ---- urgent meetings (NA-3.1/2) ----


def may_decide_urgency(meeting) -> bool:
    """Tell whether the decision on the urgent *meeting* is the present user's: holder of the role or delegate."""
    role = policy_for(meeting).urgent_approver_role
    if not (meeting.urgent and role) or meeting.registered_at is None:
        return False
    return steps.has_role(meeting, role) or records.me() in delegation.delegates_for(meeting)


def urgency_open(meeting) -> bool:
    """Tell whether the present user is to decide on the urgent *meeting* now."""
    return records.urgent_decision_of(meeting) is None and may_decide_urgency(meeting)


def urgent_decision_findings(meeting, **params) -> list:
    """Let only whoever is to decide on urgency do it, once.  Raises Denied, WrongState or EditConflict."""
    if not meeting.urgent or not policy_for(meeting).urgent_approver_role:
        raise errors.WrongState(_("This meeting needs no decision on its urgency."))
    if not may_decide_urgency(meeting):
        raise errors.Denied(_("The decision on urgent meetings is somebody else's."))
    if records.urgent_decision_of(meeting) is not None:
        raise errors.EditConflict(DECIDED)
    return []


@operation(
    "meeting.allow_urgent", IMeeting, title=_("Allow the urgent meeting"), permission=APPROVE,
    states=("registered",), schema=parameters.IUrgentDecision, check=urgent_decision_findings,
    when=urgency_open, order=12, primary=True,
    help=_("Records the decision with its number and where it is to be found."),
)  # fmt: skip
def allow_urgent(meeting, reference, evidence, dated=None):
    """Decide that the urgent meeting is held."""
    today = local(now()).date()
    if dated and dated > today:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"dated": _("This day is still to come.")}
        )
    _decide_urgency(meeting, True, reference=reference, evidence=evidence, dated=dated or today)


@operation(
    "meeting.refuse_urgent", IMeeting, title=_("Refuse the urgent meeting"), permission=APPROVE,
    states=("registered",), schema=parameters.IRefusal, check=urgent_decision_findings,
    when=urgency_open, order=34, danger=True,
)  # fmt: skip
def refuse_urgent(meeting, note):
    """Decide that the meeting is not urgent enough: it goes back to the preparer."""
    _decide_urgency(meeting, False, note=note)
    meeting.complete_at = None
    transition(meeting, "refuse", note)


def _decide_urgency(meeting, approved, **more):
    role = policy_for(meeting).urgent_approver_role
    deputy = not steps.has_role(meeting, role)
    decision = records.Decision(records.URGENT, role, approved, records.me(), now(), deputy=deputy, **more)
    records.book(meeting)[records.urgent_key(meeting)] = decision
    _refresh(meeting)


# ---- delegation ----


@operation(
    "unit.delegate_urgent", IUnit, title=_("Delegate the decision on urgent meetings"), permission=DELEGATE,
    schema=parameters.IDelegation, order=400,
    help=_("The delegate decides on urgent meetings of this unit and those below, as the document says."),
)  # fmt: skip
def delegate_urgent(unit, person, document, dated=None, until=None):
    """Name who decides on urgent meetings in one's place (NA-3.1/2)."""
    moment, bad = now(), {}
    until = to_utc(until) if until else None
    if until and until <= moment:
        bad["until"] = _("This moment is over.")
    if dated and dated > local(moment).date():
        bad["dated"] = _("This day is still to come.")
    if person == records.me():
        bad["person"] = _("This is you.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    delegation.keep(delegation.Delegation(person, unit.getId(), document, dated, moment, until, records.me()))
    _renew(unit)


@operation(
    "unit.end_delegation", IUnit, title=_("End the delegation"), permission=DELEGATE,
    schema=parameters.IDelegationKey, order=410,
)  # fmt: skip
def end_delegation(unit, key):
    """End a delegation at once; what was decided stays."""
    known = dict(delegation.delegations_in(unit.getId()))
    if key not in known:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"key": _("There is no such delegation.")}
        )
    delegation.end(key)
    _renew(unit)


def _renew(unit) -> None:
    """Let delegates reach the urgent meetings that wait for a decision now, and nobody else."""
    catalog = api.portal.get_tool("portal_catalog")
    waiting = catalog.unrestrictedSearchResults(
        portal_type="Meeting",
        review_state=["registered", "returned", "scheduled"],
        path="/".join(unit.getPhysicalPath()),
    )
    for brain in waiting:
        if brain.urgent is True:
            synchronise_access(brain._unrestrictedGetObject())

"""Answers to invitations: attend, send somebody, decline (BD-8.1)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings import parameters
from hopso.meetings import participation
from hopso.meetings import rules
from hopso.meetings.content import IMeeting
from hopso.meetings.facts import answer_deadline
from hopso.organisation.assignments import functions_of
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from hopso.policy.api import policy_for
from plone import api


def answerable(meeting, user_id: str) -> list[str]:
    """Return the invited principals that *user_id* may answer for: oneself, the own units."""
    kept = participation.records(meeting)
    own = [f"user:{user_id}"]
    own += [f"unit:{one.unit}" for one in functions_of(user_id) if one.function in SPEAKS_FOR_UNIT]
    return [principal for principal in dict.fromkeys(own) if principal in kept]


def may_answer(meeting) -> bool:
    """Tell whether the present user was invited, personally or as one who speaks for a unit."""
    return bool(answerable(meeting, api.user.get_current().getId()))


def late_findings(meeting, **params) -> list:
    """Return what the policy says about answering now."""
    return rules.answer_in_time(now(), answer_deadline(meeting, policy_for(meeting)))


@operation(
    "meeting.answer", IMeeting, title=_("Answer the invitation"), permission="hopso: Answer invitation",
    states=("convened", "in_session"), schema=parameters.IAnswer, check=late_findings, order=40, when=may_answer,
)  # fmt: skip
def answer(meeting, answer, substitute=None, reason="", principal=""):
    """Answer for oneself or for the unit one speaks for.

    Returns where to go on: whoever hands over the seat cannot read the
    meeting any more.
    """
    user_id = api.user.get_current().getId()
    mine = answerable(meeting, user_id)
    principal = principal or (mine[0] if mine else "")
    if principal not in mine:
        raise errors.Denied(_("You can answer for yourself and for your own unit only."))
    _answer(meeting, principal, answer, substitute, reason, user_id)
    handed_over = answer == participation.SUBSTITUTED and principal.startswith("user:")
    return api.portal.get() if handed_over else meeting


@operation(
    "meeting.record_answer", IMeeting, title=_("Record an answer"), permission="hopso: Prepare meeting",
    states=("convened", "in_session"), schema=parameters.IRecordedAnswer, check=late_findings, order=245,
)  # fmt: skip
def record_answer(meeting, answer, principal, substitute=None, reason=""):
    """Record an answer that came by telephone or on paper."""
    if principal not in participation.records(meeting):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"principal": _("Not on the list of participants.")}
        )
    _answer(meeting, principal, answer, substitute, reason, api.user.get_current().getId())


def _answer(meeting, principal, answer, substitute, reason, by):
    bad = {}
    if answer == participation.SUBSTITUTED:
        if participation.records(meeting)[principal].part == "guests":
            bad["answer"] = _("A guest sends nobody else.")
        elif not substitute:
            bad["substitute"] = _("Name the person who comes instead.")
        elif f"user:{substitute}" == principal:
            bad["substitute"] = _("This is the invited person.")
        elif f"user:{substitute}" in participation.records(meeting):
            bad["substitute"] = _("This person takes part already.")
    if answer == participation.DECLINED and not (reason or "").strip():
        bad["reason"] = _("Please give the reason.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    participation.put_record(
        meeting,
        participation.records(meeting)[principal],
        answer=answer,
        substitute=substitute or "" if answer == participation.SUBSTITUTED else "",
        reason=(reason or "").strip(),
        answered_at=now(),
        answered_by=by,
    )


def tally(meeting) -> dict[str, int]:
    """Return how many of the invited gave which answer."""
    counts = dict.fromkeys(participation.ANSWERS, 0)
    for record in participation.records(meeting).values():
        if record.part in ("delegates", "guests"):
            counts[record.answer] += 1
    return counts

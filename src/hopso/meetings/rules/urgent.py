"""Urgent meetings: reason, calls, decision, paper in the place of documents (BD-6.1/2, BD-7/3, NA-3.1/2, NT-6.5).

Pure functions of values; moments are aware datetimes.
"""

from datetime import datetime

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.meetings.rules.base import LIFTED
from hopso.meetings.rules.base import say
from hopso.policy.register import rule


@rule("BD-6.1/2")
def urgent_notice(reason: str, calls, deadline: datetime, allow_below: bool = True) -> list[Finding]:
    """Ask an urgent meeting for its reason and a telephone call by *deadline*.

    *calls* are the moments of the calls that were logged.  Calls later than
    *deadline* are enough where the policy allows it: then paper may replace
    what cannot be uploaded (BD-7/3), and that is recorded.
    """
    article = "Điều 6 khoản 1"
    found = []
    if not reason:
        found.append(Finding("BD-6.1/2", BLOCK, _("Give the reason for the urgency."), article))
    if not calls:
        text = _(
            "Inform the units by telephone and log the call, by ${deadline} at the latest.",
            mapping={"deadline": datetime_text(deadline)},
        )
        found.append(Finding("BD-6.1/2", BLOCK, text, article, deadline=deadline))
    elif min(calls) > deadline:
        text = _(
            "The first call was made after ${deadline}: less than the time the regulation asks for.",
            mapping={"deadline": datetime_text(deadline)},
        )
        level = WARN if allow_below else BLOCK
        lifted = {} if allow_below else LIFTED
        found.append(
            Finding("BD-6.1/2", level, text, article, deadline=deadline, data={"breach": True}, **lifted)
        )
    return found


@rule("BD-7/3")
def paper_fallback(urgent: bool, calls, deadline: datetime) -> list[Finding]:
    """Record that documents of a meeting notified too late may be handed out on paper."""
    if not urgent or not calls or min(calls) <= deadline:
        return []
    text = _("Documents that cannot be uploaded in time are printed and handed out at the meeting.")
    return [Finding("BD-7/3", RECORD, text, "Điều 7", deadline=deadline)]


@rule("NA-3.1/2")
def urgency_explained(reason: str, note: str) -> list[Finding]:
    """Ask an urgent meeting that somebody has to allow for its reason and an explanation."""
    wanted = (
        (reason, _("Give the reason for the urgency."), "urgent_reason"),
        (note, _("Explain the urgency: whoever decides has to judge by it."), "urgent_note"),
    )
    return [
        say("NA-3.1/2", BLOCK, text, data={"field": name})
        for value, text, name in wanted
        if not (value or "").strip()
    ]


@rule("NA-3.1/2")
def urgency_allowed(allowed: bool | None, who, level: str = BLOCK) -> list[Finding]:
    """Ask for the decision on an urgent meeting; *allowed* is None while there is none, *who* decides.

    A refusal forbids whatever the level.
    """
    if allowed:
        return []
    if allowed is None:
        text = _("An urgent meeting needs a decision: ${who}.", mapping={"who": who})
        return [say("NA-3.1/2", level, text, data={"decided": False})]
    text = _("The urgent meeting was refused.")
    return [say("NA-3.1/2", BLOCK, text, data={"decided": True})]


@rule("NT-6.5")
def operator_contacted(calls, deadline: datetime) -> list[Finding]:
    """Ask that the host has called the operator of the central point directly, by *deadline*.

    *calls* are the moments of calls to the operator.  A late call is a breach
    that is flagged; it stops nothing.
    """
    if not calls:
        text = _(
            "Call the operator of the central point directly and log the call, by ${deadline} at the latest.",
            mapping={"deadline": datetime_text(deadline)},
        )
        return [say("NT-6.5", BLOCK, text, deadline=deadline)]
    if min(calls) <= deadline:
        return []
    text = _(
        "The operator was called after ${deadline}: less than the time the regulation asks for.",
        mapping={"deadline": datetime_text(deadline)},
    )
    return [say("NT-6.5", WARN, text, deadline=deadline, data={"breach": True})]

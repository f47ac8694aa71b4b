"""When a technical check is due, and what its answers come to; pure."""

from datetime import datetime

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.policy.register import finding
from hopso.policy.register import rule
from hopso.policy.timing import deadline_before
from hopso.policy.timing import DEFAULT_CALENDAR


PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "na"
RESULTS = (PASS, FAIL, NOT_APPLICABLE)
# States of a check, as pages show them.
OPEN, BEGUN, PASSED, FAULTS, MISSED = "open", "begun", "passed", "faults", "missed"


@rule("NT-6.4", "NT-6.5", "TQ-P5/5")
def check_due(
    start: datetime,
    lead,
    calendar=DEFAULT_CALENDAR,
    *,
    urgent: bool = False,
    urgent_lead=None,
    since: datetime | None = None,
) -> datetime:
    """Return the last moment (Viet Nam) at which the check of a meeting at *start* is in time.

    lead: the LeadTime of the policy: one session (NT-6.4), one hour (TQ-P5/5), or None:
    before the start.  An urgent meeting is told *urgent_lead* before it starts, so no
    earlier check can be asked for (NT-6.5).  *since*: when the check was ordered; one whose
    time was over by then is due at the start.
    """
    due = deadline_before(start, lead, calendar)
    if urgent and urgent_lead is not None:
        due = max(due, deadline_before(start, urgent_lead, calendar))
    opening = deadline_before(start, None)
    return opening if since is not None and due <= since else due


def _named(ids, rule_sets) -> str:
    """Return the first of *ids* that is in force, the very first if none of them is."""
    return next((one for one in ids if one.partition("-")[0] in rule_sets), ids[0])


def result_of(items, answers: dict) -> str:
    """Return PASSED, FAULTS, BEGUN or OPEN for *answers*: id of the item -> its result."""
    given = [answers[one.id] for one in items if one.id in answers]
    if not given:
        return OPEN
    if len(given) < len(items):
        return BEGUN
    return FAULTS if FAIL in given else PASSED


@rule("NT-6.4", "NT-7.1.a", "NT-7.2.b", "NA-3.3/1", "NA-5.1/4", "TQ-P5/5")
def check_missed(
    due: datetime, signed: datetime | None, moment: datetime, place: str = "", rule_sets=()
) -> list[Finding]:
    """Return what is to be said of a check at *moment*: missing, or done too late; nothing if all is well."""
    says = _named(("NT-6.4", "TQ-P5/5", "NA-5.1/4"), rule_sets)
    if signed is None and moment > due:
        text = _(
            "The technical check of ${place} was due on ${due} and has not been signed.",
            mapping={"place": place, "due": datetime_text(due)},
        )
        return [finding(says, WARN, text, deadline=due)]
    if signed is not None and signed > due:
        text = _(
            "The technical check of ${place} was due on ${due} and was signed on ${signed}.",
            mapping={"place": place, "due": datetime_text(due), "signed": datetime_text(signed)},
        )
        return [finding(says, RECORD, text, deadline=due)]
    return []

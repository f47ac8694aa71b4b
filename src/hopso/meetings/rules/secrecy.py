"""Classified and sensitive content (BD-7/2, NT-4.2/1, HN-5.2, HN-5.3/2), recording (BD-9.1/2).

Pure functions of values; moments are aware datetimes.
"""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.meetings.rules.base import say
from hopso.policy.register import rule


SECRET = ("mat", "toi_mat", "tuyet_mat")
# Above "Mật": never on a system that is connected to a network, whatever a province says.
NEVER = ("toi_mat", "tuyet_mat")


@rule("BD-7/2")
def placeholder_only(classification: str) -> list[Finding]:
    """Tell of a classified meeting that its papers are handed out, never uploaded."""
    if classification not in ("mat", "toi_mat", "tuyet_mat"):
        return []
    text = _(
        "Classified documents are not uploaded: the agenda shows that they are handed out at the meeting."
    )
    return [Finding("BD-7/2", WARN, text, "Điều 7")]


@rule("NT-4.2/1", "BD-7/2", "HN-5.3/2")
def content_allowed(
    classification: str, sensitive: bool, classified_policy: str, sensitive_forbidden: bool, rule_id: str
) -> list[Finding]:
    """Refuse meetings whose content does not belong on the system.

    *classified_policy* is ``forbid``, ``no_documents`` or ``with_plan``; *rule_id*
    the rule that speaks under this policy.  Secret and top secret content is
    refused everywhere; NT-4.2/1 is read for hosts of every kind.
    """
    found = []
    if classification in NEVER:
        text = _("Secret and top secret content is never dealt with on this system.")
        found.append(say(rule_id, BLOCK, text, data={"field": "classification"}))
    elif classification == "mat" and classified_policy == "forbid":
        text = _("Meetings with classified content are not held on this system.")
        found.append(say(rule_id, BLOCK, text, data={"field": "classification"}))
    if sensitive and sensitive_forbidden:
        text = _("Meetings with sensitive content are not held on this system.")
        found.append(say(rule_id, BLOCK, text, data={"field": "sensitive"}))
    return found


@rule("HN-5.3/2")
def neutral_words(classification: str, rule_id: str = "HN-5.3/2") -> list[Finding]:
    """Remind of a classified meeting that its name, content and agenda must stay neutral."""
    if classification not in SECRET:
        return []
    text = _(
        "Name, content and agenda of the meeting stay neutral: they must say nothing that is classified."
    )
    return [say(rule_id, WARN, text)]


# Parts of a plan that protects a classified session (HN-5.2) -> their names.
PLAN_PARTS = {
    "level": _("Level"),
    "participants": _("Entitled participants"),
    "venue": _("Venue"),
    "devices": _("Inspection of the devices"),
    "line": _("Encryption of the line"),
    "recall": _("Recall of the documents"),
}


def plan_lacks(plan) -> list[str]:
    """Return the names of the parts that a plan (an object with these attributes, or None) lacks."""
    return [name for name in PLAN_PARTS if plan is None or not str(getattr(plan, name) or "").strip()]


@rule("HN-5.2")
def protection_plan(classification: str, plan, level: str = BLOCK) -> list[Finding]:
    """Ask a classified session for its complete plan, approved by the head of the host unit.

    *plan* has the attributes of PLAN_PARTS and ``approved_at``; None: there is none.
    """
    if classification not in SECRET:
        return []
    if plan is None:
        return [say("HN-5.2", level, _("The session needs a plan that protects means, equipment and lines."))]
    found = [
        say("HN-5.2", level, _("The protection plan lacks: ${name}.", mapping={"name": PLAN_PARTS[name]}),
            data={"part": name})
        for name in plan_lacks(plan)
    ]  # fmt: skip
    if plan.level and plan.level != classification:
        found.append(say("HN-5.2", level, _("The protection plan is for another level than the meeting.")))
    if plan.approved_at is None:
        text = _("The protection plan is not approved by the head of the host unit.")
        found.append(say("HN-5.2", level, text, data={"part": "approval"}))
    return found


@rule("BD-9.1/2")
def recording_decided(classification: str, decided: bool, rule_id: str = "BD-9.1/2") -> list[Finding]:
    """Ask the chair for an explicit decision on recording before a classified meeting starts."""
    if classification not in SECRET or decided:
        return []
    text = _("The chair decides on recording before a classified meeting starts.")
    return [say(rule_id, BLOCK, text)]


@rule("BD-9.1/2")
def may_go_unrecorded(classification: str, record: bool, everything: bool) -> list[Finding]:
    """Forbid to leave a meeting unrecorded that is not classified, where *everything* is recorded."""
    if record or not everything or classification in SECRET:
        return []
    text = _("All meetings are recorded; the chair excepts only meetings with classified content.")
    return [say("BD-9.1/2", BLOCK, text)]

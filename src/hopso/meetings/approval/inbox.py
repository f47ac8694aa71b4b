"""What waits for a registrar, for a step of approval, for a decision on urgency: chosen from catalog records."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.security import matrix


RECEIVED = ("registered", "postponed", "displaced")
# Roles of steps and decisions -> function of a unit that gives them.
FUNCTION_OF = {roles[0]: function for function, roles in matrix.UNIT_FUNCTION_ROLES.items()}
# Roles that may be asked for a step of approval or a decision on urgency.
DECIDERS = (matrix.REGISTRAR, matrix.UNIT_ADMIN, matrix.LEADER, matrix.PROVINCIAL_CHAIR)
LATE, URGENT, IN_TIME = "late", "urgent", "in_time"


def facts_of(brain) -> dict:
    """Return what the catalog keeps of the approval of a meeting; empty for an old record."""
    found = getattr(brain, "approval_facts", None)
    return found if isinstance(found, dict) else {}


def within(path: str, units) -> bool:
    """Tell whether a catalog path lies in one of *units* (ids)."""
    return not set(units).isdisjoint(path.split("/"))


def is_mine(me, brain) -> bool:
    """Tell whether the registration of a meeting is the business of *me* (theme.start.Me) by its policy."""
    facts = facts_of(brain)
    if not facts:
        return within(brain.getPath(), me.units("admins", "registrars"))
    role = facts["registrar"]
    units = me.units(FUNCTION_OF.get(role, "admins"))
    if role == matrix.REGISTRAR and facts.get("body"):
        return facts["body"] in units
    return within(brain.getPath(), units)


def holds(me, brain, role: str) -> bool:
    """Tell whether *me* has the function that gives *role* in the host unit, or above where that reaches down."""
    function = FUNCTION_OF.get(role, "")
    units = me.units(function) if function else set()
    if function in matrix.INHERITED_FUNCTIONS:
        return within(brain.getPath(), units)
    return brain.host_unit in units


def to_receive(me, brains) -> list:
    """Return the registrations that wait for *me* as registrar."""
    return [one for one in brains if one.review_state in RECEIVED and is_mine(me, one)]


def to_approve(me, brains) -> list:
    """Return the meetings whose next step of approval is that of *me*."""
    found = []
    for one in brains:
        step = facts_of(one).get("step")
        if step and one.review_state in ("scheduled", "convened") and holds(me, one, step):
            found.append(one)
    return found


def to_decide(me, brains, delegated=()) -> list:
    """Return the urgent meetings whose decision waits for *me*; *delegated*: units for which one is a delegate."""
    found = []
    for one in brains:
        facts = facts_of(one)
        if one.review_state != "registered" or not facts.get("approver") or facts.get("decision"):
            continue
        if holds(me, one, facts["approver"]) or within(one.getPath(), delegated):
            found.append(one)
    return found


@dataclass(frozen=True)
class Wanted:
    """What the list of registrations is narrowed to; everything comes from the address."""

    kind: str = ""
    unit: str = ""
    state: str = ""


def narrowed(brains, wanted: Wanted) -> list:
    """Return those of *brains* that are *wanted*."""
    found = []
    for one in brains:
        late, urgent = facts_of(one).get("late", False), bool(one.urgent)
        kinds = {LATE: late, URGENT: urgent, IN_TIME: not late and not urgent}
        if wanted.kind and not kinds.get(wanted.kind, True):
            continue
        if (wanted.unit and one.host_unit != wanted.unit) or (
            wanted.state and one.review_state != wanted.state
        ):
            continue
        found.append(one)
    return found


def age_text(since: datetime | None, moment: datetime):
    """Return for how long something has waited, for people: minutes, hours or days; nothing without a time."""
    if since is None:
        return ""
    waited = max(timedelta(), moment - since)
    if waited < timedelta(hours=1):
        return _("${count} minutes", mapping={"count": int(waited.total_seconds() // 60)})
    if waited < timedelta(days=1):
        return _("${count} hours", mapping={"count": int(waited.total_seconds() // 3600)})
    return _("${count} days", mapping={"count": waited.days})


def next_step(brain):
    """Return what is to be done next about a registration, for people."""
    facts = facts_of(brain)
    if brain.review_state in ("postponed", "displaced"):
        return _("Arrange a new time")
    if facts.get("step") and brain.review_state != "registered":
        return _("Waits for approval")
    decision = facts.get("decision")
    if facts.get("approver") and decision is None:
        return _("Waits for the decision on its urgency")
    return _("Check and schedule, or return")

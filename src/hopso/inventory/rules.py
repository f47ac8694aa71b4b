"""What the regulations ask of rooms and devices.

Pure functions of values and days of the calendar (Viet Nam); what a province
wants is handed in by the caller, who asked the policy.
"""

from datetime import date

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.policy.register import finding
from hopso.policy.register import rule


OVERRIDE = "hopso: Override rule"
OVERRIDE_WHO = _("a leader of the host unit, giving the reason")


@rule("NA-2.1/2")
def room_standard(
    room_ok: bool, inspected_on: date | None, valid_until: date | None, on: date, required: bool = True
) -> list[Finding]:
    """Return what forbids to book a room on the day *on*: it must meet the standard by an inspection in force.

    room_ok: what the last inspection found; inspected_on: its day, None if there was
    none; valid_until: its last day of validity, None if it has none.  Nothing is
    found where the policy does not require it (``room_standard_required``).
    """
    if not required:
        return []
    if inspected_on is None:
        text = _("The room was not inspected: the unit that has it must have it inspected first.")
    elif not room_ok:
        day = {"day": day_text(inspected_on)}
        text = _("The room did not meet the standard when it was inspected on ${day}.", mapping=day)
    elif valid_until is not None and valid_until < on:
        day = {"day": day_text(valid_until)}
        text = _(
            "The inspection of the room was valid until ${day}: it must be inspected again.", mapping=day
        )
    else:
        return []
    return [finding("NA-2.1/2", BLOCK, text, override=OVERRIDE, override_who=OVERRIDE_WHO)]


def room_in_use(active: bool) -> list[Finding]:
    """Return what forbids to book a room that is out of use."""
    if active:
        return []
    return [Finding("HS-ROOM", BLOCK, _("The room is out of use."))]


def bookable(room, policy, on: date | None = None) -> list[Finding]:
    """Return what the state of *room* says against booking it under *policy*.

    on: day of the meeting in Viet Nam, today if left out.  Blocks forbid; that the
    rules of the room are not posted is a warning to the unit that has it.
    """
    day = on or local(now()).date()
    return [
        *room_in_use(bool(room.active)),
        *room_standard(
            bool(room.standard_ok),
            room.standard_inspected_on,
            getattr(room, "standard_valid_until", None),
            day,
            policy.room_standard_required,
        ),
        *room_rules_posted(getattr(room, "rules_posted_on", None), policy.require_room_rules),
    ]


@rule("TQ-P8/2")
def room_rules_posted(posted_on: date | None, required: bool = True) -> list[Finding]:
    """Return a warning if the rules of a room must be posted and are not (TQ-P8/2)."""
    if not required or posted_on is not None:
        return []
    text = _("The rules of the room are not posted: the unit that has it must issue and post them.")
    return [finding("TQ-P8/2", WARN, text)]

"""What the regulation asks of accounts; pure functions of values."""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.policy.register import rule


@rule("BD-4.2/1")
def first_administrator(administrators: list[str], onboarded: bool) -> list[Finding]:
    """Forbid a second first administrator of a unit.

    administrators: names of those the unit has; onboarded: it was given its first one already.
    """
    if not administrators and not onboarded:
        return []
    text = _(
        "The account of this unit's administrator was issued already (${names})."
        " Further administrators are named by the unit itself.",
        mapping={"names": ", ".join(administrators) or "–"},
    )
    return [Finding("BD-4.2/1", BLOCK, text, "Điều 4 khoản 2")]


@rule("BD-4.2/2")
def successor_needed(units: list[str]) -> list[Finding]:
    """Forbid leaving *units* (names) without anybody who keeps their accounts."""
    return [
        Finding(
            "BD-4.2/2",
            BLOCK,
            _(
                "This is the last administrator of ${unit}. Name a successor first.",
                mapping={"unit": unit},
            ),
            "Điều 4 khoản 2",
        )
        for unit in units
    ]


@rule("BD-2.3")
def guests_welcome(allowed: bool) -> list[Finding]:
    """Forbid guests where the province invites none."""
    if allowed:
        return []
    text = _("Guests from outside are not invited to meetings here.")
    return [Finding("BD-2.3", BLOCK, text, "Điều 2 khoản 3")]

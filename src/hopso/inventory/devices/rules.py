"""What the regulations ask of devices: pure functions of values."""

from datetime import date

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.text import day_text
from hopso.policy.register import finding
from hopso.policy.register import rule


PURPOSE = ("NA-3.4", "NT-6.1")


@rule(*PURPOSE)
def device_purpose(within_function: bool, rule_sets=()) -> list[Finding]:
    """Return what forbids to move or lend a device for other work than the system's.

    rule_sets: those in force (``policy.rule_sets``), none for all; where neither of
    the two regulations holds, the prohibition is found under the first: public
    assets serve their purpose everywhere.  Nobody may lift it.
    """
    if within_function:
        return []
    text = _(
        "Devices of the system are used, moved and installed for its meetings only. Use for other work is a violation."
    )
    found = [one for one in PURPOSE if not rule_sets or one[:2] in rule_sets] or PURPOSE[:1]
    return [finding(one, BLOCK, text) for one in found]


@rule("HN-R/5")
def security_inspection(passed: bool, inspected_on: date | None, required: bool = True) -> list[Finding]:
    """Return what forbids to use a device: one that is new, repaired or upgraded is inspected first (HN-R/5).

    passed: the result of the last inspection since then; inspected_on: its day, None
    if there was none; required: the policy's ``device_inspection_required``.
    """
    if not required or (passed and inspected_on is not None):
        return []
    if inspected_on is None:
        text = _("The device has not passed a security inspection since it was new, repaired or upgraded.")
    else:
        day = {"day": day_text(inspected_on)}
        text = _("The device did not pass the security inspection of ${day}.", mapping=day)
    return [finding("HN-R/5", BLOCK, text)]

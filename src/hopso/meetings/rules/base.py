"""What every rule about meetings shares: who may lift it, and which regulation speaks."""

from hopso import _
from hopso.core.findings import Finding
from hopso.policy.api import regulates
from hopso.policy.register import article_of


OVERRIDE = "hopso: Override rule"
OVERRIDE_WHO = _("a leader of the host unit, giving the reason")
LIFTED = {"override": OVERRIDE, "override_who": OVERRIDE_WHO}
# Rules of the house stand in no regulation.
HOUSE = "HS-"


def voice(policy, *rule_ids: str) -> str:
    """Return the first of *rule_ids* that *policy* puts in force; empty if none of them is."""
    return next((one for one in rule_ids if regulates(policy, one)), "")


def say(rule_id: str, level: str, text, **options) -> Finding:
    """Return a finding with the article of its rule; rules of the house have none."""
    article = "" if rule_id.startswith(HOUSE) else article_of(rule_id)
    return Finding(rule_id, level, text, options.pop("article", article), **options)

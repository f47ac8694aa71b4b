"""Who may meet whom on the system, and who prepares what (NT-3.2, NT-11.1, TQ-P9).

Pure functions of values.
"""

from dataclasses import dataclass

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.meetings.rules.base import LIFTED
from hopso.meetings.rules.base import say
from hopso.policy.hosts import may_meet
from hopso.policy.register import rule


@dataclass(frozen=True)
class Party:
    """A unit that hosts or is invited; kind: ``<level>/<unit type>``."""

    unit: str
    name: str
    kind: str
    sector: str = ""


@rule("NT-3.2.a", "NT-3.2.b", "TQ-P9")
def who_may_meet(lines, host: Party, parties, rule_ids) -> list[Finding]:
    """Say which of *parties* the *host* may not meet on the system.

    *lines* are the policy's matrix of hosts; *rule_ids* the id for kinds that
    are not allowed and the one for another sector.  The host's own people are
    never meant.  Another sector than the host's is only warned of: the record
    of sectors is ours, not the regulation's.
    """
    found = []
    for one in parties:
        if one.unit == host.unit:
            continue
        mapping = {"host": host.name, "party": one.name}
        if not may_meet(lines, host.kind, one.kind):
            text = _("The regulation does not let “${host}” meet “${party}” on the system.", mapping=mapping)
            found.append(say(rule_ids[0], BLOCK, text, data={"party": one.unit}, **LIFTED))
        elif not may_meet(lines, host.kind, one.kind, one.sector == host.sector):
            text = _("“${party}” is of another sector than “${host}”.", mapping=mapping)
            found.append(say(rule_ids[1], WARN, text, data={"party": one.unit}))
    return found


@rule("NT-11.1")
def prepared_by_another(host: str, preparing: str | None) -> list[Finding]:
    """Ask the committee's meeting for the unit that prepares it, which is not the host itself."""
    if preparing and preparing != host:
        return []
    text = _("Name the unit that prepares the content: another one than the host.")
    return [say("NT-11.1", BLOCK, text, data={"field": "preparing_unit"})]


@rule("NT-11.1")
def items_prepared(titles) -> list[Finding]:
    """Name the items of the agenda for which nobody is to prepare documents (*titles*)."""
    return [
        say("NT-11.1", WARN, _("Nobody is to prepare the item “${title}”.", mapping={"title": title}))
        for title in titles
    ]

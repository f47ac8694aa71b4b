"""What the regulations say of sites: who looks after them, what they are connected by, when nothing changes."""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.inventory.sites.records import LEADER
from hopso.inventory.sites.records import TECHNICIAN
from hopso.policy.register import finding
from hopso.policy.register import rule


# The stricter rule first: where several are in force, it is the one to be named.
STAFFING_RULES = {LEADER: ("HN-R/3.1",), TECHNICIAN: ("HN-R/3.1", "TQ-P8/3", "NA-6.2/1")}


def read_staffing(wanted) -> dict[str, int]:
    """Return role -> number from the policy's ``leader=1``; what cannot be read is left out."""
    found = {}
    for text in wanted or ():
        role, _equals, number = str(text).partition("=")
        if role.strip() in STAFFING_RULES and number.strip().isdigit():
            found[role.strip()] = int(number)
    return found


def _named(ids, rule_sets) -> str:
    """Return the first of *ids* that is in force, the last one if none is."""
    return next((one for one in ids if not rule_sets or one.partition("-")[0] in rule_sets), ids[-1])


def _missing(role, site):
    if role == LEADER:
        return _("“${site}” has no responsible leader.", mapping={"site": site})
    return _("“${site}” has no technical officer.", mapping={"site": site})


@rule("NA-6.2/1", "TQ-P8/3", "HN-R/3.1")
def staffing(site: str, wanted: dict[str, int], present: dict[str, int], rule_sets=()) -> list[Finding]:
    """Warn of each role that too few people hold at the site called *site*."""
    found = []
    for role, number in wanted.items():
        if present.get(role, 0) < number:
            text = _missing(role, site)
            rule_id = _named(STAFFING_RULES[role], rule_sets)
            found.append(finding(rule_id, WARN, text, data={"role": role}))
    return found


@rule("NT-7.2.d/2")
def locked_while_running(lock: bool, running: int) -> list[Finding]:
    """Forbid to change the configuration of a site at which *running* meetings are in session."""
    if lock and running:
        text = _("A meeting is running at this site: its configuration cannot be changed until the end.")
        return [finding("NT-7.2.d/2", BLOCK, text)]
    return []


@rule("NA-2.1/1", "TQ-P2/1")
def registered_number(registered: int, wanted: int, rule_sets=()) -> list[Finding]:
    """Warn when the sites in use are not as many as the regulation names (0: it names no number)."""
    if not wanted or registered == wanted:
        return []
    text = _(
        "${registered} sites are registered, the regulation names ${wanted}.",
        mapping={"registered": registered, "wanted": wanted},
    )
    return [finding(_named(("TQ-P2/1", "NA-2.1/1"), rule_sets), WARN, text)]


@rule("NA-2.1/3", "TQ-P2/2")
def link_as_regulated(site: str, link_type: str, rule_sets=()) -> list[Finding]:
    """Warn of a site that is connected by another network than the regulation names."""
    wanted = {"TQ-P2/2": "tslcd", "NA-2.1/3": "fibre"}
    for rule_id, network in wanted.items():
        if rule_sets and rule_id.partition("-")[0] in rule_sets and link_type != network:
            text = _("“${site}” is not connected by the network of the regulation.", mapping={"site": site})
            return [finding(rule_id, WARN, text)]
    return []

"""The line of the health page about the audit log: sealed, verified, with a key."""

from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.audit.chain import audit_chain
from hopso.audit.chain import AuditChain
from hopso.audit.log import audit_log
from hopso.audit.log import AuditLog
from hopso.audit.log import key_range
from hopso.audit.verify import GAP
from hopso.audit.verify import STOPPED
from hopso.core.text import datetime_text
from hopso.core.text import now
from hopso.tasks.health import BAD
from hopso.tasks.health import Check
from hopso.tasks.health import GOOD
from hopso.tasks.health import WARN


# A night may be missed, two may not.
OVERDUE = timedelta(hours=50)


def check(
    log: AuditLog | None = None, chain: AuditChain | None = None, moment: datetime | None = None
) -> Check:
    """Return what monitoring should know; *log* and *chain* default to those of the site."""
    log = audit_log() if log is None else log
    chain = audit_chain() if chain is None else chain
    moment = moment or now()
    title = _("Audit log (sealed and verified)")
    if log is None or chain is None:
        return Check("audit", title, BAD, _("not installed"), _("Run the installation again."))
    last, report = chain.last, chain.report
    found = _(
        "${count} blocks, last seal ${sealed}, last verification ${verified}",
        mapping={
            "count": chain.head[0],
            "sealed": datetime_text(last.time) if last else "–",
            "verified": datetime_text(report.when) if report.when else "–",
        },
    )
    level, advice = _judge(log, chain, moment)
    return Check("audit", title, level, found, advice)


def _judge(log, chain, moment):
    last, report = chain.last, chain.report
    if report.problems:
        return BAD, _(
            "${count} problems: entries are not what was sealed. Run bin/hopso-audit verify and keep the database.",
            mapping={"count": report.problems},
        )
    if is_waiting(log, chain, moment) or (last is not None and moment - last.time > STOPPED):
        return BAD, _("Entries wait for their seal: look for errors of audit.seal in the worker's log.")
    if last is not None and not last.header["key"]:
        return WARN, _("Sealed without a key: name a file of keys in HOPSO_AUDIT_KEYS.")
    if last is not None and (report.when is None or moment - report.when > OVERDUE):
        return WARN, _("Not verified lately: run bin/hopso-audit verify.")
    return GOOD, ""


def is_waiting(log: AuditLog, chain: AuditChain, moment: datetime) -> bool:
    """Tell whether an entry newer than the last block has been waiting too long for its seal."""
    low, high = key_range(chain.last.time if chain.last else None, moment - GAP)
    return any(
        key not in chain.sealed[number]
        for number, shard in enumerate(log.shards)
        for key in shard.keys(low, high)
    )

"""What the worker does for the log: seal every minute, verify every night."""

import logging

from hopso.audit import anchor
from hopso.audit.chain import audit_chain
from hopso.audit.chain import seal
from hopso.audit.keys import read_keys
from hopso.audit.log import audit_log
from hopso.audit.verify import Verification
from hopso.audit.verify import Verifier
from hopso.core.text import local
from hopso.core.text import now
from hopso.tasks.jobs import periodic
import transaction


log = logging.getLogger(__name__)
NIGHT = 2  # o'clock in Viet Nam
# Hours: verified later than that, whatever the time of the day.
OVERDUE = 26
SHOWN = 20


@periodic("audit.seal", minutes=1)
def seal_new() -> int:
    """Seal what is new; return how many blocks that made.  Raises BadKeyFile."""
    return _seal()


@periodic("audit.night", minutes=60)
def nightly() -> None:
    """Once a night: verify all of it, then seal what came later than the window."""
    chain = audit_chain()
    if chain is None:
        return
    moment, last = now(), chain.report.when
    hours = None if last is None else (moment - last).total_seconds() / 3600
    if hours is not None and hours < OVERDUE and (local(moment).hour != NIGHT or hours < 2):
        return
    verify_now()
    _seal(everything=True)


def verify_now() -> Verification:
    """Verify the whole log and keep what was found for the health page."""
    chain = audit_chain()
    jar = chain._p_jar
    breathe = jar.cacheGC if jar is not None else (lambda: None)
    verifier = Verifier(audit_log(), chain, read_keys(), anchor=anchor.anchor_path(), breathe=breathe)
    seen = verifier.run()
    for problem in seen.problems[:SHOWN]:
        log.error("audit log: %s", problem)
    report = chain.report
    report.when, report.blocks, report.entries = now(), seen.blocks, seen.entries
    report.problems = len(seen.problems)
    report.texts = tuple(str(one) for one in seen.problems[:SHOWN])
    return seen


def _seal(*, everything: bool = False) -> int:
    book, chain = audit_log(), audit_chain()
    if book is None or chain is None:
        return 0
    blocks = seal(book, chain, read_keys(), everything=everything)
    path = anchor.anchor_path()
    if path is not None:
        # Only what is committed is anchored; what a crash left out is made up for the next time.
        transaction.get().addAfterCommitHook(_extend_anchor, args=(path, chain))
    return len(blocks)


def _extend_anchor(success, path, chain):
    if not success:
        return
    try:
        anchor.extend(path, chain)
    except OSError as error:
        log.error("audit log: %s cannot be written: %s", path, error)

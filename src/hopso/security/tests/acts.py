"""Which test has carried out which operation; every act has its entry in the audit log.

``hopso.conftest`` makes the fixture ``every_act_is_on_record`` one of every test.
"""

import os
from pathlib import Path

from hopso.audit.log import audit_log
from hopso.audit.log import entries
from hopso.core.operation import OperationDone
import pytest
from zope import event


TABLE = Path(__file__).parent / "allowed.txt"
WRITE = "HOPSO_WRITE_ALLOWED"
# Stands in the table for an operation that no test carries out yet: a debt to pay, not a way out.
UNSEEN = "(no test yet)"
_seen: dict[str, str] = {}


def rows() -> dict[str, tuple[str, str]]:
    """Return operation -> (path of a test below the package, name of its function)."""
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        name, _bar, where = line.partition(" | ")
        path, _colons, function = where.partition("::")
        found[name] = (path, function)
    return found


@pytest.fixture(autouse=True)
def every_act_is_on_record(request):
    """After each operation that succeeds the newest entry of its name tells of its object."""
    missing = []

    def watch(done):
        if not isinstance(done, OperationDone) or ".tests." in done.operation.function.__module__:
            return
        name = done.operation.name
        # Rooms' tests may run without the log: then there is nothing to ask.
        if audit_log() is None:
            return
        newest = next(iter(entries(operation=name, limit=1)), None)
        uid = getattr(done.context, "UID", lambda: "")()
        if newest is None or newest.operation != name or newest.uid not in (uid, ""):
            missing.append(name)
        else:
            path = str(Path(request.node.fspath)).rpartition("/hopso/")[2]
            _seen.setdefault(name, f"{path}::{getattr(request.node, 'originalname', request.node.name)}")

    # Behind the subscribers of the component registry, the audit room's among them.
    event.subscribers.append(watch)
    yield
    event.subscribers.remove(watch)
    assert missing == [], "operations without an entry in the audit log"


def write_table() -> None:
    """Write what was seen; what another run has seen stays."""
    if not os.environ.get(WRITE):
        return
    known = {}
    if TABLE.exists():
        known = dict(line.split(" | ", 1) for line in TABLE.read_text("utf-8").splitlines())
    known |= {name: where for name, where in _seen.items() if not name.startswith("test.")}
    TABLE.write_text("".join(f"{name} | {known[name]}\n" for name in sorted(known)), "utf-8")

"""``bin/hopso-audit``: verify, look at, export and archive the audit log.

    hopso-audit verify  --conf zope.conf [--resume FILE] [--keys FILE] [--anchor FILE]
    hopso-audit verify  --archive FILE [--keys FILE]
    hopso-audit status  --conf zope.conf
    hopso-audit export  --conf zope.conf --to FILE [--from dd/mm/yyyy] [--until dd/mm/yyyy]
    hopso-audit archive --conf zope.conf --before dd/mm/yyyy --to FILE
    hopso-audit new-key --keys FILE

Exit codes: 0 all is well, 1 the log is not what was sealed, 2 it could not be done.
"""

import argparse
from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta
import json
import os
from pathlib import Path
import sys


GOOD, PROBLEMS, FAILED = 0, 1, 2


class Failed(Exception):
    """It cannot be done; the text says why."""


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    main = argparse.ArgumentParser(prog="hopso-audit", description="Verify and archive the audit log.")
    commands = main.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", help="find what was changed; exit code 1 if anything was")
    verify.add_argument("--archive", type=Path, help="verify a file of archived blocks instead")
    verify.add_argument("--resume", type=Path, help="go on from what this file says, and write it anew")
    verify.add_argument("--json", action="store_true", help="print JSON")
    status = commands.add_parser("status", help="tell how far the log is sealed")
    export = commands.add_parser("export", help="write entries to a file, one JSON object a line")
    export.add_argument("--to", required=True, type=Path)
    export.add_argument("--from", dest="since", type=day, help="first day, dd/mm/yyyy")
    export.add_argument("--until", type=day, help="last day, dd/mm/yyyy")
    archive = commands.add_parser("archive", help="move approved old blocks to a file")
    archive.add_argument("--before", required=True, type=day, help="entries before this day, dd/mm/yyyy")
    archive.add_argument("--to", required=True, type=Path)
    key = commands.add_parser("new-key", help="add a fresh key to the file of keys")
    key.add_argument("--keys", required=True, type=Path)
    for one in (verify, status, export, archive):
        one.add_argument("--conf", type=Path, required=one is not verify, help="zope.conf of the instance")
        one.add_argument("--id", default=os.environ.get("HOPSO_SITE") or "hopso", help="id of the site")
        one.add_argument("--keys", type=Path, help="file of keys (default: HOPSO_AUDIT_KEYS)")
        one.add_argument("--anchor", type=Path, help="file of hashes (default: HOPSO_AUDIT_ANCHOR)")
    return main


def day(text: str):
    """Read ``22/11/2026``; what argparse calls."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day (dd/mm/yyyy)") from None


def main(args=None) -> int:
    """Carry out the command line *args*; return the exit code."""
    wanted = parser().parse_args(args)
    try:
        return {
            "verify": verify,
            "status": status,
            "export": export,
            "archive": archive,
            "new-key": new_key,
        }[wanted.command](wanted)
    except (Failed, OSError, ValueError) as error:
        sys.stderr.write(f"hopso-audit: {error}\n")
        return FAILED


@contextmanager
def opened(wanted):
    """Open the site; yield (log, chain, keys, path of the anchor or None)."""
    from hopso.audit.anchor import anchor_path
    from hopso.audit.chain import audit_chain
    from hopso.audit.keys import read_keys
    from hopso.audit.log import audit_log
    from hopso.distribution import making
    from zope.component.hooks import setSite

    if wanted.conf is None or not wanted.conf.is_file():
        raise Failed(f"no such file: {wanted.conf}")
    with making.zope(wanted.conf) as app:
        if wanted.id not in app.objectIds():
            raise Failed(f"no site /{wanted.id}")
        setSite(app[wanted.id])
        log, chain = audit_log(), audit_chain()
        if log is None or chain is None:
            raise Failed(f"/{wanted.id} keeps no audit log")
        # Only now: zope.conf may be where the files are named.
        yield log, chain, read_keys(wanted.keys), wanted.anchor or anchor_path()


def verify(wanted) -> int:
    """Verify the log, or a file of archived blocks."""
    from hopso.audit.keys import read_keys
    from hopso.audit.retention import verify_file

    if wanted.archive is not None:
        count = sum(1 for _block in verify_file(wanted.archive, read_keys(wanted.keys)))
        _say(f"{wanted.archive}: {count} blocks, all as they were sealed")
        return GOOD
    from hopso.audit.verify import Verifier

    with opened(wanted) as (log, chain, keys, anchor):
        start = _checkpoint(wanted.resume)
        verifier = Verifier(log, chain, keys, anchor=anchor, start=start, breathe=chain._p_jar.cacheGC)
        seen = verifier.run()
    if wanted.resume is not None and seen.good:
        wanted.resume.write_text(json.dumps({"number": seen.head[0], "hash": seen.head[1]}) + "\n")
    if wanted.json:
        _say(json.dumps(_as_json(seen), ensure_ascii=False))
    else:
        for problem in seen.problems:
            _say(f"NOT AS SEALED  {problem}")
        _say(
            f"{seen.blocks} blocks, {seen.entries} entries verified, {seen.late} came late, "
            f"{seen.waiting} wait for their seal, {seen.archived} are archived"
        )
        if not keys.all:
            _say("no file of keys was named: keyed hashes were not verified")
        if anchor is None:
            _say("no file of hashes outside of the database was named: whoever holds it may write another")
        _say("the log is what was sealed" if seen.good else f"{len(seen.problems)} problems")
    return GOOD if seen.good else PROBLEMS


def _checkpoint(path):
    from hopso.audit.verify import Checkpoint

    if path is None or not path.exists():
        return None
    try:
        said = json.loads(path.read_text())
        return Checkpoint(int(said["number"]), str(said["hash"]))
    except (ValueError, KeyError, TypeError):
        raise Failed(f"{path} is no checkpoint") from None


def _as_json(seen):
    return {
        "good": seen.good,
        "blocks": seen.blocks,
        "entries": seen.entries,
        "waiting": seen.waiting,
        "late": seen.late,
        "archived": seen.archived,
        "head": list(seen.head),
        "problems": [
            {
                "kind": one.kind,
                "text": one.text,
                "block": one.block,
                "shard": one.shard,
                "key": one.key,
                "when": one.when.isoformat() if one.when else None,
            }
            for one in seen.problems
        ],
    }


def status(wanted) -> int:
    """Print a few figures."""
    with opened(wanted) as (_log, chain, keys, anchor):
        last, report = chain.last, chain.report
        _say(f"blocks: {len(chain.blocks)}")
        _say(f"last seal: {last.time:%Y-%m-%d %H:%M:%S} UTC" if last else "last seal: never")
        _say(f"key: {keys.current.id if keys.current else 'none'}")
        _say(f"anchor: {anchor or 'none'}")
        _say(
            f"last verification: {report.when:%Y-%m-%d %H:%M:%S} UTC, {report.problems} problems"
            if report.when
            else "last verification: never"
        )
        archived = [one for one in chain.blocks.values() if one.archived is not None]
        _say(f"archived blocks: {len(archived)}")
        for number, one in chain.approvals.items():
            _say(f"approval {number}: before {one['day']}, {one['decision']}, by {one['who']}")
    return GOOD


def export(wanted) -> int:
    """Write entries to a file, and that it was done to the log."""
    from datetime import time

    from hopso.audit.chain import canonical
    from hopso.audit.log import plain_of
    from hopso.audit.log import record
    from hopso.core.moments import LOCAL
    import transaction

    since = datetime.combine(wanted.since, time(), tzinfo=LOCAL) if wanted.since else None
    until = datetime.combine(wanted.until + timedelta(days=1), time(), tzinfo=LOCAL) if wanted.until else None
    rows = 0
    with opened(wanted) as (log, _chain, _keys, _anchor):
        descriptor = os.open(wanted.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            for entry in log.between(since, until):
                out.write(canonical(plain_of(entry)) + "\n")
                rows += 1
        record("audit.export", who=_account(), details={"rows": rows, "format": "jsonl", "by": "hopso-audit"})
        transaction.commit()
    _say(f"{rows} entries in {wanted.to}")
    return GOOD


def archive(wanted) -> int:
    """Move approved old blocks to a file."""
    from hopso.audit.log import record
    from hopso.audit.retention import archive as take_out
    import transaction

    with opened(wanted) as (log, chain, keys, _anchor):
        numbers = take_out(log, chain, keys, wanted.before, wanted.to, commit=transaction.commit)
        details = {"first": numbers[0], "last": numbers[-1], "before": wanted.before, "file": wanted.to.name}
        record("audit.archived", who=_account(), details=details)
        transaction.commit()
    _say(f"blocks {numbers[0]} to {numbers[-1]} are in {wanted.to}; keep it with the chain")
    return GOOD


def new_key(wanted) -> int:
    """Add a fresh key; blocks are sealed with it from the next minute on."""
    from hopso.audit.keys import add_key

    _say(f"key {add_key(wanted.keys)} was added to {wanted.keys}")
    return GOOD


def _account() -> str:
    """Return who runs the command, as the machine knows it."""
    import getpass

    return f"server:{getpass.getuser()}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

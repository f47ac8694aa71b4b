"""Old blocks go to a file: never by themselves, never without an approval, never without their chain.

The approval is given in the browser, with the number of the decision; whoever
keeps the server then runs ``hopso-audit archive``.  The file is written and
verified before the entries are taken out; headers and hashes of the blocks
stay, so that the chain still verifies.
"""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import time
import hashlib
import json
import os
from pathlib import Path

from hopso import _
from hopso.audit.chain import archive_seal
from hopso.audit.chain import audit_chain
from hopso.audit.chain import AuditChain
from hopso.audit.chain import Block
from hopso.audit.chain import canonical
from hopso.audit.chain import digest_of
from hopso.audit.chain import digest_of_lines
from hopso.audit.chain import hash_of
from hopso.audit.describe import current_user_id
from hopso.audit.keys import Keys
from hopso.audit.log import AuditLog
from hopso.audit.terms import terms_of
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.policy.api import current_policy
from plone.base.interfaces import IPloneSiteRoot
from zope import schema
from zope.interface import Interface


FORMAT = "hopso-audit-archive"
BATCH = 20  # blocks a transaction


class ArchiveRefused(ValueError):
    """Nothing was taken out; the text says why."""


class IApproval(Interface):
    """Up to which day entries may be archived, and who decided so."""

    day = schema.Date(title=_("Entries before this day"))
    decision = schema.TextLine(title=_("Number of the decision"), max_length=100)


def earliest_kept(today: date | None = None, years: int | None = None) -> date:
    """Return the first day whose entries have to stay (default: by the policy in force)."""
    today = today or local(now()).date()
    years = current_policy().audit_retention_years if years is None else years
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year - years, day=28)


@operation(
    "audit.approve_archive",
    IPloneSiteRoot,
    title=_("Approve the archiving of old entries"),
    permission="hopso: Manage policy",
    schema=IApproval,
)
def approve_archive(portal, day, decision):
    """Allow that entries before *day* are archived; whoever keeps the server does it."""
    limit = earliest_kept()
    if day > limit:
        text = _("Entries since ${day} have to be kept.", mapping={"day": f"{limit:%d/%m/%Y}"})
        raise errors.Invalid(_("Please check what you entered."), errors={"day": text})
    if not decision.strip():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"decision": _("Name the decision.")}
        )
    approvals = audit_chain().approvals
    number = approvals.maxKey() + 1 if approvals else 1
    approvals[number] = {
        "day": day.isoformat(),
        "decision": decision.strip(),
        "who": current_user_id(),
        "when": now().isoformat(),
    }


def approval_for(chain: AuditChain, day: date) -> dict | None:
    """Return the latest approval that covers entries before *day*, None without one."""
    for one in reversed(chain.approvals.values()):
        if date.fromisoformat(one["day"]) >= day:
            return one
    return None


def blocks_before(chain: AuditChain, day: date) -> list[Block]:
    """Return the blocks, the oldest first, whose entries are all older than *day* (in Viet Nam)."""
    limit, found = datetime.combine(day, time(), tzinfo=LOCAL), []
    for block in chain.blocks.values():
        if block.archived is not None:
            continue
        last = block.header["last"] or block.header["time"]
        if datetime.fromisoformat(last) >= limit or block.number >= chain.head[0]:
            break
        found.append(block)
    return found


def write(path: Path, log: AuditLog, blocks: list[Block], approval: dict) -> None:
    """Write *blocks* with their entries to a new file.  Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(canonical({FORMAT: 1, "approval": approval, "blocks": len(blocks)}) + "\n")
        for block in blocks:
            out.write(canonical({"block": block.header, "hash": block.hash, "mac": block.mac}) + "\n")
            for shard, key, digest, late in block.lines:
                entry = log.shards[shard].get(key)
                out.write(canonical({"at": [shard, key, digest, late], "entry": entry}) + "\n")
        out.flush()
        os.fsync(out.fileno())


def verify_file(path: Path, keys: Keys) -> Iterator[tuple[dict, str]]:
    """Yield (header, hash) of each block in the file.  Raises ArchiveRefused at the first thing wrong."""
    with path.open(encoding="utf-8") as source:
        try:
            head = json.loads(source.readline())
            if head.get(FORMAT) != 1:
                raise ArchiveRefused(f"{path.name} is no archive of the log")
            previous, count = None, 0
            for line in source:
                header, digest = _read_block(json.loads(line), source, keys)
                if previous is not None and header["previous"] != previous:
                    raise ArchiveRefused(f"block {header['number']} does not follow the one before it")
                previous, count = digest, count + 1
                yield header, digest
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, ArchiveRefused):
                raise
            raise ArchiveRefused(f"{path.name} cannot be read ({error})") from None
    if count != head["blocks"]:
        raise ArchiveRefused(f"{path.name} holds {count} blocks instead of {head['blocks']}")


def _read_block(said, source, keys):
    header = said["block"]
    name = f"block {header['number']}"
    lines = []
    for _number in range(header["count"]):
        one = json.loads(source.readline())
        shard, key, digest, late = one["at"]
        if digest_of(shard, key, one["entry"]) != digest:
            raise ArchiveRefused(f"{name}: entry {shard}/{key} is not what was sealed")
        lines.append(f"{shard} {key} {digest}{' late' if late else ''}\n")
    if digest_of_lines("".join(lines)) != header["entries"] or hash_of(header) != said["hash"]:
        raise ArchiveRefused(f"{name} is not what was sealed")
    key = keys.get(header["key"])
    if key is not None and key.mac(said["hash"]) != said["mac"]:
        raise ArchiveRefused(f"{name} was not sealed with key {key.id}")
    return header, said["hash"]


def archive(
    log: AuditLog,
    chain: AuditChain,
    keys: Keys,
    day: date,
    path: Path,
    *,
    commit: Callable = lambda: None,
) -> list[int]:
    """Write blocks before *day* to *path*, verify the file, then take their entries out.

    Returns the numbers of the blocks.  *commit* is called after each BATCH.
    Raises ArchiveRefused: no approval, nothing to do, or a file that is not good.
    """
    approval = approval_for(chain, day)
    if approval is None:
        raise ArchiveRefused(f"nobody has approved the archiving of entries before {day:%d/%m/%Y}")
    if day > earliest_kept():
        raise ArchiveRefused(f"entries since {earliest_kept():%d/%m/%Y} have to be kept")
    blocks = blocks_before(chain, day)
    if not blocks:
        raise ArchiveRefused(f"there are no blocks before {day:%d/%m/%Y} to archive")
    write(path, log, blocks, approval)
    if [digest for _header, digest in verify_file(path, keys)] != [one.hash for one in blocks]:
        raise ArchiveRefused(f"{path.name} does not hold what was to be archived")
    said = {
        "file": path.name,
        "digest": _file_digest(path),
        "when": now().isoformat(),
        "decision": approval["decision"],
        "key": keys.current.id if keys.current else "",
    }
    numbers = [one.number for one in blocks]
    for position, number in enumerate(numbers, 1):
        _take_out(log, chain, chain.blocks[number], said, keys)
        if position % BATCH == 0 or position == len(numbers):
            commit()
    return numbers


def _take_out(log, chain, block, said, keys):
    for shard, key, _digest, _late in block.lines:
        plain = log.shards[shard].pop(key)
        del chain.sealed[shard][key]
        found = log.by_scope.get(plain.get("scope", ""))
        if found is not None:
            found.pop(key, None)
        for term in terms_of(plain):
            chain.index[term].pop(key, None)
    block.lines = None
    block.archived = dict(said)
    if keys.current:
        block.archived["mac"] = keys.current.mac(archive_seal(block))


def _file_digest(path):
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()

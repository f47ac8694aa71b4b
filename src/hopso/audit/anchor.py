"""The hashes of blocks in a file outside of the database.

``HOPSO_AUDIT_ANCHOR`` names the file.  Whoever holds the database alone can
write another chain, but cannot make it agree with this file: copy it away, or
send it to the log server of the province.  One line a block: number, time,
hash, id of the key, keyed hash ("-" for neither).
"""

from collections.abc import Iterator
from dataclasses import dataclass
import fcntl
import os
from pathlib import Path


VARIABLE = "HOPSO_AUDIT_ANCHOR"
TAIL = 4096
DIGITS = 64


class BadAnchor(ValueError):
    """A line of the file is not one that we wrote."""


@dataclass(frozen=True)
class Anchored:
    """What one line says."""

    number: int
    time: str
    hash: str
    key: str
    mac: str

    def __str__(self):
        return f"{self.number} {self.time} {self.hash} {self.key or '-'} {self.mac or '-'}\n"

    @classmethod
    def parse(cls, line: str) -> "Anchored":
        """Read a line.  Raises BadAnchor."""
        try:
            number, time, digest, key, mac = line.split()
            found = cls(int(number), time, digest, "" if key == "-" else key, "" if mac == "-" else mac)
        except ValueError:
            raise BadAnchor(line.strip()[:40]) from None
        if len(found.hash) != DIGITS or len(found.mac) not in (0, DIGITS):
            raise BadAnchor(line.strip()[:40])
        return found

    @classmethod
    def of(cls, block) -> "Anchored":
        """Return the line of a block."""
        return cls(block.number, block.header["time"], block.hash, block.header["key"], block.mac)


def anchor_path() -> Path | None:
    """Return where the deployment anchors its chain, None if it names no file."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number of the line from 1, text) of the file; nothing if it is missing."""
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as source:
        for number, line in enumerate(source, 1):
            if line.strip():
                yield number, line


def extend(path: Path, chain) -> int:
    """Append what the file does not have of *chain* yet; return how many lines that were.

    Several workers may do it at once: the file is locked meanwhile.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii", errors="replace") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        last, torn = _last(out)
        missing = [Anchored.of(block) for block in chain.blocks.values(last + 1)]
        if missing:
            # A line that a full disk cut short is closed, not continued.
            out.write(("\n" if torn else "") + "".join(str(one) for one in missing))
            out.flush()
            os.fsync(out.fileno())
    return len(missing)


def _last(out) -> tuple[int, bool]:
    """Return the number of the last block in the file (0: none), and whether its last line is cut."""
    end = out.seek(0, os.SEEK_END)
    out.seek(max(0, end - TAIL))
    text = out.read()
    out.seek(0, os.SEEK_END)
    for line in reversed(text.splitlines()):
        try:
            return Anchored.parse(line).number, not text.endswith("\n")
        except BadAnchor:
            continue
    return 0, bool(text) and not text.endswith("\n")

"""The key with which blocks are sealed: kept in a file outside of the database.

``HOPSO_AUDIT_KEYS`` names the file.  Each line is one key: its id, since when it
is used (ISO, UTC) and 64 hexadecimal digits.  The last line is the key in use;
older ones stay, so that what they sealed can be verified.
"""

from dataclasses import dataclass
from datetime import datetime
import hashlib
import hmac
import os
from pathlib import Path
import secrets

from hopso.core.text import now


VARIABLE = "HOPSO_AUDIT_KEYS"


class BadKeyFile(ValueError):
    """The file of keys cannot be read; the text says what is wrong, never a key."""


@dataclass(frozen=True)
class Key:
    """One key; *since*: aware, UTC, from when on blocks are sealed with it."""

    id: str
    since: datetime
    secret: bytes

    def mac(self, text: str) -> str:
        """Return the keyed hash of *text*, hexadecimal."""
        return hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Keys:
    """The keys of a deployment, the oldest first; none at all is possible."""

    all: tuple[Key, ...] = ()

    @property
    def current(self) -> Key | None:
        """The key in use."""
        return self.all[-1] if self.all else None

    def get(self, key_id: str) -> Key | None:
        """Return the key with this id."""
        return next((one for one in self.all if one.id == key_id), None)


def key_path() -> Path | None:
    """Return where the deployment keeps its keys, None if it names no file."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def read_keys(path: Path | None = None) -> Keys:
    """Return the keys in *path* (default: of the deployment).  Raises BadKeyFile.

    Without a file named there are no keys; a file that is named has to be there.
    """
    path = path or key_path()
    if path is None:
        return Keys()
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKeyFile(f"{path}: {getattr(error, 'strerror', None) or 'not a text file'}") from None
    found = [_read(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len({one.id for one in found}) != len(found):
        raise BadKeyFile(f"{path}: two keys have the same id")
    if not found:
        raise BadKeyFile(f"{path}: no key")
    return Keys(tuple(found))


def _read(path, number, line):
    try:
        key_id, since, digits = line.split()
        key = Key(key_id, datetime.fromisoformat(since), bytes.fromhex(digits))
    except ValueError:
        raise BadKeyFile(f"{path}, line {number}: not an id, a moment and a key") from None
    if len(key.secret) < 32 or key.since.tzinfo is None:
        raise BadKeyFile(f"{path}, line {number}: the key is too short, or its moment has no zone")
    return key


def new_key_line(moment: datetime | None = None) -> str:
    """Return the line of a fresh key."""
    moment = (moment or now()).replace(microsecond=0)
    return f"k{moment:%Y%m%d}-{secrets.token_hex(3)} {moment.isoformat()} {secrets.token_hex(32)}\n"


def add_key(path: Path) -> str:
    """Append a fresh key to *path* (made, readable by its owner only, if it is missing); return its id."""
    line = new_key_line()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
        out.write(line)
    return line.split()[0]

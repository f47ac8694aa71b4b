"""Secrets at rest: encrypted with a key that is not in the database.

``HOPSO_KEY_FILE`` names a file with one key a line; the first one seals, all of
them open, so that a key can be replaced.  Without a file secrets are stored as
they are, and the health page says so.
"""

import base64
import hashlib
import os
from pathlib import Path


VARIABLE = "HOPSO_KEY_FILE"
SEALED, PLAIN = "sealed:", "plain:"


class NoKey(Exception):
    """A sealed secret cannot be opened: the key file is missing, or it is another one."""


def keys() -> list[bytes]:
    """Return the keys of the key file, the present one first; none without a file."""
    path = os.environ.get(VARIABLE, "").strip()
    if not path:
        return []
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError as error:
        raise NoKey(str(error)) from error
    return [line.strip().encode() for line in lines if line.strip()]


def _fernet(found):
    # Not everybody who runs the site without a key has the library.
    from cryptography.fernet import Fernet
    from cryptography.fernet import MultiFernet

    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(one).digest())) for one in found])


def seal(secret: str) -> str:
    """Return what to store of a secret.  Raises NoKey if the key file cannot be read."""
    found = keys()
    if not found:
        return PLAIN + secret
    return SEALED + _fernet(found).encrypt(secret.encode()).decode()


def open_seal(stored: str) -> str:
    """Return the secret that was stored.  Raises NoKey."""
    if stored.startswith(PLAIN):
        return stored.removeprefix(PLAIN)
    found = keys()
    if not found:
        raise NoKey(f"{VARIABLE} is not set")
    from cryptography.fernet import InvalidToken

    try:
        return _fernet(found).decrypt(stored.removeprefix(SEALED).encode()).decode()
    except InvalidToken as error:
        raise NoKey("sealed with another key") from error

"""Robot keywords about one-time codes: what the app on a telephone shows (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


STEP = 30  # seconds


def code_for(key: str, steps: int = 0) -> str:
    """Return the code of a key now, or so many time steps later."""
    secret = base64.b32decode(key.replace(" ", "") + "=" * (-len(key.replace(" ", "")) % 8))
    counter = struct.pack(">Q", int(time.time()) // STEP + int(steps))
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"

"""User names: proposed from the name of a person, the way offices write them."""

from collections.abc import Callable
import re
import unicodedata


# Group ids contain a colon, so no user name may; the rest is what people can type anywhere.
PATTERN = re.compile(r"[a-z][a-z0-9._-]{2,39}")
RESERVED = frozenset(("admin", "system", "anonymous", "hopso-worker", "manager", "root", "nobody"))


def is_proper(user_id: str) -> bool:
    """Tell whether *user_id* may be a user name (3 to 40 letters, digits, ``.``, ``_``, ``-``)."""
    return bool(PATTERN.fullmatch(user_id or "")) and user_id not in RESERVED


def without_accents(text: str) -> str:
    """Return *text* in small letters without tones and other marks, ``đ`` as ``d``."""
    parts = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def proposed(fullname: str, taken: Callable[[str], bool]) -> str:
    """Return a free user name: the given name, then the initials of the rest, then a number.

    ``Nguyễn Văn Bình`` -> ``binhnv``, ``binhnv2`` if that is taken.
    """
    words = ["".join(re.findall(r"[a-z0-9]+", word)) for word in without_accents(fullname).split()]
    words = [word for word in words if word]
    base = (words[-1] + "".join(word[0] for word in words[:-1])) if words else ""
    base = base[:30] if base[:1].isalpha() else f"u{base}"[:30]
    if len(base) < 3:
        base += ".nd"  # người dùng
    number, candidate = 1, base
    while not is_proper(candidate) or taken(candidate):
        number += 1
        candidate = f"{base}{number}"
    return candidate

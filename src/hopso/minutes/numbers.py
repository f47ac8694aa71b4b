"""Numbers of minutes and notices: one series a unit, year and kind.

Decree 30/2020/NĐ-CP: a body numbers its documents from 01 in every year;
``05/BB-UBND`` has a leading zero below 10.  Each series is a BTree of its own
with one key a number: two people who issue at once write the same key, one of
them meets a conflict, is repeated by the publisher and gets the next number.
"""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core import errors
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.numbers"
KIND_CODES = {"Minutes": "BB", "ConclusionNotice": "TB"}
HIGHEST = 999_999


def ensure_store(portal):
    """Make the store if it is missing (installation only)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    return annotations[KEY]


def series(portal, unit_id: str, year: int, kind: str):
    """Return the series (number -> UID) of a unit, year and kind; empty if nothing was issued."""
    return ensure_store(portal).get(f"{unit_id}:{year}:{kind}", {})


def next_number(portal, unit_id: str, year: int, kind: str) -> int:
    """Return the number after the highest given one."""
    numbers = series(portal, unit_id, year, kind)
    return numbers.maxKey() + 1 if numbers else 1


def take_number(portal, unit_id: str, year: int, kind: str, uid: str, wanted: int | None = None) -> int:
    """Give *uid* the number *wanted*, or the next one.  Raises EditConflict if it is taken."""
    store = ensure_store(portal)
    key = f"{unit_id}:{year}:{kind}"
    if key not in store:
        store[key] = IOBTree()
    numbers = store[key]
    number = wanted or (numbers.maxKey() + 1 if numbers else 1)
    if number in numbers:
        raise errors.EditConflict(
            _("Number ${number} has been given already.", mapping={"number": str(number)}),
            errors={"number": _("This number has been given already.")},
        )
    numbers[number] = uid
    return number


def symbol(number: int, kind: str, unit_code: str) -> str:
    """Return number and symbol: ``05/BB-UBND``."""
    return f"{number:02d}/{kind}-{unit_code}"

"""What is kept of a room besides its fields: inspections and the versions of its rules.

Small records in BTrees on the room, one key each; nothing is overwritten.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations


INSPECTIONS, RULES = "hopso.inventory.inspections", "hopso.inventory.room_rules"


@dataclass(frozen=True)
class Inspection:
    """An inspection of a room: on a day, by somebody, with a result for each criterion.

    ok: whether the room met the standard; valid_until: last day, or None; who, when:
    who entered it (user id, UTC).
    """

    on: date
    inspector: str
    results: dict
    ok: bool
    document: str
    valid_until: date | None
    note: str
    who: str
    when: datetime


@dataclass(frozen=True)
class RoomRules:
    """One version of the rules of a room (nội quy): its text, the document, since when it is posted by whom."""

    version: int
    text: str
    document: str
    posted_on: date
    posted_by: str
    who: str
    when: datetime


def add_record(room, kind: str, key, record) -> None:
    """Keep a record under *kind*; *key* sorts them."""
    kept = IAnnotations(room)
    if kind not in kept:
        kept[kind] = OOBTree()
    kept[kind][key] = record


def inspections_of(room) -> list[Inspection]:
    """Return the inspections of a room, the latest day first."""
    found = IAnnotations(room).get(INSPECTIONS, {}).values()
    return sorted(found, key=lambda one: (one.on, one.when), reverse=True)


def rules_of(room) -> list[RoomRules]:
    """Return the versions of the rules of a room, the latest first."""
    return sorted(IAnnotations(room).get(RULES, {}).values(), key=lambda one: one.version, reverse=True)


def current_rules(room) -> RoomRules | None:
    """Return the rules that hold, None if none were posted."""
    return next(iter(rules_of(room)), None)

"""Who holds which function in which unit.

The records live in two BTrees on the site (by person and by unit), so that a
change writes two small buckets and no content object.  Groups of the form
``unit:<unit id>:<function>`` are computed from them by ``groups.py``.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso import _
from hopso.core import errors
from hopso.core.text import now
from hopso.organisation.interfaces import FUNCTIONS
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.assignments"


@dataclass(frozen=True)
class Assignment:
    """One function of one person in one unit; ``since`` and ``until`` are aware datetimes or None."""

    unit: str
    function: str
    position: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def current(self, moment: datetime) -> bool:
        """Tell whether it holds at *moment* (aware)."""
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)

    def past(self, moment: datetime) -> bool:
        """Tell whether it has ended by *moment* (aware)."""
        return self.until is not None and self.until <= moment


class AssignmentStore(Persistent):
    """All assignments of the site."""

    def __init__(self):
        self.by_user = OOBTree()  # user id -> tuple of Assignment
        self.by_unit = OOBTree()  # unit id -> OOTreeSet of user ids

    def of_user(self, user_id: str, moment: datetime | None = None) -> list[Assignment]:
        """Return the assignments of a person that hold at *moment* (default: now)."""
        moment = moment or now()
        return [one for one in self.by_user.get(user_id, ()) if one.current(moment)]

    def of_unit(self, unit_id: str, *functions: str) -> list[tuple[str, Assignment]]:
        """Return (user id, assignment) of a unit, only of *functions* if any are given."""
        return [
            (user_id, one)
            for user_id in self.by_unit.get(unit_id, ())
            for one in self.of_user(user_id)
            if one.unit == unit_id and (not functions or one.function in functions)
        ]

    def assign(self, user_id: str, assignment: Assignment) -> None:
        """Give a person a function; the same function in the same unit is replaced, what is past stays."""
        if assignment.function not in FUNCTIONS:
            raise errors.Invalid(_("Unknown function."), errors={"function": _("Unknown function.")})
        moment = max(now(), assignment.since or now())
        kept = [
            one
            for one in self.by_user.get(user_id, ())
            if (one.unit, one.function) != (assignment.unit, assignment.function) or one.past(moment)
        ]
        self.by_user[user_id] = (*kept, assignment)
        if assignment.unit not in self.by_unit:
            self.by_unit[assignment.unit] = OOTreeSet()
        self.by_unit[assignment.unit].insert(user_id)

    def history_of(self, user_id: str) -> list[Assignment]:
        """Return every assignment of a person, past and to come ones too, in the order of their making."""
        return list(self.by_user.get(user_id, ()))

    def end(self, user_id: str, unit_id: str, function: str, moment: datetime | None = None) -> bool:
        """End a function at *moment* (default: now); it stays in the history.  Tell whether it was held.

        What was to begin only later is dropped: it never was.
        """
        moment = moment or now()
        found, kept = False, []
        for one in self.by_user.get(user_id, ()):
            if (one.unit, one.function) == (unit_id, function) and not one.past(moment):
                found = True
                if one.since is not None and one.since > moment:
                    continue
                one = replace(one, until=moment)
            kept.append(one)
        if found:
            self.by_user[user_id] = tuple(kept)
        return found

    def withdraw(self, user_id: str, unit_id: str, function: str) -> None:
        """Take a function away; nothing happens if it was not held."""
        kept = tuple(
            one for one in self.by_user.get(user_id, ()) if (one.unit, one.function) != (unit_id, function)
        )
        self.by_user[user_id] = kept
        if not any(one.unit == unit_id for one in kept) and unit_id in self.by_unit:
            members = self.by_unit[unit_id]
            if user_id in members:
                members.remove(user_id)

    def hand_over(self, user_id: str, function: str, source: str, target: str, moment: datetime) -> None:
        """End a function in *source* at *moment* and give it in *target* from then on.

        The ended one stays in the record.  Who holds it in *target* already keeps
        it as it is; an end that was agreed stays agreed.
        """
        kept, since, held = [], [], False
        for one in self.by_user.get(user_id, ()):
            if (one.unit, one.function) == (source, function) and (one.until is None or moment < one.until):
                since.append(replace(one, unit=target, since=max(one.since or moment, moment)))
                kept.append(replace(one, until=moment))
                continue
            ends_later = one.until is None or moment < one.until
            held = held or ((one.unit, one.function) == (target, function) and ends_later)
            kept.append(one)
        self.by_user[user_id] = (*kept, *(() if held else since[:1]))
        if target not in self.by_unit:
            self.by_unit[target] = OOTreeSet()
        self.by_unit[target].insert(user_id)


def assignment_store() -> AssignmentStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> AssignmentStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = AssignmentStore()
    return annotations[KEY]


def functions_of(user_id: str) -> list[Assignment]:
    """Return what a person is now, in which units."""
    return assignment_store().of_user(user_id)


def units_of(user_id: str) -> list[str]:
    """Return the ids of the units a person belongs to, each once, first assignment first."""
    return list(dict.fromkeys(one.unit for one in functions_of(user_id)))

"""The decision on urgent meetings, delegated to a named person by a document (NA-3.1/2)."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime

from BTrees.OOBTree import OOBTree
from hopso.core.text import now
from hopso.organisation.place import unit_of
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.meetings.delegations"


@dataclass(frozen=True)
class Delegation:
    """A person decides in the place of the holder of the role, for meetings below a unit.

    person, by: user ids; unit: id of the unit in which the holder holds the role;
    document, dated: of the delegation; since, until: aware datetimes (UTC), until None: open.
    """

    person: str
    unit: str
    document: str
    dated: date | None
    since: datetime
    until: datetime | None
    by: str

    def current(self, moment: datetime) -> bool:
        """Tell whether it holds at *moment* (aware)."""
        return self.since <= moment and (self.until is None or moment < self.until)


def _store(write: bool = False):
    annotations = IAnnotations(api.portal.get())
    if write and KEY not in annotations:
        annotations[KEY] = OOBTree()
    return annotations.get(KEY, {})


def delegations_in(unit_id: str) -> list[tuple[str, Delegation]]:
    """Return (key, delegation) of a unit, the latest first, ended ones too."""
    found = [(key, one) for key, one in _store().items() if one.unit == unit_id]
    return found[::-1]


def keep(delegation: Delegation) -> str:
    """Keep a delegation; return its key."""
    key = f"{delegation.since.timestamp():017.3f}-{delegation.unit}-{delegation.person}"
    _store(write=True)[key] = delegation
    return key


def end(key: str) -> Delegation:
    """End a delegation now; it stays on record.  Raises KeyError."""
    store, moment = _store(write=True), now()
    store[key] = replace(store[key], until=min(moment, store[key].until or moment))
    return store[key]


def current_of(user_id: str) -> list[Delegation]:
    """Return the delegations that a person holds now."""
    moment = now()
    return [one for one in _store().values() if one.person == user_id and one.current(moment)]


def delegates_for(meeting) -> list[str]:
    """Return the user ids of those who decide on *meeting* now by delegation, in its unit or one above."""
    store = _store()
    if not store:
        return []
    above, unit = set(), unit_of(meeting)
    while unit is not None:
        above.add(unit.getId())
        unit = unit_of(unit.__parent__)
    moment = now()
    return list(
        dict.fromkeys(one.person for one in store.values() if one.unit in above and one.current(moment))
    )

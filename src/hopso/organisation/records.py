"""What the house remembers of its units beside the units themselves.

One store on the site: the changes of each unit (former names, former parents,
decisions), reorganisations that are planned or at work, and when the data of a
unit was last confirmed.  Each unit has keys of its own, so that two
administrators who confirm at once do not meet.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.organisation"
PLANNED, QUEUED, DONE, FAILED, CANCELLED = "planned", "queued", "done", "failed", "cancelled"


@dataclass(frozen=True)
class Decision:
    """On what a reorganisation rests: number and day of the decision, why, and from which day it holds."""

    number: str
    day: date
    reason: str
    effective: date


@dataclass(frozen=True)
class Change:
    """Something that happened to a unit; ``effective`` is the first day on which it holds.

    kind: founded, renamed, moved, merged (into others), absorbed (others), split,
    closed, reopened or changed; before, after: (field, value) pairs of what was
    changed, values plain; others: ids of the units that it happened with;
    recorded_at: aware, UTC; recorded_by: user id.
    """

    kind: str
    effective: date
    recorded_at: datetime
    recorded_by: str
    decision: str = ""
    decided_on: date | None = None
    reason: str = ""
    before: tuple = ()
    after: tuple = ()
    others: tuple = ()

    def former(self, name: str):
        """Return (True, value before) if *name* was changed, else (False, None)."""
        for one, value in self.before:
            if one == name:
                return True, value
        return False, None


@dataclass(frozen=True)
class Plan:
    """A reorganisation that waits for its day, is at work, or is over.

    steps: of ``planning.Step``; unit: id of the unit that it was asked for at, ""
    for the province; status: one of the names above; done, total: effects carried out.
    """

    id: str
    unit: str
    steps: tuple
    decision: Decision
    recorded_at: datetime
    recorded_by: str
    status: str = PLANNED
    problem: str = ""
    finished_at: datetime | None = None
    result: tuple = field(default=())  # ids of units that were made


@dataclass(frozen=True)
class Confirmation:
    """Somebody looked at the data of a unit and found it right; ``at`` is aware, UTC."""

    at: datetime
    by: str
    note: str = ""


class OrganisationStore(Persistent):
    """The store of the site."""

    def __init__(self):
        self.changes = OOBTree()  # unit id -> tuple of Change, in the order of their days
        self.plans = OOBTree()  # plan id -> Plan
        self.confirmations = OOBTree()  # unit id -> Confirmation, the latest

    def add_change(self, unit_id: str, change: Change) -> None:
        """Remember a change of a unit."""
        kept = (*self.changes.get(unit_id, ()), change)
        self.changes[unit_id] = tuple(sorted(kept, key=lambda one: (one.effective, one.recorded_at)))

    def changes_of(self, unit_id: str) -> tuple[Change, ...]:
        """Return the changes of a unit, the oldest first."""
        return self.changes.get(unit_id, ())


def organisation_store() -> OrganisationStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> OrganisationStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OrganisationStore()
    return annotations[KEY]

"""What units hold, and what a reorganisation would do with it: plain values.

``planning.py`` works them out, previews show them, ``carrying_out.py`` applies them.
"""

from dataclasses import dataclass
from dataclasses import field
import hashlib

from hopso.organisation.tree import UnitFacts


# What of a holding, beside people, goes to a successor.
THINGS = ("meetings", "rooms", "devices", "invitations", "preparing")


@dataclass
class Holding:
    """What a unit holds that cannot stay when it is closed.

    people: ids of accounts at home there; functions: (user id, function);
    meetings: open meetings that it hosts; rooms: its rooms; devices: its devices; invitations: open
    meetings that invite the unit; preparing: open meetings that it prepares.
    All but the first two lead from UID to title.  sitting: titles of the meetings
    that are in session now.
    """

    people: set = field(default_factory=set)
    functions: set = field(default_factory=set)
    meetings: dict = field(default_factory=dict)
    rooms: dict = field(default_factory=dict)
    devices: dict = field(default_factory=dict)
    invitations: dict = field(default_factory=dict)
    preparing: dict = field(default_factory=dict)
    sitting: tuple = ()

    def empty(self) -> bool:
        """Tell whether nothing has to find a new place."""
        return not (self.people or self.functions or any(getattr(self, name) for name in THINGS))


@dataclass(frozen=True)
class Create:
    """A new unit; ``facts.id`` is its ``new:…`` id."""

    facts: UnitFacts
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rename:
    """Another name or code."""

    unit: str
    title: str
    code: str


@dataclass(frozen=True)
class Move:
    """Another parent ("" for the top); everything below goes along."""

    unit: str
    parent: str


@dataclass(frozen=True)
class HandOver:
    """What goes from one unit to another; sorted tuples, see ``Holding``."""

    source: str
    target: str
    people: tuple = ()
    functions: tuple = ()
    meetings: tuple = ()
    rooms: tuple = ()
    devices: tuple = ()
    invitations: tuple = ()
    preparing: tuple = ()


@dataclass(frozen=True)
class Close:
    """The last day of a unit is the one before the reorganisation."""

    unit: str
    successors: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Problem:
    """Why a step is impossible; ``step`` counts from 1, 0: the whole."""

    step: int
    text: object


@dataclass(frozen=True)
class Draft:
    """What would happen: effects in order, and why it cannot (no problem: it can)."""

    effects: tuple
    problems: tuple[Problem, ...]

    @property
    def digest(self) -> str:
        """Tell one draft from another: it changes when anything that would move changes."""
        return hashlib.sha256(repr(self.effects).encode()).hexdigest()[:24]

    def size(self) -> int:
        """Return how many things would be written, roughly."""
        return sum(
            1
            if not isinstance(one, HandOver)
            else len(one.people)
            + 5 * len(one.meetings)
            + len(one.rooms)
            + len(one.devices)
            + len(one.invitations)
            for one in self.effects
        )

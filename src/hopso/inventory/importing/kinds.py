"""What can be imported: one Kind a list, with its columns and what a row means.

Another room adds its own:

    register_kind(Kind("sites", _("Sites"), COLUMNS, SitePlanner, export))
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field

from hopso.core.sheets import Column
from hopso.core.sheets import Row


CREATE, CHANGE, SAME, BAD = "create", "change", "same", "bad"
ACTIONS = (CREATE, CHANGE, SAME, BAD)


@dataclass
class Planned:
    """What is to be done with one row.

    key: what the thing is known by; title: its name; values: of the row, checked;
    changes: names of the columns that differ from what is known; problems: (column
    or "", translatable text), any makes the row BAD; thing: what it changes, if any.
    """

    number: int
    action: str = SAME
    key: str = ""
    title: str = ""
    values: dict = field(default_factory=dict)
    changes: tuple = ()
    problems: list = field(default_factory=list)
    thing: object = None


class Planner:
    """Plans the rows of one file for the unit it was handed in at; carries one out by operations."""

    def __init__(self, unit):
        self.unit = unit

    def plan(self, row: Row) -> Planned:
        """Return what is to be done with a row; writes nothing."""
        raise NotImplementedError

    def carry_out(self, planned: Planned) -> None:
        """Do what is planned for a row, by the operations that a form would call."""
        raise NotImplementedError


@dataclass(frozen=True)
class Kind:
    """One list: name in code, its title, its columns, the class of its Planner.

    rows: with a unit, what is there as dicts by column, with the rights of the
    reader; lists: with a unit, column -> texts that may be chosen in the template.
    """

    name: str
    title: object
    columns: tuple[Column, ...]
    planner: type[Planner]
    rows: Callable
    lists: Callable = lambda unit: {}


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    """Make *kind* one that can be imported; the same name again replaces it."""
    _kinds[kind.name] = kind
    return kind


def find_kind(name: str) -> Kind | None:
    """Return a kind by its name, None if there is none."""
    return _kinds.get(name)


def kinds() -> list[Kind]:
    """Return all kinds in the order of their names."""
    return [_kinds[name] for name in sorted(_kinds)]


def tally(plan) -> dict[str, int]:
    """Return how many rows there are of each action."""
    counts = dict.fromkeys(ACTIONS, 0)
    for one in plan:
        counts[one.action] += 1
    return counts

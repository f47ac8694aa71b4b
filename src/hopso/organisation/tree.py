"""All units at a glance: one catalog query, nothing woken up."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from hopso.core.text import collation_key
from hopso.core.text import local
from hopso.core.text import now
from plone import api


def today() -> date:
    """Return the present day in Viet Nam."""
    return local(now()).date()


@dataclass(frozen=True)
class UnitFacts:
    """What lists, pictures and plans need of a unit; ``parent`` is "" directly under /don-vi.

    valid_from, valid_to: its first and last day, None if unknown or open.
    """

    id: str
    title: str
    code: str = ""
    parent: str = ""
    unit_type: str = "department"
    sector: str = "state"
    level: str = "province"
    head: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple = ()
    successors: tuple = ()
    official_email: str = ""
    telephone: str = ""
    path: str = ""

    def alive(self, day: date | None = None) -> bool:
        """Tell whether it exists on *day* (default: today)."""
        return exists(self.valid_from, self.valid_to, day or today())

    def closed(self, day: date | None = None) -> bool:
        """Tell whether its last day was before *day* (default: today)."""
        return self.valid_to is not None and self.valid_to < (day or today())


def exists(first: date | None, last: date | None, day: date) -> bool:
    """Tell whether *day* lies from *first* to *last* (both included, None: open)."""
    return (first is None or first <= day) and (last is None or day <= last)


def is_closed(unit) -> bool:
    """Tell whether a unit's last day is over."""
    return unit.valid_to is not None and unit.valid_to < today()


# What the catalog keeps of a unit, in this order (see ``indexers.unit_facts``).
KEPT = (
    "code", "unit_type", "sector", "level", "head", "valid_from", "valid_to", "predecessors", "successors",
    "official_email", "telephone",
)  # fmt: skip


def facts_of(unit) -> tuple:
    """Return what the catalog keeps of *unit*."""
    return tuple(getattr(unit, name, None) for name in KEPT)


def all_units() -> dict[str, UnitFacts]:
    """Return id -> facts of every unit of the site, closed ones included, whoever asks."""
    catalog = api.portal.get_tool("portal_catalog")
    brains = {brain.getPath(): brain for brain in catalog.unrestrictedSearchResults(portal_type="Unit")}
    found = {}
    for path, brain in brains.items():
        above = path.rpartition("/")[0]
        kept = brain.unit_facts if isinstance(brain.unit_facts, tuple) else ()
        values = {name: value for name, value in zip(KEPT, kept, strict=False) if value is not None}
        parent = brains[above].getId if above in brains else ""
        found[brain.getId] = UnitFacts(brain.getId, brain.Title, parent=parent, path=path, **values)
    return found


def find_unit(unit_id: str):
    """Return the unit with this id, whatever the user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="Unit", getId=unit_id):
        return brain._unrestrictedGetObject()
    return None


def children_of(units: dict[str, UnitFacts]) -> dict[str, list[UnitFacts]]:
    """Return parent id -> units directly below it, by name; a missing parent counts as the top."""
    found: dict[str, list[UnitFacts]] = {}
    for one in units.values():
        found.setdefault(one.parent if one.parent in units else "", []).append(one)
    for below in found.values():
        below.sort(key=lambda one: collation_key(one.title))
    return found


def above(units: dict[str, UnitFacts], unit_id: str) -> list[str]:
    """Return the ids of the units above one, the nearest first; stops at a circle."""
    found, current = [], units[unit_id].parent if unit_id in units else ""
    while current and current in units and current not in found:
        found.append(current)
        current = units[current].parent
    return found


def below(units: dict[str, UnitFacts], unit_id: str) -> list[str]:
    """Return the ids of all units below one, each after its parent."""
    children, found, todo = children_of(units), [], [unit_id]
    while todo:
        for one in children.get(todo.pop(0), ()):
            found.append(one.id)
            todo.append(one.id)
    return found


def with_changes(units: dict[str, UnitFacts], changes: dict[str, dict]) -> dict[str, UnitFacts]:
    """Return *units* with other values for some of them: id -> field -> value."""
    return {key: replace(one, **changes.get(key, {})) for key, one in units.items()}

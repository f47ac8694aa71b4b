"""What a reorganisation does, worked out before anything is touched.

Pure: from the units and what they hold, and the steps wanted, to a list of
effects that ``carrying_out.py`` applies one after the other.  The preview shows
the same effects, so that nothing moves that was not shown.

Units are named by id or by code; a unit that a step makes is known to later
steps by its code, until it exists its id is ``new:<number>``.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from hopso import _
from hopso.organisation.effects import Close
from hopso.organisation.effects import Create
from hopso.organisation.effects import Draft
from hopso.organisation.effects import HandOver
from hopso.organisation.effects import Holding
from hopso.organisation.effects import Move
from hopso.organisation.effects import Problem
from hopso.organisation.effects import Rename
from hopso.organisation.effects import THINGS
from hopso.organisation.tree import above
from hopso.organisation.tree import UnitFacts


RENAME, MOVE, MERGE, SPLIT, CLOSE = "rename", "move", "merge", "split", "close"
KINDS = (RENAME, MOVE, MERGE, SPLIT, CLOSE)
TOP = "/"  # written as a parent: directly under /don-vi
NEW = "new:"


@dataclass(frozen=True)
class NewUnit:
    """A unit to be made; empty values are taken over from the unit it comes from."""

    title: str
    code: str
    parent: str = ""  # id, code, TOP, or "": where the (first) unit it comes from stands
    unit_type: str = ""
    sector: str = ""
    level: str = ""
    head: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a split: a new unit, or ``into`` an existing one, with its people and units below."""

    new: NewUnit | None = None
    into: str = ""
    people: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One wish: see the functions ``_rename`` … for what each kind needs."""

    kind: str
    units: tuple[str, ...]
    into: str = ""
    new: NewUnit | None = None
    title: str = ""
    code: str = ""
    parts: tuple[Part, ...] = ()
    keep: bool = False  # split: the unit itself goes on with what no part takes


class _Refused(Exception):
    def __init__(self, text):
        super().__init__(str(text))
        self.text = text


class _Planner:
    """The units as they would be after the steps so far."""

    def __init__(self, units, holdings, day):
        self.units = dict(units)
        self.holdings = holdings
        self.day = day
        self.effects = []
        self.made = 0

    # -- looking up --

    def find(self, name: str) -> str:
        """Return the id of a living unit by id or code."""
        if name in self.units:
            return self.living(name)
        found = [one.id for one in self.units.values() if _same(one.code, name) and self.lives(one)]
        if not found:
            raise _Refused(_("There is no unit “${name}”.", mapping={"name": name}))
        if len(found) > 1:
            raise _Refused(_("Several units have the code “${name}”.", mapping={"name": name}))
        return found[0]

    def living(self, unit_id: str) -> str:
        if not self.lives(self.units[unit_id]):
            raise _Refused(
                _("“${title}” does not exist on that day.", mapping={"title": self.units[unit_id].title})
            )
        return unit_id

    def lives(self, one) -> bool:
        return one.alive(self.day)

    def parent_of(self, name: str) -> str:
        return "" if name == TOP else self.find(name)

    def holding(self, unit_id: str) -> Holding:
        return self.holdings.setdefault(unit_id, Holding())

    def children(self, unit_id: str) -> list[str]:
        return [one.id for one in self.units.values() if one.parent == unit_id and self.lives(one)]

    # -- effects --

    def create(self, new: NewUnit, sources) -> str:
        first = self.units[sources[0]]
        if not new.title.strip() or not new.code.strip():
            raise _Refused(_("The new unit needs a name and a code."))
        self.made += 1
        facts = UnitFacts(
            f"{NEW}{self.made}",
            new.title.strip(),
            new.code.strip(),
            self.parent_of(new.parent) if new.parent else first.parent,
            new.unit_type or first.unit_type,
            new.sector or first.sector,
            new.level or first.level,
            new.head,
            valid_from=self.day,
            predecessors=tuple(sources),
        )
        self.units[facts.id] = facts
        self.effects.append(Create(facts, tuple(sources)))
        return facts.id

    def move(self, unit_id: str, parent: str) -> None:
        if parent and (parent == unit_id or unit_id in above(self.units, parent)):
            raise _Refused(
                _("“${title}” cannot stand below itself.", mapping={"title": self.units[unit_id].title})
            )
        if self.units[unit_id].parent != parent:
            self.units[unit_id] = replace(self.units[unit_id], parent=parent)
            self.effects.append(Move(unit_id, parent))

    def hand_over(self, source: str, target: str, people=None, everything: bool = True) -> None:
        """Give what *source* holds to *target*; *people*: only these, without meetings and rooms."""
        one, other = self.holding(source), self.holding(target)
        if one.sitting and everything:
            titles = ", ".join(one.sitting)
            raise _Refused(_("In session at this moment: ${titles}.", mapping={"titles": titles}))
        moved = set(one.people) if people is None else one.people & set(people)
        functions = (
            set(one.functions) if people is None else {pair for pair in one.functions if pair[0] in people}
        )
        kept = {} if everything else None
        effect = HandOver(
            source,
            target,
            tuple(sorted(moved)),
            tuple(sorted(functions)),
            *(tuple(sorted(getattr(one, name).items())) if everything else () for name in THINGS),
        )
        one.people -= moved
        one.functions -= functions
        other.people |= moved
        other.functions |= functions
        if kept is not None:
            for name in THINGS:
                getattr(other, name).update(getattr(one, name))
                setattr(one, name, {})
        if effect != HandOver(source, target):
            self.effects.append(effect)

    def close(self, unit_id: str, successors, kind: str) -> None:
        one = self.units[unit_id]
        last = self.day - timedelta(days=1)
        if one.valid_from is not None and last < one.valid_from:
            raise _Refused(_("“${title}” did not exist before that day.", mapping={"title": one.title}))
        self.units[unit_id] = replace(one, valid_to=last, successors=tuple(successors))
        self.effects.append(Close(unit_id, tuple(successors), kind))


def draw_up(units: dict[str, UnitFacts], holdings: dict[str, Holding], steps, day: date) -> Draft:
    """Return what *steps* would do on *day*; *holdings* (by unit id) is used up."""
    planner, problems = _Planner(units, holdings, day), []
    for number, step in enumerate(steps, 1):
        kept = len(planner.effects)
        try:
            _STEPS[step.kind](planner, step)
        except _Refused as refused:
            del planner.effects[kept:]
            problems.append(Problem(number, refused.text))
    if not problems:
        problems.extend(Problem(0, text) for text in _after(planner, units))
    if not steps:
        problems.append(Problem(0, _("Nothing is to be done.")))
    return Draft(tuple(planner.effects), tuple(problems))


def _rename(planner, step):
    """units: the one; title, code: empty stays as it is."""
    unit_id = planner.find(step.units[0])
    one = planner.units[unit_id]
    title, code = step.title.strip() or one.title, step.code.strip() or one.code
    if (title, code) == (one.title, one.code):
        raise _Refused(_("The unit has this name and this code already."))
    planner.units[unit_id] = replace(one, title=title, code=code)
    planner.effects.append(Rename(unit_id, title, code))


def _move(planner, step):
    """units: those that move; into: the new parent (TOP: directly under /don-vi)."""
    parent = planner.parent_of(step.into or TOP)
    before = len(planner.effects)
    for name in step.units:
        planner.move(planner.find(name), parent)
    if len(planner.effects) == before:
        raise _Refused(_("The unit stands there already."))


def _merge(planner, step):
    """units: those that merge; into: an existing one (may be one of them), or new: the one to be made."""
    sources = list(dict.fromkeys(planner.find(name) for name in step.units))
    if step.new is not None:
        if len(sources) < 2:
            raise _Refused(_("A merger needs at least two units."))
        target = planner.create(step.new, sources)
    else:
        target = planner.find(step.into)
        sources = [one for one in sources if one != target]
        if not sources:
            raise _Refused(_("A merger needs at least two units."))
    for source in sources:
        _dissolve(planner, source, target, "merged")


def _dissolve(planner, source, target, kind):
    if source in above(planner.units, target):
        # What it becomes part of stands below it: that one comes up first.
        planner.move(target, planner.units[source].parent)
    for child in planner.children(source):
        if child != target:
            planner.move(child, target)
    planner.hand_over(source, target)
    planner.close(source, (target,), kind)


def _close(planner, step):
    """units: those that end; into: who takes over, empty if nothing is open."""
    for name in step.units:
        unit_id = planner.find(name)
        if step.into:
            target = planner.find(step.into)
            if target == unit_id:
                raise _Refused(_("A unit cannot be its own successor."))
            _dissolve(planner, unit_id, target, "closed")
            continue
        one = planner.units[unit_id]
        if planner.children(unit_id) or not planner.holding(unit_id).empty():
            raise _Refused(
                _(
                    "“${title}” still has people, meetings, rooms or units below it: name its successor.",
                    mapping={"title": one.title},
                )
            )
        planner.close(unit_id, (), "closed")


def _split(planner, step):
    """units: the one; parts: what comes out of it; keep: the unit itself goes on with the rest."""
    source = planner.find(step.units[0])
    if len(step.parts) < (1 if step.keep else 2):
        raise _Refused(_("A unit is split into at least two."))
    named = [user for part in step.parts for user in part.people]
    if len(named) != len(set(named)):
        raise _Refused(_("A person was put into two parts."))
    here = planner.holding(source).people | {user for user, _function in planner.holding(source).functions}
    if strangers := set(named) - here:
        raise _Refused(
            _("Not people of this unit: ${people}.", mapping={"people": ", ".join(sorted(strangers))})
        )
    targets = []
    for part in step.parts:
        target = planner.find(part.into) if part.new is None else planner.create(part.new, [source])
        if target == source or target in targets:
            raise _Refused(_("Each part needs a unit of its own."))
        targets.append(target)
        for name in part.units:
            child = planner.find(name)
            if planner.units[child].parent != source:
                raise _Refused(
                    _(
                        "“${title}” does not stand below the unit.",
                        mapping={"title": planner.units[child].title},
                    )
                )
            planner.move(child, target)
        planner.hand_over(source, target, part.people, everything=False)
    if step.keep:
        return
    for child in planner.children(source):
        if child not in targets:
            planner.move(child, targets[0])
    for target in targets:
        if planner.units[target].parent == source:
            planner.move(target, planner.units[source].parent)
    planner.hand_over(source, targets[0])
    planner.close(source, targets, "split")


_STEPS = {RENAME: _rename, MOVE: _move, MERGE: _merge, SPLIT: _split, CLOSE: _close}


def _after(planner, before):
    """Yield what would be wrong once all is done: codes given twice, parents that are gone."""
    codes: dict[str, str] = {}
    for one in planner.units.values():
        if not planner.lives(one):
            continue
        twin = codes.setdefault(one.code.casefold(), one.id) if one.code else one.id
        if twin != one.id and _touched(planner, before, one.id, twin):
            yield _(
                "The code “${code}” would be that of two units: ${first}, ${second}.",
                mapping={"code": one.code, "first": planner.units[twin].title, "second": one.title},
            )
        parent = planner.units.get(one.parent)
        if parent is not None and not planner.lives(parent) and _touched(planner, before, one.id, parent.id):
            yield _(
                "“${title}” would stand below “${parent}”, which is closed.",
                mapping={"title": one.title, "parent": parent.title},
            )


def _touched(planner, before, *unit_ids) -> bool:
    return any(before.get(one) != planner.units[one] for one in unit_ids)


def _same(code: str, name: str) -> bool:
    return code.casefold() == name.strip().casefold()


def touched_units(units: dict[str, UnitFacts], steps) -> set[str]:
    """Return the ids of the existing units that *steps* name (by id or code)."""
    by_code: dict[str, list[str]] = {}
    for one in units.values():
        by_code.setdefault(one.code.casefold(), []).append(one.id)
    names = set()
    for step in steps:
        names.update((*step.units, step.into, *(part.into for part in step.parts)))
    found = set()
    for name in names:
        found.update([name] if name in units else by_code.get(name.strip().casefold(), ()))
    return found

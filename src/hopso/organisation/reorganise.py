"""Operations on units: rename, move, merge, split, close, reopen, and taking a plan back.

Each names the decision it rests on and the day from which it holds.  A day that
has come takes effect at once (big ones in the worker), a later one is planned.
They return the unit to look at: the one that was made, taken into or changed.
"""

from hopso import _
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.organisation import planning
from hopso.organisation import records
from hopso.organisation.content import IUnit
from hopso.organisation.place import give_unit_roles
from hopso.organisation.place import unit_of
from hopso.organisation.plans import cancel
from hopso.organisation.plans import plans
from hopso.organisation.plans import submit
from hopso.organisation.records import Change
from hopso.organisation.records import Decision
from hopso.organisation.records import organisation_store
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from hopso.organisation.validity import check_unit
from zope import schema
from zope.interface import Interface


PERMISSION = "hopso: Manage organisation"


class IDecided(Interface):
    """On what it rests, and from when it holds."""

    decision = schema.TextLine(title=_("Number of the decision"), max_length=100)
    decided_on = schema.Date(title=_("Date of the decision"))
    effective = schema.Date(
        title=_("Holds from"),
        description=_("A day that has come takes effect at once; a later one is carried out on that day."),
    )
    reason = schema.Text(title=_("Reason"), max_length=2000)
    seen = schema.TextLine(
        title=_("Preview"),
        description=_("Mark of the preview that was shown; refused if anything has changed since."),
        required=False,
    )


class IRename(IDecided):
    """Another name, another code, or both."""

    title = schema.TextLine(title=_("New name"), required=False, max_length=250)
    code = schema.TextLine(title=_("New code"), required=False, max_length=30)


class IMove(IDecided):
    """Where to."""

    parent = schema.TextLine(
        title=_("New superior unit (id or code)"),
        description=_("Empty: directly below the province."),
        required=False,
    )


class INewUnit(Interface):
    """What a unit needs that is made; empty values are those of the unit it comes from."""

    new_title = schema.TextLine(title=_("Name of the new unit"), required=False, max_length=250)
    new_code = schema.TextLine(title=_("Code of the new unit"), required=False, max_length=30)
    new_parent = schema.TextLine(title=_("Superior of the new unit (id or code)"), required=False)
    new_type = schema.Choice(title=_("Type of unit"), vocabulary="hopso.UnitTypes", required=False)
    new_level = schema.Choice(title=_("Level"), vocabulary="hopso.Levels", required=False)
    new_head = schema.Choice(title=_("Head of unit"), vocabulary="hopso.People", required=False)


class IMerge(IDecided, INewUnit):
    """This unit and others become one: an existing one, or a new one."""

    units = schema.Tuple(
        title=_("Together with (ids or codes)"), value_type=schema.TextLine(), required=False, default=()
    )
    into = schema.TextLine(title=_("Into the unit (id or code)"), required=False)


class ISplit(IDecided):
    """Each part: title and code of a new unit or ``into`` an existing one; people and units it takes."""

    parts = schema.Tuple(
        title=_("Parts"),
        description=_(
            "A list of objects with title, code, parent, type, level, head, or into; people; units."
        ),
        value_type=schema.Dict(),
    )
    keep = schema.Bool(
        title=_("The unit itself goes on with what no part takes"), required=False, default=False
    )


class IClose(IDecided):
    """The end of a unit."""

    successor = schema.TextLine(
        title=_("Successor (id or code)"),
        description=_("Takes over people, open meetings, rooms and the units below."),
        required=False,
    )


class IReopen(IDecided):
    """A unit that was closed by mistake."""


class IPlanId(Interface):
    """Which plan."""

    plan = schema.TextLine(title=_("Plan"))


# ---- steps, for operations and previews alike ----


def rename_step(unit, title=None, code=None) -> planning.Step:
    """Return the step of ``unit.rename``."""
    return planning.Step(planning.RENAME, (unit.getId(),), title=title or "", code=code or "")


def move_step(unit, parent=None) -> planning.Step:
    """Return the step of ``unit.move``."""
    return planning.Step(planning.MOVE, (unit.getId(),), into=parent or planning.TOP)


def merge_step(unit, units=(), into=None, **new) -> planning.Step:
    """Return the step of ``unit.merge``; into an existing unit, or into a new one."""
    names = (unit.getId(), *units)
    made = None
    if not into:
        made = planning.NewUnit(
            new.get("new_title") or "",
            new.get("new_code") or "",
            new.get("new_parent") or "",
            new.get("new_type") or "",
            "",
            new.get("new_level") or "",
            new.get("new_head") or "",
        )
    return planning.Step(planning.MERGE, names, into=into or "", new=made)


def split_step(unit, parts=(), keep=False) -> planning.Step:
    """Return the step of ``unit.split``.  Raises Invalid for parts that cannot be understood."""
    return planning.Step(
        planning.SPLIT, (unit.getId(),), parts=tuple(_part(one) for one in parts), keep=bool(keep)
    )


def close_step(unit, successor=None) -> planning.Step:
    """Return the step of ``unit.close``."""
    return planning.Step(planning.CLOSE, (unit.getId(),), into=successor or "")


TEXTS = ("title", "code", "parent", "type", "level", "head", "into")


def _part(raw: dict) -> planning.Part:
    unknown = set(raw) - {*TEXTS, "people", "units"}
    lists = [raw.get(name) or [] for name in ("people", "units")]
    texts = {name: raw.get(name) or "" for name in TEXTS}
    plain = all(isinstance(one, str) for one in (*texts.values(), *(name for part in lists for name in part)))
    if unknown or not plain:
        raise errors.Invalid(
            _("This value has the wrong form."), errors={"parts": _("This value has the wrong form.")}
        )
    people, units = (tuple(one) for one in lists)
    if texts["into"]:
        return planning.Part(into=texts["into"], people=people, units=units)
    new = planning.NewUnit(
        texts["title"],
        texts["code"],
        texts["parent"],
        texts["type"],
        "",
        texts["level"],
        texts["head"],
    )
    return planning.Part(new, people=people, units=units)


def alive(unit) -> bool:
    """Tell whether a unit is still there to be changed."""
    return not is_closed(unit)


def _submit(unit, step, decision, decided_on, effective, reason, seen):
    if not alive(unit):
        raise errors.WrongState(_("The unit is closed."))
    if decided_on > today():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"decided_on": _("This day has not come yet.")}
        )
    resting = Decision(decision, decided_on, reason, effective)
    return submit(unit.getId(), (step,), resting, seen, current_user_id())


def _made(plan, otherwise):
    """Return the unit that was made, else the one that is there anyway."""
    return (find_unit(plan.result[0]) if plan.result else None) or otherwise


@operation(
    "unit.rename", IUnit, title=_("Rename"), permission=PERMISSION, schema=IRename, when=alive, order=30
)
def rename(unit, title=None, code=None, **decided):
    """Give a unit another name or code; old meetings go on showing the old one."""
    _submit(unit, rename_step(unit, title, code), **decided)
    return unit


@operation(
    "unit.move",
    IUnit,
    title=_("Put below another unit"),
    permission=PERMISSION,
    schema=IMove,
    when=alive,
    order=31,
)
def move(unit, parent=None, **decided):
    """Put a unit, with all that is in it, below another one."""
    _submit(unit, move_step(unit, parent), **decided)
    return find_unit(unit.getId())


@operation(
    "unit.merge",
    IUnit,
    title=_("Merge"),
    permission=PERMISSION,
    schema=IMerge,
    when=alive,
    order=32,
    danger=True,
)
def merge(
    unit, units=(), into=None, decision="", decided_on=None, effective=None, reason="", seen=None, **new
):
    """Make one unit of several; the old ones are closed and keep what is over."""
    plan = _submit(unit, merge_step(unit, units, into, **new), decision, decided_on, effective, reason, seen)
    return _made(plan, find_unit(unit.getId()))


@operation(
    "unit.split",
    IUnit,
    title=_("Split"),
    permission=PERMISSION,
    schema=ISplit,
    when=alive,
    order=33,
    danger=True,
)
def split(unit, parts=(), keep=False, **decided):
    """Make several units of one; what no part takes goes to the first, or stays if the unit goes on."""
    plan = _submit(unit, split_step(unit, parts, keep), **decided)
    return _made(plan, find_unit(unit.getId()))


@operation(
    "unit.close",
    IUnit,
    title=_("Close"),
    permission=PERMISSION,
    schema=IClose,
    when=alive,
    order=34,
    danger=True,
)
def close(unit, successor=None, **decided):
    """End a unit: what is open goes to its successor; without one nothing may be open."""
    _submit(unit, close_step(unit, successor), **decided)
    return find_unit(unit.getId())


@operation(
    "unit.reopen",
    IUnit,
    title=_("Open again"),
    permission=PERMISSION,
    schema=IReopen,
    when=is_closed,
    order=35,
)
def reopen(unit, decision, decided_on, effective, reason, seen=None):
    """Let a unit exist again that was closed; what it gave away stays where it is."""
    if not is_closed(unit):
        raise errors.WrongState(_("The unit is not closed."))
    if effective > today():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"effective": _("This day has not come yet.")}
        )
    above = unit_of(unit.__parent__)
    if above is not None and is_closed(above):
        raise errors.Invalid(_("The unit above is closed."))
    last, successors = unit.valid_to, unit.successors
    unit.valid_to, unit.successors = None, ()
    check_unit(unit)
    for unit_id in successors or ():
        other = find_unit(unit_id)
        if other is not None:
            other.predecessors = tuple(one for one in other.predecessors or () if one != unit.getId())
            other.reindexObject(idxs=["modified"])
    organisation_store().add_change(
        unit.getId(),
        Change(
            "reopened",
            effective,
            now(),
            current_user_id(),
            decision,
            decided_on,
            reason,
            (("valid_to", last),),
        ),
    )
    give_unit_roles(unit)
    unit.reindexObject()
    unit.reindexObjectSecurity()
    return unit


def has_plans(unit) -> bool:
    """Tell whether something is planned at this unit."""
    return bool(plans(records.PLANNED, records.FAILED, unit_id=unit.getId()))


@operation(
    "unit.cancel_plan",
    IUnit,
    title=_("Take the plan back"),
    permission=PERMISSION,
    schema=IPlanId,
    when=has_plans,
    order=36,
)
def cancel_plan(unit, plan):
    """Take back what was planned for a later day."""
    kept = organisation_store().plans.get(plan)
    if kept is not None and kept.unit != unit.getId():
        raise errors.Invalid(_("There is no such plan."), errors={"plan": _("There is no such plan.")})
    cancel(plan)
    return unit

"""Former names and places of units: a meeting of 2024 shows the name of 2024."""

from datetime import date
from datetime import datetime

from hopso.core.text import local
from hopso.organisation.names import unit_names
from hopso.organisation.records import Change
from hopso.organisation.records import KEY
from hopso.organisation.tree import all_units
from hopso.organisation.tree import exists
from hopso.organisation.tree import UnitFacts
from hopso.organisation.tree import with_changes
from plone import api
from zope.annotation.interfaces import IAnnotations


def value_on(changes, name: str, day: date, present):
    """Return what the field *name* was on *day*, given the changes since (oldest first) and its present value."""
    for change in changes:
        if change.effective > day:
            changed, value = change.former(name)
            if changed:
                return value
    return present


def changes_of(unit_id: str) -> tuple[Change, ...]:
    """Return what happened to a unit, the oldest first."""
    store = IAnnotations(api.portal.get()).get(KEY)
    return store.changes_of(unit_id) if store is not None else ()


def name_at(unit_id: str, moment: datetime | None) -> str:
    """Return the name that a unit had at *moment* (aware; None: now), "" if there never was such a unit."""
    return names_at([(unit_id, moment)])[0]


def names_at(wanted) -> list[str]:
    """Return the names for many (unit id, moment) pairs, with one catalog query in all."""
    wanted = list(wanted)
    present = unit_names(unit_id for unit_id, _moment in wanted)
    found = []
    for unit_id, moment in wanted:
        name = present.get(unit_id, "")
        if unit_id and moment is not None:
            name = value_on(changes_of(unit_id), "title", local(moment).date(), name)
        found.append(name)
    return found


def parent_at(unit_id: str, moment: datetime | None, present: str) -> str:
    """Return the id of the unit above another at *moment* (None: now), "" for the top; *present*: the one now."""
    if moment is None:
        return present
    return value_on(changes_of(unit_id), "parent", local(moment).date(), present)


def former_names(unit_id: str) -> list[tuple[str, date]]:
    """Return (name, last day on which it was in use) of a unit, the oldest first."""
    from datetime import timedelta

    found = []
    for change in changes_of(unit_id):
        changed, value = change.former("title")
        if changed:
            found.append((value, change.effective - timedelta(days=1)))
    return found


def units_on(day: date) -> dict[str, UnitFacts]:
    """Return id -> facts of the units that existed on *day*, with the names and parents of that day."""
    found = {}
    units = all_units()
    for unit_id, one in units.items():
        changes = changes_of(unit_id)
        last = value_on(changes, "valid_to", day, one.valid_to)
        if exists(one.valid_from, last, day):
            found[unit_id] = {
                name: value_on(changes, name, day, getattr(one, name))
                for name in ("title", "code", "parent", "head")
            }
    return with_changes({key: units[key] for key in found}, found)

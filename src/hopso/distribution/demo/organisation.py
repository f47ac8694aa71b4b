"""Units, people and rooms of the demo."""

from datetime import timedelta

from hopso import factories
from hopso.core.text import now
from hopso.distribution.demo import data
from hopso.distribution.demo.accounts import DOMAIN
from hopso.distribution.demo.accounts import PASSWORD
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.vocabularies import unit_brains
from plone import api


# Whose password is older than the regulation allows: to see what happens then (BD-4.5/2).
OLD_PASSWORDS = {"snv-cchc": timedelta(days=91)}


def create_all() -> dict:
    """Make units, people and rooms; return how many of each."""
    units = create_units()
    people = create_people()
    for record in data.records("units"):
        if record.get("head"):
            factories.change(units[record["id"]], head=record["head"])
    rooms = create_rooms(units)
    return {"units": len(units), "people": people, "rooms": len(rooms)}


def create_units() -> dict:
    """Make the tree of units; return id -> unit."""
    units = {}
    for record in data.records("units"):
        fields = {name: value for name, value in record.items() if name not in ("id", "parent", "head")}
        parent = units.get(record.get("parent"))
        units[record["id"]] = factories.create_unit(parent=parent, id=record["id"], **fields)
    return units


def create_people() -> int:
    """Make the accounts with their functions and roles; return how many."""
    rows = data.people()
    for row in rows:
        factories.create_person(
            row["id"],
            row["fullname"],
            password=PASSWORD,
            email=f"{row['id']}@{DOMAIN}",
            account={
                "unit": row["functions"][0][0] if row["functions"] else "",
                "password_set_at": now() - OLD_PASSWORDS.get(row["id"], timedelta()),
            },
        )
        for unit, function in row["functions"]:
            assignment_store().assign(row["id"], Assignment(unit, function, row["position"]))
        if row["role"]:
            with factories.as_system():
                api.user.grant_roles(username=row["id"], roles=[row["role"]])
    return len(rows)


def create_rooms(units: dict) -> dict:
    """Make the meeting rooms; return id -> room."""
    rooms = {}
    for record in data.records("rooms"):
        fields = {name: value for name, value in record.items() if name not in ("id", "unit", "told")}
        fields["features"] = tuple(fields.get("features", ()))
        rooms[record["id"]] = factories.create_room(units[record["unit"]], id=record["id"], **fields)
    return rooms


def find_unit(unit_id: str):
    """Return a unit by its id."""
    return next(b._unrestrictedGetObject() for b in unit_brains() if b.getId == unit_id)


def find_room(room_id: str):
    """Return a room by its id."""
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(portal_type="Room", getId=room_id)[0]._unrestrictedGetObject()

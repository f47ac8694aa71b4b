"""What a row of a spreadsheet would do to rooms and devices; nothing is written here."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.accounts.identities import email_key
from hopso.accounts.identities import identities
from hopso.accounts.records import account_of
from hopso.core.operation import state_of
from hopso.core.sheets import Column
from hopso.core.sheets import folded
from hopso.inventory import vocabularies
from hopso.inventory.devices import custody
from hopso.inventory.devices import life
from hopso.inventory.importing.kinds import BAD
from hopso.inventory.importing.kinds import CHANGE
from hopso.inventory.importing.kinds import CREATE
from hopso.inventory.importing.kinds import Kind
from hopso.inventory.importing.kinds import Planned
from hopso.inventory.importing.kinds import Planner
from hopso.inventory.importing.kinds import register_kind
from hopso.inventory.importing.kinds import SAME
from hopso.inventory.rooms import operations as rooms
from hopso.organisation.place import DEVICES
from hopso.organisation.place import ROOMS
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import unit_brains
from plone import api


YES_NO = {"yes": _("Yes"), "no": _("No")}
MANAGE = "hopso: Manage inventory"


def choices(factory) -> dict:
    """Return value -> title of a vocabulary."""
    return {one.value: one.title for one in factory(None)}


class UnitPlanner(Planner):
    """Planner for things that stand in a folder of their unit, which the column ``unit`` names."""

    portal_type = ""
    folder = ""
    right = MANAGE

    def __init__(self, unit):
        super().__init__(unit)
        path = "/".join(unit.getPhysicalPath())
        self.units, self.codes = {}, {}
        may = getSecurityManager().checkPermission
        for brain in unit_brains():
            if not f"{brain.getPath()}/".startswith(f"{path}/"):
                continue
            found = brain._unrestrictedGetObject()
            if may(self.right, found) and may(MANAGE, found):
                self.units[found.getId()] = found
                self.codes.setdefault((found.code or "").strip().lower(), []).append(found.getId())
        self.known = self._known()
        self.seen: dict[str, int] = {}

    def _known(self) -> dict:
        """Return key -> things there are, of all units in reach."""
        catalog = api.portal.get_tool("portal_catalog")
        path = "/".join(self.unit.getPhysicalPath())
        found = {}
        for brain in catalog.unrestrictedSearchResults(portal_type=self.portal_type, path=path):
            thing = brain._unrestrictedGetObject()
            found[self.key_of(unit_of(thing).getId(), self.values_of(thing))] = thing
        return found

    def key_of(self, unit_id: str, values: dict) -> str:
        """Return what a thing is known by."""
        raise NotImplementedError

    def values_of(self, thing) -> dict:
        """Return what is known of a thing, by column."""
        raise NotImplementedError

    def check(self, planned: Planned) -> None:
        """Find further problems of a row."""

    def plan(self, row):
        planned = Planned(row.number, values=dict(row.values), problems=list(row.problems))
        unit_id = self._unit(planned)
        if not planned.values.get("title"):
            planned.problems.append(("title", _("The name is missing.")))
        elif len(planned.values["title"]) > 250:
            planned.problems.append(("title", _("A value is too long.")))
        planned.title = planned.values.get("title") or ""
        self.check(planned)
        planned.key = self.key_of(unit_id, planned.values)
        if planned.key in self.seen:
            text = _("The same stands in row ${number}.", mapping={"number": self.seen[planned.key]})
            planned.problems.append(("", text))
        self.seen.setdefault(planned.key, row.number)
        planned.thing = self.known.get(planned.key)
        if planned.thing is None:
            planned.action = CREATE
        else:
            self._compare(planned)
        if planned.problems:
            planned.action = BAD
        return planned

    def _unit(self, planned) -> str:
        text = planned.values.get("unit") or ""
        found = [text] if text in self.units else self.codes.get(text.lower(), [])
        if not text:
            planned.values["unit"] = self.unit.getId()
            if self.unit.getId() not in self.units:
                planned.problems.append(("unit", _("You do not look after this unit.")))
        elif len(found) == 1:
            planned.values["unit"] = found[0]
        else:
            planned.problems.append(("unit", _("No unit that you look after has this code.")))
            planned.values["unit"] = self.unit.getId()
        return planned.values["unit"]

    def _compare(self, planned):
        now_known = self.values_of(planned.thing)
        # What is left empty stays as it is.
        planned.changes = tuple(
            name
            for name, value in planned.values.items()
            if name != "unit" and value not in (None, "", ()) and value != now_known.get(name)
        )
        planned.action = CHANGE if planned.changes else SAME


ROOM_COLUMNS = (
    Column("unit", _("Code of the unit"), width=16),
    Column("title", _("Name"), required=True, width=30),
    Column("place", _("Place"), width=30),
    Column("capacity", _("Seats"), number=True, width=10),
    Column("equipment", _("Equipment"), width=40),
    Column("features", _("Features"), choices=choices(vocabularies.RoomFeatures), many=True, width=40),
    Column("active", _("In use"), choices=YES_NO, width=12),
)


class RoomPlanner(UnitPlanner):
    """Rooms, known by unit and name."""

    portal_type, folder, right = "Room", ROOMS, "hopso: Add Room"

    def key_of(self, unit_id, values):
        return f"{unit_id} {folded(values.get('title') or '')}"

    def values_of(self, thing):
        return {
            "title": thing.title,
            "place": thing.place or "",
            "capacity": thing.capacity,
            "equipment": " ".join((thing.equipment or "").split()),
            "features": tuple(thing.features or ()),
            "active": "yes" if thing.active else "no",
        }

    def check(self, planned):
        capacity = planned.values.get("capacity")
        if capacity is not None and not 1 <= capacity <= 5000:
            planned.problems.append(("capacity", _("Between 1 and 5000.")))

    def carry_out(self, planned):
        values = planned.values
        if planned.action == CREATE:
            rooms.add_room(
                self.units[values["unit"]],
                title=values["title"],
                place=values.get("place") or None,
                capacity=values.get("capacity") or 20,
                equipment=values.get("equipment") or None,
                features=values.get("features") or (),
                active=values.get("active") != "no",
            )
        elif planned.action == CHANGE:
            room = planned.thing
            fields = {
                name: getattr(room, name)
                for name in ("title", "place", "capacity", "equipment", "features", "active")
            }
            fields |= {name: values[name] for name in planned.changes}
            if "active" in planned.changes:
                fields["active"] = values["active"] == "yes"
            rooms.change_room(room, **fields)


DEVICE_COLUMNS = (
    Column("unit", _("Code of the unit"), width=16),
    Column("title", _("Name"), required=True, width=30),
    Column("kind", _("Kind of device"), choices=choices(vocabularies.DeviceKinds), width=20),
    Column("serial", _("Serial number"), required=True, width=20),
    Column("asset_number", _("Asset number"), width=16),
    Column("owned_by", _("Owned by"), choices=choices(vocabularies.DeviceOwners), width=18),
    Column("owner_name", _("Name of the owner"), width=24),
    Column("funded_by", _("Funded by"), width=24),
    Column("acquired_on", _("Acquired on"), day=True, width=14),
    Column("custodian", _("Custodian"), width=24),
    Column("condition", _("Condition"), choices=choices(vocabularies.DeviceConditions), width=12),
    Column("for_loan", _("Kept for lending"), choices=YES_NO, width=12),
    Column("configuration", _("Configuration"), width=40),
)
CONFIGURED = ("title", "custodian", "configuration")
ASSET = ("owned_by", "owner_name", "asset_number", "funded_by", "acquired_on", "for_loan")
# States in which life.configure works; a device that is away is not changed by a file.
AT_HAND = ("new", "in_use", "awaiting_inspection")


class DevicePlanner(UnitPlanner):
    """Devices, known by their serial number in the whole reach."""

    portal_type, folder, right = "Device", DEVICES, life.CONFIGURE

    def key_of(self, unit_id, values):
        return folded(values.get("serial") or "")

    def values_of(self, thing):
        names = (*CONFIGURED, *ASSET, "kind", "serial", "condition")
        found = {name: getattr(thing, name, None) for name in names}
        found["for_loan"] = "yes" if thing.for_loan else "no"
        found["configuration"] = " ".join((thing.configuration or "").split())
        return found

    def check(self, planned):
        values, problems = planned.values, planned.problems
        if not values.get("serial"):
            problems.append(("serial", _("The serial number is missing.")))
        elif len(values["serial"]) > 100:
            problems.append(("serial", _("A value is too long.")))
        if text := values.get("custodian"):
            user_id = text.lower() if account_of(text.lower()) else identities().holder(email_key(text))
            if not user_id or account_of(user_id) is None:
                problems.append(("custodian", _("There is no such account.")))
            values["custodian"] = user_id or ""

    def _compare(self, planned):
        super()._compare(planned)
        if "kind" in planned.changes:
            planned.problems.append(("kind", _("The kind of a device does not change.")))
        if unit_of(planned.thing).getId() != planned.values["unit"]:
            text = _(
                "This serial number belongs to a device of ${unit}.",
                mapping={"unit": unit_of(planned.thing).title},
            )
            planned.problems.append(("serial", text))
        if planned.changes and state_of(planned.thing) not in AT_HAND:
            planned.problems.append(("", _("This device is away or out of use; a file does not change it.")))

    def carry_out(self, planned):
        values = planned.values
        if planned.action == CREATE:
            device = life.add_device(
                self.units[values["unit"]],
                title=values["title"],
                serial=values["serial"],
                kind=values.get("kind") or "other",
                asset_number=values.get("asset_number") or "",
                owned_by=values.get("owned_by") or "unit",
                custodian=values.get("custodian") or None,
                for_loan=values.get("for_loan") == "yes",
                configuration=values.get("configuration") or "",
            )
            more = [name for name in ("owner_name", "funded_by", "acquired_on") if values.get(name)]
            self._asset(device, values, more)
            self._condition(device, values, ["condition"] if values.get("condition") else [])
        elif planned.action == CHANGE:
            new = {name: values[name] for name in CONFIGURED if name in planned.changes}
            if new:
                life.configure(
                    planned.thing, reason=api.portal.translate(_("Import from a spreadsheet")), **new
                )
            self._asset(planned.thing, values, planned.changes)
            self._condition(planned.thing, values, planned.changes)

    def _asset(self, device, values, changes):
        wanted = [name for name in ASSET if name in changes]
        if not wanted:
            return
        fields = {name: getattr(device, name) for name in ASSET}
        fields |= {name: values[name] for name in wanted}
        if "for_loan" in wanted:
            fields["for_loan"] = values["for_loan"] == "yes"
        custody.register_asset(device, **fields)

    def _condition(self, device, values, changes):
        if "condition" in changes and values["condition"] != device.condition:
            life.report_condition(device, condition=values["condition"], note="")


def _rows(portal_type, planner):
    def rows(unit):
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog(
            portal_type=portal_type, path="/".join(unit.getPhysicalPath()), sort_on="sortable_title"
        )
        maker = planner.__new__(planner)
        found = []
        for brain in brains:
            thing = brain.getObject()
            home = unit_of(thing)
            found.append({"unit": home.code or home.getId(), **maker.values_of(thing)})
        return found

    return rows


def _units(unit):
    path = "/".join(unit.getPhysicalPath())
    units = [
        one._unrestrictedGetObject() for one in unit_brains() if f"{one.getPath()}/".startswith(f"{path}/")
    ]
    return {"unit": [one.code or one.getId() for one in units]}


register_kind(Kind("rooms", _("Rooms"), ROOM_COLUMNS, RoomPlanner, _rows("Room", RoomPlanner), _units))
register_kind(
    Kind("devices", _("Devices"), DEVICE_COLUMNS, DevicePlanner, _rows("Device", DevicePlanner), _units)
)

"""All sites from one spreadsheet: checked as a whole, then entered as a whole or not at all.

The operator does it, who sets up the system for all units (NA-2.2).  The
template is the present register with its addresses, so that one takes it away,
changes it and brings it back.
"""

from dataclasses import dataclass
from dataclasses import field

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.sheets import Column
from hopso.core.sheets import headings
from hopso.core.sheets import read
from hopso.core.text import collation_key
from hopso.inventory.sites import network
from hopso.inventory.sites import operations
from hopso.inventory.sites import staff
from hopso.inventory.sites.api import site_brains
from hopso.inventory.sites.api import staff_of
from hopso.inventory.sites.bodies import is_operator
from hopso.inventory.sites.providers import providers
from hopso.inventory.sites.vocabularies import LinkTypes
from hopso.inventory.sites.vocabularies import SiteKinds
from hopso.organisation.interfaces import IProvince
from hopso.organisation.place import unit_of
from hopso.organisation.tree import all_units
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import today
from hopso.organisation.vocabularies import person_name
from hopso.policy.api import current_policy
from plone import api
from plone.namedfile.field import NamedBlobFile
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.interface import Interface


def _choices(vocabulary) -> dict:
    return {one.value: one.title for one in vocabulary(None)}


COLUMNS = (
    Column("unit", _("Code or name of the unit"), required=True, width=34),
    Column("title", _("Name of the site"), required=True, width=36),
    Column("kind", _("Kind of site"), choices=_choices(SiteKinds), width=22),
    Column("link_type", _("Type of link"), choices=_choices(LinkTypes), width=30),
    Column("provider", _("Provider of the line"), width=28),
    Column("capacity", _("Capacity (Mbit/s)"), number=True, width=12),
    Column("ipv4", _("IPv4 address and mask"), width=20),
    Column("ipv4_gateway", _("IPv4 gateway"), width=16),
    Column("ipv6", _("IPv6 address and prefix"), width=26),
    Column("ipv6_gateway", _("IPv6 gateway"), width=20),
    Column("vc_number", _("Video conference number"), width=18),
    Column("leader", _("Account of the responsible leader"), width=22),
    Column("technician", _("Account of the technical officer"), width=22),
)
NETWORK = ("ipv4", "ipv4_gateway", "ipv6", "ipv6_gateway", "vc_number")


class ISitesFile(Interface):
    """A spreadsheet of sites."""

    file = NamedBlobFile(title=_("File"), description=_("XLSX, or CSV in UTF-8."))
    reason = schema.TextLine(title=_("Reason for the change"), max_length=500)


@dataclass
class Planned:
    """What a row of the file would do: ``new``, ``change``, ``same`` or ``bad``; texts are translatable."""

    number: int
    unit: str
    title: str
    what: str = "same"
    problems: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    site: object = None


def _units() -> dict[str, str]:
    """Return code, id or name (small letters) -> id of the living units."""
    found = {}
    for one in all_units().values():
        if not one.closed():
            for key in (one.id, one.code, one.title):
                found.setdefault((key or "").strip().lower(), one.id)
    return found


def _known() -> dict[tuple, object]:
    """Return (unit, name in small letters) -> record of the sites that are there."""
    facts = [(one, one.desk_facts) for one in site_brains() if isinstance(one.desk_facts, dict)]
    return {(known.get("unit"), brain.Title.strip().lower()): brain for brain, known in facts}


def plan(rows) -> list[Planned]:
    """Return what each row of a file would do; nothing is changed."""
    units, known, ranges = _units(), _known(), current_policy().network_ranges
    suppliers = {key: one.id for one in providers() for key in (one.id, one.title.lower(), one.code.lower())}
    taken, seen, found = {}, set(), []
    book = operations.sites_store().addresses
    for row in rows:
        value = {name: text for name, text in row.values.items() if text not in (None, "")}
        unit = units.get(str(value.get("unit", "")).strip().lower(), "")
        title = str(value.get("title", "")).strip()
        one = Planned(row.number, value.get("unit", ""), title, values=value)
        one.problems += [text for _column, text in row.problems]
        if not unit:
            one.problems.append(_("There is no such unit."))
        if not title or (unit, title.lower()) in seen:
            one.problems.append(_("The name is missing, or stands there twice for this unit."))
        seen.add((unit, title.lower()))
        brain = known.get((unit, title.lower()))
        one.site = brain._unrestrictedGetObject() if brain is not None else None
        value["unit"] = unit
        if "provider" in value:
            value["provider"] = suppliers.get(str(value["provider"]).lower())
            if value["provider"] is None:
                one.problems.append(_("There is no such provider."))
        for role in ("leader", "technician"):
            if role in value and person_name(value[role]) is None:
                one.problems.append(_("There is no such account: ${id}.", mapping={"id": value[role]}))
        new, bad = network.read_network(value, ranges)
        one.problems += list(bad.values())
        uid = IUUID(one.site) if one.site is not None else f"row {row.number}"
        for key in new.taken():
            if book.get(key, uid) != uid or taken.setdefault(key, uid) != uid:
                one.problems.append(_("${value} belongs to another site already.", mapping={"value": key}))
        if one.site is not None and operations.lock_findings(one.site):
            one.problems.append(_("A meeting is running at this site."))
        one.what = _what(one, new)
        found.append(one)
    return found


def _what(one: Planned, new) -> str:
    if one.problems:
        return "bad"
    if one.site is None:
        return "new"
    fields = {name: one.values[name] for name in ("kind", *operations.LINE) if name in one.values}
    differs = any(value != getattr(one.site, name, None) for name, value in fields.items())
    moved = any(name in one.values for name in NETWORK) and new != network.network_of(one.site)
    people = {who.role: who.user_id for who in staff_of(one.site)}
    others = any(
        role in one.values and one.values[role] not in people.values() for role in ("leader", "technician")
    )
    return "change" if differs or moved or others else "same"


@operation(
    "province.import_sites", IProvince, title=_("Import sites"), permission="hopso: Use the site",
    schema=ISitesFile, order=400, when=operations.operates,
    help=_("Only the unit that runs the system; all rows or none."),
    confidential=("file",),
)  # fmt: skip
def import_sites(province, file, reason):
    """Enter and change the sites of a file; raise Invalid, with nothing done, if a row is wrong."""
    if not is_operator(api.user.get_current().getId() or ""):
        raise errors.Denied(_("Only the unit that runs the system changes lines and addresses."))
    planned = plan(read(COLUMNS, file.filename or "", file.data))
    bad = [one for one in planned if one.what == "bad"]
    if bad:
        text = _(
            "${count} rows are wrong, the first one is row ${row}. Nothing was changed.",
            mapping={"count": len(bad), "row": bad[0].number},
        )
        raise errors.Invalid(text, errors={"file": text})
    for one in planned:
        if one.what != "same":
            _carry_out(one, reason)
    counted = [one.what for one in planned]
    return {name: counted.count(name) for name in ("new", "change", "same")}


def _carry_out(one: Planned, reason: str) -> None:
    values = one.values
    site = one.site
    if site is None:
        site = _entered(find_unit(values["unit"]), {"title": one.title, "kind": values.get("kind") or "end"})
    elif "kind" in values and values["kind"] != site.kind:
        operations.change_fields(site, reason, {"kind": values["kind"]})
    line = {name: values.get(name, getattr(site, name, None)) for name in operations.LINE}
    kept = network.as_dict(network.network_of(site))
    operations.write_line(site, reason, line, {name: values.get(name, kept[name]) for name in NETWORK})
    for role in ("leader", "technician"):
        now_there = {who.user_id for who in staff_of(site, role)}
        if values.get(role) and values[role] not in now_there:
            staff.put_to_work(site, values[role], role, today())


def _entered(unit, values):
    """Make a site in a unit of others: the folder belongs to the house."""
    kept = getSecurityManager()
    newSecurityManager(None, system)
    try:
        return operations.enter(unit, values)
    finally:
        setSecurityManager(kept)


def present_rows() -> list[list]:
    """Return the register as rows of the template, by unit and name."""
    rows, units = [], all_units()
    for brain in site_brains():
        site = brain._unrestrictedGetObject()
        unit = units.get(unit_of(site).getId())
        kept, people = network.as_dict(network.network_of(site)), {}
        for who in staff_of(site):
            people.setdefault(who.role, who.user_id)
        provider = units.get(site.provider or "")
        kinds, links = _choices(SiteKinds), _choices(LinkTypes)
        rows.append(
            [
                unit.code or unit.title, site.title, kinds.get(site.kind, ""), links.get(site.link_type, ""),
                provider.title if provider is not None else "", site.capacity,
                *(kept[name] for name in NETWORK), people.get("leader", ""), people.get("technician", ""),
            ]
        )  # fmt: skip
    return sorted(rows, key=lambda row: (collation_key(row[0]), collation_key(row[1])))


__all__ = ["COLUMNS", "Planned", "headings", "import_sites", "plan", "present_rows"]

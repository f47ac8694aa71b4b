"""Taking the inventory of a unit (kiểm kê): which of its devices were there on a day, and what differs.

Public assets are counted by law (HN-5.7, HN-R/4.2, NA-6.1, NT-12.1).  The record
is kept as it was signed; devices are not changed by it.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core import errors
from hopso.core.ids import short_id
from hopso.core.operation import operation
from hopso.core.text import collation_key
from hopso.core.text import now
from hopso.inventory.devices.life import MANAGE
from hopso.inventory.devices.life import not_to_come
from hopso.organisation.content import IUnit
from hopso.policy.register import rule
from plone import api
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


KEY = "hopso.inventory.counts"
PRESENT, MISSING, NOT_COUNTED = "present", "missing", "not_counted"
RESULTS = (PRESENT, MISSING, NOT_COUNTED)
MOST = 5000


class ICount(Interface):
    """An inventory that was taken."""

    on = schema.Date(title=_("Counted on"))
    document = schema.TextLine(title=_("Number of the record"), max_length=60)
    committee = schema.Text(
        title=_("Who counted"), description=_("Name and position, one a line."), max_length=2000
    )
    results = schema.Tuple(
        title=_("Results"),
        description=_("UID of the device, an equals sign, present or missing."),
        value_type=schema.TextLine(max_length=120),
        required=False,
        default=(),
        max_length=MOST,
    )
    surplus = schema.Text(
        title=_("Found beyond the list"),
        description=_("Devices that are there but in no book, one a line."),
        required=False,
        default="",
        max_length=5000,
    )
    note = schema.Text(title=_("Remarks"), required=False, default="", max_length=2000)


@dataclass(frozen=True)
class Line:
    """One device of the books on the day of counting, and what was found: one of RESULTS."""

    uid: str
    title: str
    kind: str
    serial: str
    asset_number: str
    owned_by: str
    state: str
    condition: str
    result: str


@dataclass(frozen=True)
class Count:
    """An inventory of a unit: ``on`` a day, kept at a moment (UTC) by a person (user id)."""

    id: str
    on: date
    document: str
    committee: str
    who: str
    when: datetime
    lines: tuple = ()
    surplus: tuple = field(default=())
    note: str = ""

    def of(self, result: str) -> list[Line]:
        """Return the lines with a result."""
        return [one for one in self.lines if one.result == result]

    @property
    def differs(self) -> bool:
        """Tell whether the books and the count differ."""
        return bool(self.of(MISSING) or self.surplus)


def books_of(unit) -> list:
    """Return the catalog's records of the devices in the books of *unit* itself, by name."""
    from hopso.organisation.place import DEVICES

    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join((*unit.getPhysicalPath(), DEVICES))
    brains = catalog.unrestrictedSearchResults(portal_type="Device", path={"query": path, "depth": 1})
    kept = [one for one in brains if one.review_state != "withdrawn" and isinstance(one.desk_facts, dict)]
    return sorted(kept, key=lambda one: (collation_key(one.Title), one.desk_facts["serial"]))


def counts_of(unit) -> list[Count]:
    """Return the inventories of a unit, the latest first."""
    return sorted(IAnnotations(unit).get(KEY, {}).values(), key=lambda one: (one.on, one.when), reverse=True)


def count_of(unit, count_id: str) -> Count | None:
    """Return one inventory of a unit, None if there is none of this id."""
    return IAnnotations(unit).get(KEY, {}).get(count_id)


@operation(
    "unit.take_inventory", IUnit, title=_("Take the inventory"), permission=MANAGE, schema=ICount, order=345,
)  # fmt: skip
@rule("HN-5.7", "HN-R/4.2", "NA-6.1", "NT-12.1")
def take_inventory(unit, *, on, document, committee, results, surplus, note):
    """Keep what was counted of the unit's devices; those without a result are listed as not counted.

    Returns the Count.  Raises Invalid for devices that are not in the unit's books.
    """
    not_to_come("on", on)
    brains = books_of(unit)
    said = _read(results, {one.UID for one in brains})
    if not brains:
        raise errors.Invalid(_("This unit has no devices to count."))
    lines = tuple(_line(one, said.get(one.UID, NOT_COUNTED)) for one in brains)
    more = tuple(one.strip() for one in surplus.splitlines() if one.strip())
    who = api.user.get_current().getId() or "system"
    made = Count(short_id(12), on, document, committee, who, now(), lines, more, note)
    kept = IAnnotations(unit)
    if KEY not in kept:
        kept[KEY] = OOBTree()
    kept[KEY][made.id] = made
    return made


def _read(results, known) -> dict[str, str]:
    said = {}
    for one in results:
        uid, _equals, result = one.partition("=")
        if uid not in known or result not in RESULTS:
            message = _("This is no result for a device of this unit: ${text}", mapping={"text": one})
            raise errors.Invalid(message, errors={"results": message})
        said[uid] = result
    return said


def _line(brain, result) -> Line:
    facts = brain.desk_facts
    return Line(
        brain.UID,
        brain.Title,
        facts["kind"],
        facts["serial"],
        facts.get("asset_number") or "",
        facts.get("owned_by") or "unit",
        brain.review_state,
        facts.get("condition") or "good",
        result,
    )

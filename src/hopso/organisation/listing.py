"""Units in rows: searched, filtered, exported; one catalog query for all."""

from dataclasses import dataclass

from hopso import _
from hopso.archive.normalise import fold
from hopso.organisation import history
from hopso.organisation.names import person_names
from hopso.organisation.tree import all_units
from hopso.organisation.tree import children_of
from hopso.organisation.tree import today
from hopso.organisation.tree import UnitFacts
from hopso.organisation.vocabularies import Levels
from hopso.organisation.vocabularies import Sectors
from hopso.organisation.vocabularies import UnitTypes
from zope.i18n import translate


STATES = {"living": _("In existence"), "closed": _("Closed"), "all": _("All")}
COLUMNS = (
    _("Code"), _("Name"), _("Superior unit"), _("Type of unit"), _("Sector"), _("Level"), _("Head of unit"),
    _("Telephone"), _("Official e-mail"), _("In existence from"), _("In existence until"), _("Predecessors"),
    _("Successors"),
)  # fmt: skip
WIDTHS = (12, 48, 48, 20, 20, 16, 28, 16, 30, 14, 14, 30, 30)


@dataclass(frozen=True)
class Wanted:
    """What to list: words of name or code, sector, level, and which of STATES."""

    text: str = ""
    sector: str = ""
    level: str = ""
    state: str = "living"

    @classmethod
    def read(cls, form: dict) -> "Wanted":
        """Read the parameters of a request; unknown values count as none."""
        state = str(form.get("state", "living"))
        return cls(
            str(form.get("q", "")).strip()[:200],
            str(form.get("sector", "")),
            str(form.get("level", "")),
            state if state in STATES else "living",
        )

    @property
    def filtered(self) -> bool:
        """Tell whether more than the living units as a whole is asked for."""
        return bool(self.text or self.sector or self.level or self.state != "living")

    def fits(self, one: UnitFacts, former=()) -> bool:
        """Tell whether a unit is wanted; *former* are its former names."""
        closed = one.closed()
        if (self.state == "living" and closed) or (self.state == "closed" and not closed):
            return False
        if (self.sector and one.sector != self.sector) or (self.level and one.level != self.level):
            return False
        words = fold(self.text).split()
        found = fold(" ".join((one.title, one.code, *former)))
        return all(word in found for word in words)


def in_tree_order(units: dict[str, UnitFacts]) -> list[tuple[UnitFacts, int]]:
    """Return (unit, depth), each below its parent, by name."""
    children, found = children_of(units), []

    def walk(parent, depth):
        for one in children.get(parent, ()):
            found.append((one, depth))
            walk(one.id, depth + 1)

    walk("", 0)
    return found


def matching(wanted: Wanted) -> list[tuple[UnitFacts, int]]:
    """Return the wanted units in the order of the tree; depth 0 for all once something is filtered."""
    units = all_units()
    if not wanted.filtered:
        living = {key: one for key, one in units.items() if not one.closed()}
        return in_tree_order(living)
    rows = in_tree_order(units)
    return [
        (one, 0)
        for one, _depth in rows
        if wanted.fits(one, [name for name, _day in history.former_names(one.id)])
    ]


def title_in(vocabulary, value, request) -> str:
    """Return the name of a value in the language of a request."""
    terms = vocabulary(None)
    return translate(terms.getTerm(value).title, context=request) if value in terms else value or ""


def export_rows(found, request) -> list[tuple]:
    """Return the rows of a spreadsheet; days are dates."""
    units = all_units()
    heads = person_names(one.head for one, _depth in found if one.head)

    def names(unit_ids):
        return ", ".join(units[one].title for one in unit_ids if one in units)

    return [
        (
            one.code,
            one.title,
            units[one.parent].title if one.parent in units else "",
            title_in(UnitTypes, one.unit_type, request),
            title_in(Sectors, one.sector, request),
            title_in(Levels, one.level, request),
            heads.get(one.head, "") if one.head else "",
            one.telephone,
            one.official_email,
            one.valid_from,
            one.valid_to,
            names(one.predecessors),
            names(one.successors),
        )
        for one, _depth in found
    ]


def plain(one: UnitFacts, base: str) -> dict:
    """Return a unit as JSON-able data; *base* is the address of the site."""
    return {
        "@id": f"{base}/{'/'.join(one.path.split('/')[2:])}",
        "id": one.id,
        "title": one.title,
        "code": one.code,
        "parent": one.parent or None,
        "unit_type": one.unit_type,
        "sector": one.sector,
        "level": one.level,
        "head": one.head or None,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "closed": one.closed(today()),
        "predecessors": list(one.predecessors),
        "successors": list(one.successors),
    }

"""``<unit>/@@devices``: the devices of a unit and those below, with filters, figures and a spreadsheet."""

from functools import cached_property
from urllib.parse import urlencode

from hopso import _
from hopso.audit.log import record
from hopso.core.sheet_writing import send
from hopso.core.sheet_writing import workbook
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.devices.life import add_device
from hopso.inventory.devices.views import labels
from hopso.inventory.devices.views import listing
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.forms import OperationForm


PAGE = 100
COLUMNS = (
    (_("Kind of device"), 18),
    (_("Serial number"), 20),
    (_("Asset number"), 16),
    (_("Custodian"), 24),
    (_("Place"), 26),
    (_("Unit"), 28),
    (_("Condition"), 12),
    (_("Lent to, back on"), 26),
)


class Devices(DeskPage):
    """The list."""

    label = _("Devices")
    lead = _(
        "Hardware with which people use the system: where it is, who answers for it, what happened to it"
    )
    empty = _("No device matches. Devices that are entered or imported appear here.")
    columns = COLUMNS
    sheet = "devices.xlsx"
    add_title = _("Add a device")
    search_hint = _("Name, serial or asset number")

    @property
    def page_title(self):
        return self.label

    @cached_property
    def filter(self):
        """What is asked for."""
        return listing.read_filter(self.request.form)

    @cached_property
    def lines(self) -> list:
        """All that match."""
        return listing.find(self.context, self.filter)

    def count(self) -> int:
        """How many match."""
        return len(self.lines)

    def figures(self) -> list[dict]:
        """Return figures: title and number."""
        return listing.figures(self.lines)

    def rows(self, limit: int = PAGE) -> list[dict]:
        """Return the rows of the first *limit*."""
        shown = self.lines[:limit]
        names, today = listing.Names(shown), local(now()).date()
        return [
            {
                "title": line.title,
                "url": line.url,
                "tag": labels.tag(line.state),
                "late": line.late(today),
                "cells": self.cells(line, names),
            }
            for line in shown
        ]

    def cells(self, line, names) -> list:
        """Return the texts of a row in the order of the columns."""
        facts = line.facts
        back = day_text(facts.get("due_on"))
        lent = ", ".join(one for one in (names.person(facts.get("borrower")), back) if one)
        return [
            self.t(labels.title_of("kind", facts["kind"])),
            facts["serial"],
            facts.get("asset_number") or "",
            names.person(facts.get("custodian")),
            names.place(facts),
            line.unit,
            self.t(labels.title_of("condition", facts.get("condition") or "good")),
            lent,
        ]

    def more(self) -> int:
        """Return how many match beyond those shown."""
        return max(0, len(self.lines) - PAGE)

    def choices(self) -> list[dict]:
        """Return the filters: name, title, options."""
        lists = {
            "state": (_("State"), [(name, title) for name, (title, _css) in labels.STATES.items()]),
            "kind": (_("Kind of device"), _terms("kind")),
            "condition": (_("Condition"), _terms("condition")),
            "owned_by": (_("Owned by"), _terms("owned_by")),
            "special": (_("Attention"), list(listing.SPECIAL.items())),
        }
        return [
            {
                "name": name,
                "title": title,
                "options": [
                    {
                        "value": value,
                        "title": text,
                        "selected": "selected" if getattr(self.filter, name) == value else None,
                    }
                    for value, text in options
                ],
            }
            for name, (title, options) in lists.items()
        ]

    def link(self, view: str) -> str:
        """Return the address of another view with the present filter."""
        kept = {name: value for name, value in vars(self.filter).items() if value}
        address = f"{self.url}/@@{view}"
        return f"{address}?{urlencode(kept)}" if kept else address

    def actions(self) -> list[dict]:
        """Return what else may be done here: title, url."""
        found = [
            ("hopso: Manage inventory", _("Take the inventory"), "take-inventory"),
            ("hopso: Manage inventory", _("Inventories taken"), "inventories"),
            ("hopso: Manage inventory", _("Import from a spreadsheet"), "inventory-import?kind=devices"),
        ]
        return [
            {"title": title, "url": f"{self.url}/@@{view}"} for right, title, view in found if self.may(right)
        ]

    def add_url(self) -> str:
        """Return where a device is added, empty without the right."""
        return f"{self.url}/@@add-device" if self.may("hopso: Configure device") else ""


def _terms(name):
    return [(one.value, one.title) for one in labels.CHOICES[name](None)]


class DeviceSheet(Devices):
    """``<unit>/@@devices.xlsx``: the same list as a spreadsheet; that it was taken away is on record."""

    def __call__(self):
        rows = [
            [row["title"], self.t(row["tag"]["name"]), *row["cells"]] for row in self.rows(limit=listing.MOST)
        ]
        titles = [self.t(_("Name")), self.t(_("State")), *(self.t(title) for title, _width in COLUMNS)]
        widths = [36, 16, *(width for _title, width in COLUMNS)]
        record("export.thiet-bi", self.context, details={"rows": len(rows)})
        return send(self.request.response, "thiet-bi", workbook(_("Devices"), titles, rows, widths))


class AddDevice(OperationForm):
    """``<unit>/@@add-device``."""

    label = _("Add a device")
    lead = _("Tablets, terminals and other hardware with which people use the system.")
    submit = _("Save")
    operation = add_device

    def verb(self) -> str:
        return self.operation.name

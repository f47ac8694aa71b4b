"""Papers about devices: the record of a handing over, taking an inventory, its statement."""

from functools import cached_property

from hopso import _
from hopso.audit.log import record
from hopso.core.sheet_writing import send
from hopso.core.sheet_writing import workbook
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.devices import counting
from hopso.inventory.devices.story import entry_of
from hopso.inventory.devices.views import labels
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.organisation.place import unit_of
from zExceptions import NotFound


RESULTS = {
    counting.PRESENT: (_("Present"), "hs-tag--good"),
    counting.MISSING: (_("Missing"), "hs-tag--bad"),
    counting.NOT_COUNTED: (_("Not counted"), "hs-tag--warn"),
}
SHEET = (
    (_("No."), 6),
    (_("Name"), 36),
    (_("Kind of device"), 18),
    (_("Serial number"), 20),
    (_("Asset number"), 16),
    (_("Owned by"), 18),
    (_("Condition"), 12),
    (_("Result"), 16),
)


class HandoverPage(DeskPage):
    """``<device>/@@handover?entry=``: the record of a handing over, to be printed and signed."""

    page_title = _("Record of handing over")

    @cached_property
    def entry(self):
        """The entry of the story.  Raises NotFound."""
        found = entry_of(self.context, str(self.request.form.get("entry") or ""))
        if found is None or found.kind != "hand_over":
            raise NotFound("entry")
        return found

    @cached_property
    def record(self) -> dict:
        """What stands on the paper."""
        entry, device = self.entry, self.context
        people = person_names(
            one for one in (entry.before.get("custodian"), entry.after.get("custodian"), entry.who) if one
        )
        units = unit_names((entry.before.get("custodian_unit"), entry.after.get("custodian_unit")))
        return {
            "unit": unit_of(device).title,
            "document": entry.facts.get("document"),
            "on": day_text(entry.facts.get("on")),
            "from_unit": units.get(entry.before.get("custodian_unit"), ""),
            "from_person": people.get(entry.before.get("custodian")) or people.get(entry.who, ""),
            "to_unit": units.get(entry.after.get("custodian_unit"), ""),
            "to_person": people.get(entry.after.get("custodian"), ""),
            "kind": self.t(labels.title_of("kind", device.kind)),
            "condition": self.t(labels.title_of("condition", entry.facts.get("condition"))),
            "accessories": entry.facts.get("accessories") or "–",
        }


class TakeInventory(DeskPage):
    """``<unit>/@@take-inventory``: the list to count by."""

    page_title = _("Take the inventory")

    @cached_property
    def rows(self) -> list[dict]:
        """Return the devices in the books of the unit."""
        return [
            {
                "uid": one.UID,
                "title": one.Title,
                "kind": self.t(labels.title_of("kind", one.desk_facts["kind"])),
                "serial": one.desk_facts["serial"],
                "asset_number": one.desk_facts.get("asset_number") or "",
                "tag": labels.tag(one.review_state),
                "options": [
                    {"value": f"{one.UID}={result}", "title": RESULTS[result][0]}
                    for result in (counting.NOT_COUNTED, counting.PRESENT, counting.MISSING)
                ],
            }
            for one in counting.books_of(self.context)
        ]

    def today(self) -> str:
        return day_text(local(now()).date())


class Inventories(DeskPage):
    """``<unit>/@@inventories`` and, with ``count=``, the statement of one."""

    page_title = _("Inventories taken")

    @cached_property
    def found(self):
        """The inventory that is asked for, None if none is.  Raises NotFound."""
        wanted = self.request.form.get("count")
        if not wanted:
            return None
        found = counting.count_of(self.context, str(wanted))
        if found is None:
            raise NotFound("count")
        return found

    @cached_property
    def all(self) -> list[dict]:
        """Return the inventories of the unit, the latest first."""
        counts = counting.counts_of(self.context)
        names = person_names(one.who for one in counts)
        return [
            {
                "title": one.document,
                "url": f"{self.url}/@@inventories?count={one.id}",
                "on": day_text(one.on),
                "who": names.get(one.who, one.who),
                "present": len(one.of(counting.PRESENT)),
                "all": len(one.lines),
                "tag": {
                    "name": _("Differs") if one.differs else _("Agrees"),
                    "class": "hs-tag hs-tag--bad" if one.differs else "hs-tag hs-tag--good",
                },
            }
            for one in counts
        ]

    def may_take(self) -> bool:
        return self.may("hopso: Manage inventory")

    def lines(self, *results) -> list[dict]:
        """Return the lines of the statement, those with *results* only if any are given."""
        return [
            {
                "number": number,
                "title": one.title,
                "cells": self.cells(one),
                "tag": {"name": RESULTS[one.result][0], "class": f"hs-tag {RESULTS[one.result][1]}"},
            }
            for number, one in enumerate(self.found.lines, 1)
            if not results or one.result in results
        ]

    def cells(self, one) -> list[str]:
        """Return kind, serial, asset number, owner, condition."""
        return [
            self.t(labels.title_of("kind", one.kind)),
            one.serial,
            one.asset_number,
            self.t(labels.title_of("owned_by", one.owned_by)),
            self.t(labels.title_of("condition", one.condition)),
        ]

    def figures(self) -> list[dict]:
        """Return how many are there, missing, not counted, beyond the list."""
        count = self.found
        found = [{"title": title, "text": len(count.of(result))} for result, (title, _css) in RESULTS.items()]
        return [
            {"title": _("In the books"), "text": len(count.lines)},
            *found,
            {"title": _("Beyond the list"), "text": len(count.surplus)},
        ]

    def facts(self) -> list[dict]:
        """Return what stands above the statement."""
        count = self.found
        names = person_names([count.who])
        rows = [
            (_("Unit"), self.context.title),
            (_("Counted on"), day_text(count.on)),
            (_("Number of the record"), count.document),
            (_("Who counted"), count.committee),
            (_("Entered"), f"{names.get(count.who, count.who)}, {datetime_text(count.when)}"),
            (_("Remarks"), count.note),
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def sheet_url(self) -> str:
        return f"{self.url}/@@inventory-statement.xlsx?count={self.found.id}"


class Statement(Inventories):
    """``<unit>/@@inventory-statement.xlsx?count=``: the statement as a spreadsheet; on record."""

    def __call__(self):
        count = self.found
        if count is None:
            raise NotFound("count")
        rows = [
            [number, one.title, *self.cells(one), self.t(RESULTS[one.result][0])]
            for number, one in enumerate(count.lines, 1)
        ]
        surplus = self.t(_("Beyond the list"))
        rows += [
            [number, one, "", "", "", "", "", surplus]
            for number, one in enumerate(count.surplus, len(rows) + 1)
        ]
        about = [
            [self.t(_("Statement of inventory"))],
            *([self.t(one["title"]), "", str(one["text"])] for one in self.facts()),
            [],
        ]
        record("export.kiem-ke", self.context, details={"rows": len(rows)})
        data = workbook(
            _("Statement of inventory"),
            [self.t(title) for title, _width in SHEET],
            rows,
            [width for _title, width in SHEET],
            about=about,
        )
        return send(self.request.response, "kiem-ke", data)

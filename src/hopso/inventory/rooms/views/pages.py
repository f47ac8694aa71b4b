"""Pages of rooms: the form of an inspection, the rules to print, the rooms of a unit."""

from functools import cached_property

from hopso import _
from hopso.audit.log import record
from hopso.core.sheet_writing import send
from hopso.core.sheet_writing import workbook
from hopso.core.text import collation_key
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.rooms.criteria import criteria
from hopso.inventory.rooms.criteria import RESULTS
from hopso.inventory.rooms.records import rules_of
from hopso.inventory.vocabularies import RoomFeatures
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import unit_brains
from plone import api
import segno
from zExceptions import NotFound


ANSWERS = {"good": _("Good"), "bad": _("Bad"), "na": _("Does not apply")}
MOST = 5000
COLUMNS = ((_("Unit"), 28), (_("Place"), 26), (_("Seats"), 8), (_("Features"), 40), (_("Inspected on"), 14))


class InspectRoom(DeskPage):
    """``<room>/@@inspect-room``: the list of criteria to fill in."""

    page_title = _("Enter an inspection")

    def criteria(self) -> list[dict]:
        """Return the criteria with the answers to choose from."""
        language = api.portal.get_current_language(self.context) or "vi"
        return [
            {
                "id": f"hs-{one.name}",
                "title": one.title(language),
                "options": [
                    {"value": f"{one.name}={result}", "title": ANSWERS[result]} for result in RESULTS
                ],
            }
            for one in criteria().values()
        ]

    def today(self) -> str:
        return day_text(local(now()).date())


class RoomRulesPage(DeskPage):
    """``<room>/@@rules``: the rules as they hang in the room, with a code that leads here; older versions."""

    @property
    def page_title(self):
        return self.t(_("Rules of ${room}", mapping={"room": self.context.title}))

    @cached_property
    def versions(self) -> list:
        return rules_of(self.context)

    @cached_property
    def found(self):
        """The version that is asked for, the latest if none is; None if there are no rules.  Raises NotFound."""
        wanted = self.request.form.get("version")
        if not wanted:
            return self.versions[0] if self.versions else None
        for one in self.versions:
            if str(one.version) == wanted:
                return one
        raise NotFound("version")

    def unit_title(self) -> str:
        return unit_of(self.context).title

    def posted(self) -> str:
        """Return since when they are posted, by whom."""
        one = self.found
        names = person_names([one.posted_by])
        mapping = {"day": day_text(one.posted_on), "name": names.get(one.posted_by, one.posted_by)}
        return self.t(_("Posted on ${day} by ${name}", mapping=mapping))

    def code(self) -> str:
        """Return the QR code of this page as an SVG picture."""
        made = segno.make(f"{self.url}/@@rules", error="m")
        return made.svg_inline(
            border=2, scale=4, dark="#000000", light="#ffffff", omitsize=True, svgclass=None
        )

    def older(self) -> list[dict]:
        """Return the other versions: number, day, address."""
        return [
            {
                "number": one.version,
                "on": day_text(one.posted_on),
                "url": f"{self.url}/@@rules?version={one.version}",
            }
            for one in self.versions
            if one.version != self.found.version
        ]


class Rooms(DeskPage):
    """``<unit>/@@rooms``: the rooms of the unit and those below, with filters and a spreadsheet."""

    label = _("Rooms")
    lead = _("Meeting rooms of this unit and those below it: seats, features, inspections")
    empty = _("No room matches. Rooms that are added or imported appear here.")
    columns = COLUMNS
    sheet = "rooms.xlsx"
    add_title = _("Add a room")
    search_hint = _("Name or place")

    @property
    def page_title(self):
        return self.label

    @cached_property
    def filter(self) -> dict:
        """What is asked for: q, feature, seats (at least)."""
        form = self.request.form
        text = {
            name: form.get(name) if isinstance(form.get(name), str) else ""
            for name in ("q", "feature", "seats")
        }
        known = {one.value for one in RoomFeatures(None)}
        return {
            "q": text["q"].strip()[:100],
            "feature": text["feature"] if text["feature"] in known else "",
            "seats": text["seats"] if text["seats"].isdecimal() and len(text["seats"]) < 5 else "",
        }

    @cached_property
    def rooms(self) -> list:
        """All rooms that match, by name.  A unit has few: they are woken."""
        catalog = api.portal.get_tool("portal_catalog")
        path = "/".join(self.context.getPhysicalPath())
        found = [brain.getObject() for brain in catalog(portal_type="Room", path=path)[:MOST]]
        wanted = self.filter
        words, seats = wanted["q"].lower().split(), int(wanted["seats"] or 0)
        kept = [
            room
            for room in found
            if all(word in f"{room.title} {room.place or ''}".lower() for word in words)
            and (not wanted["feature"] or wanted["feature"] in (room.features or ()))
            and (room.capacity or 0) >= seats
        ]
        return sorted(kept, key=lambda room: collation_key(room.title))

    def count(self) -> int:
        return len(self.rooms)

    def figures(self) -> list[dict]:
        """Return figures: title and number."""
        rooms = self.rooms
        found = [
            {"title": _("Rooms"), "text": len(rooms)},
            {"title": _("Seats in all"), "text": sum(room.capacity or 0 for room in rooms)},
            {"title": _("Meet the standard"), "text": sum(bool(room.standard_ok) for room in rooms)},
            {"title": _("Rules not posted"), "text": sum(room.rules_posted_on is None for room in rooms)},
        ]
        return found if rooms else []

    def rows(self) -> list[dict]:
        """Return the rows: title, address, state, cells."""
        terms = RoomFeatures(None)
        titles = {one.value: self.t(one.title) for one in terms}
        places = {brain.getPath(): brain.Title for brain in unit_brains()}
        return [
            {
                "title": room.title,
                "url": room.absolute_url(),
                "tag": {"name": _("In use"), "class": "hs-tag hs-tag--good"}
                if room.active
                else {"name": _("Out of use"), "class": "hs-tag"},
                "cells": [
                    places.get("/".join(room.getPhysicalPath()[:-2]), ""),
                    room.place or "",
                    room.capacity or "",
                    ", ".join(titles.get(one, one) for one in room.features or ()),
                    day_text(room.standard_inspected_on),
                ],
            }
            for room in self.rooms
        ]

    def more(self) -> int:
        return 0

    def choices(self) -> list[dict]:
        """Return the filters: name, title, options."""
        lists = {
            "feature": (_("Feature"), [(one.value, one.title) for one in RoomFeatures(None)]),
            "seats": (
                _("At least"),
                [(str(one), _("${count} seats", mapping={"count": one})) for one in (10, 20, 50, 100, 200)],
            ),
        }
        return [
            {
                "name": name,
                "title": title,
                "options": [
                    {
                        "value": value,
                        "title": text,
                        "selected": "selected" if self.filter[name] == value else None,
                    }
                    for value, text in options
                ],
            }
            for name, (title, options) in lists.items()
        ]

    def link(self, view: str) -> str:
        """Return the address of another view with the present filter."""
        from urllib.parse import urlencode

        kept = {name: value for name, value in self.filter.items() if value}
        address = f"{self.url}/@@{view}"
        return f"{address}?{urlencode(kept)}" if kept else address

    def actions(self) -> list[dict]:
        """Return what else may be done here."""
        if not self.may("hopso: Manage inventory"):
            return []
        return [{"title": _("Import from a spreadsheet"), "url": f"{self.url}/@@inventory-import?kind=rooms"}]

    def add_url(self) -> str:
        return f"{self.url}/@@add-room" if self.may("hopso: Add Room") else ""


class RoomSheet(Rooms):
    """``<unit>/@@rooms.xlsx``: the same list as a spreadsheet; on record."""

    def __call__(self):
        rows = [[row["title"], self.t(row["tag"]["name"]), *row["cells"]] for row in self.rows()]
        titles = [self.t(_("Name")), self.t(_("State")), *(self.t(title) for title, _width in COLUMNS)]
        record("export.phong-hop", self.context, details={"rows": len(rows)})
        widths = [36, 14, *(width for _title, width in COLUMNS)]
        return send(self.request.response, "phong-hop", workbook(_("Rooms"), titles, rows, widths))

"""``/@@sites``: the register of sites with what the regulation says of their number and links; its spreadsheet."""

from hopso import _
from hopso.audit.log import record
from hopso.inventory.sites import rules
from hopso.inventory.sites import situation
from hopso.inventory.sites.views.base import SitesBase
from hopso.operations_desk import sheets
from hopso.organisation.names import room_names
from plone.memoize.view import memoize


class SitesPage(SitesBase):
    """The register."""

    page_title = _("Sites")

    @memoize
    def findings(self) -> list:
        """Return what the rules say of all sites in use: their number, their links."""
        used = [one for one in self.every() if one.active]
        sets = self.policy.rule_sets
        found = rules.registered_number(len(used), self.policy.registered_sites, sets)
        for one in used:
            found += rules.link_as_regulated(one.title, one.link_type, sets)
        return self.told(found)

    def figures(self) -> list[dict]:
        """Return the figures of the register."""
        every = self.every()
        used = [one for one in every if one.active]
        wanted = self.policy.registered_sites
        count = f"{len(used)} / {wanted}" if wanted else str(len(used))
        title = _("In use / named by the regulation") if wanted else _("In use")
        states = [one.state for one in every]
        shown = (situation.MEETING, situation.TROUBLE, situation.NOT_READY)
        return [
            {"title": title, "text": count},
            *({"title": situation.STATES[name][0], "text": states.count(name)} for name in shown),
        ]

    def rows(self) -> list[dict]:
        """Return the rows of the table."""
        rooms = room_names({one.room for one in self.points() if one.room})
        return [
            {
                "title": one.title,
                "url": one.url,
                "kind": self.kind_of(one),
                "unit": one.unit_title,
                "room": rooms.get(one.room, ""),
                "link": self.link_of(one),
                "provider": one.provider_title,
                "tag": self.tag_of(one),
                "findings": self.told(one.findings),
            }
            for one in self.points()
        ]


class SitesSheet(SitesPage):
    """``/@@sites.xlsx``: what the register shows, as a spreadsheet; that it was taken away is on record."""

    columns = (
        (_("Name"), 36), (_("Kind of site"), 22), (_("Unit"), 36), (_("Room"), 24), (_("Link"), 34),
        (_("Provider of the line"), 28), (_("State now"), 16), (_("What is missing"), 50),
    )  # fmt: skip

    def __call__(self):
        rows = [
            [
                row["title"], row["kind"], row["unit"], row["room"], row["link"], row["provider"],
                row["tag"]["name"], "; ".join(one["text"] for one in row["findings"]),
            ]
            for row in self.rows()
        ]  # fmt: skip
        record("export.sites", self.context, details={"rows": len(rows)})
        data = sheets.sheet(self.columns, rows, self.request)
        return sheets.send(self.request.response, "diem-cau", data)

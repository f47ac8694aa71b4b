"""On a unit's page: its rooms and devices, and what needs attention; links for who looks after them."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.links import add_link
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.devices.views import listing
from hopso.theme.cards import Card
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


MANAGE = "hopso: Manage inventory"
add_link("unit", MANAGE, _("Take the inventory"), "@@take-inventory", order=52)
add_link("unit", MANAGE, _("Inventories taken"), "@@inventories", order=53)
add_link("unit", MANAGE, _("Import rooms"), "@@inventory-import?kind=rooms", order=54)
add_link("unit", MANAGE, _("Import devices"), "@@inventory-import?kind=devices", order=55)


class InventoryCard(Card):
    """Rooms and devices of the unit and those below it, as far as the reader may see them."""

    place, order = "aside", 30
    template = ViewPageTemplateFile("templates/unit_card.pt")

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    @property
    def lines(self) -> list:
        if not hasattr(self, "_lines"):
            self._lines = listing.find(self.context)
        return self._lines

    def rooms(self) -> int:
        catalog = api.portal.get_tool("portal_catalog")
        return len(catalog(portal_type="Room", path="/".join(self.context.getPhysicalPath())))

    def devices(self) -> int:
        return sum(line.state != "withdrawn" for line in self.lines)

    def shown(self):
        return bool(self.lines or self.rooms() or getSecurityManager().checkPermission(MANAGE, self.context))

    def attention(self) -> list[dict]:
        """Return what needs attention: title, number, address."""
        today = local(now()).date()
        counts = (
            (_("Overdue"), "special=overdue", sum(line.late(today) for line in self.lines)),
            (_("In repair"), "state=in_repair", sum(line.state == "in_repair" for line in self.lines)),
            (
                _("Awaiting inspection"),
                "state=awaiting_inspection",
                sum(line.state == "awaiting_inspection" for line in self.lines),
            ),
        )
        return [
            {"title": title, "count": count, "url": f"{self.url}/@@devices?{query}"}
            for title, query, count in counts
            if count
        ]

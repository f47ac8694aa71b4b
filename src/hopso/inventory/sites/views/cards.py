"""Cards on pages of other rooms: sites of a unit, of a room, of a meeting; sheets that wait on the start page."""

from hopso import _
from hopso.core.text import span_text
from hopso.inventory.sites import situation
from hopso.inventory.sites.api import sites_of
from hopso.inventory.sites.sheets import checks_by_site
from hopso.inventory.sites.sheets import is_out
from hopso.inventory.sites.sheets import sheet_of
from hopso.inventory.sites.store import sites_store
from hopso.inventory.sites.telling import acknowledge
from hopso.inventory.sites.views.base import SitesBase
from hopso.policy.api import policy_for
from hopso.security import matrix
from hopso.security.logistics import upcoming
from hopso.theme.cards import Card
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class SitesCard(SitesBase, Card):
    """Base: sites with their state and what is missing.

    Each card has a name of its own: what is remembered for a request is kept by it.
    """

    place, order, permission = "main", 60, ""
    template = ViewPageTemplateFile("templates/sites_card.pt")
    title = _("Sites")

    def __init__(self, context, request):
        SitesBase.__init__(self, context, request)

    def __call__(self):
        return self.template()

    def shown(self) -> bool:
        return bool(self.every())

    def more_url(self) -> str:
        """Return where all of it is to be seen."""
        return f"{self.portal_url}/@@site-map"

    def rows(self) -> list[dict]:
        """Return the rows of the card."""
        return [
            {
                "title": one.title,
                "url": one.url,
                "text": " · ".join(part for part in (self.t(self.kind_of(one)), self.link_of(one)) if part),
                "tag": self.tag_of(one),
                "findings": self.told(one.findings),
            }
            for one in self.every()
        ]


class UnitSites(SitesCard):
    """The sites of a unit itself."""

    __name__ = "unit-sites"

    @memoize
    def every(self):
        catalog = api.portal.get_tool("portal_catalog")
        path = "/".join((*self.context.getPhysicalPath(), "diem-cau"))
        uids = [brain.UID for brain in catalog.unrestrictedSearchResults(portal_type="Site", path=path)]
        return situation.points(self.policy, uids)


class RoomSites(SitesCard):
    """The sites that are attached to a room."""

    __name__ = "room-sites"

    @memoize
    def every(self):
        uid = self.context.UID()
        catalog = api.portal.get_tool("portal_catalog")
        uids = [
            brain.UID
            for brain in catalog.unrestrictedSearchResults(portal_type="Site")
            if isinstance(brain.desk_facts, dict) and brain.desk_facts.get("room") == uid
        ]
        return situation.points(self.policy, uids)


class MeetingSites(SitesCard):
    """The sites of a meeting: ready or not, checked or not, whether they have confirmed the sheet."""

    __name__ = "meeting-sites"
    order, permission = 45, matrix.LOGISTICS

    @property
    @memoize
    def policy(self):
        return policy_for(self.context)

    def shown(self):
        return bool(self.context.sites)

    @memoize
    def every(self):
        return situation.points(self.policy, list(self.context.sites or ()))

    def more_url(self):
        return f"{self.url}/@@meeting-sheet"

    def rows(self):
        checks, _due = checks_by_site(self.context)
        acks = {one.uid: one for one in sheet_of(self.context).sites}
        found = super().rows()
        for row, one in zip(found, self.every(), strict=True):
            parts = [row["text"]]
            if one.uid == self.context.chair_site and one.kind != "chair":
                parts.insert(0, self.t(_("Chair's point")))
            if one.uid in checks:
                parts.append(self.t(situation.CHECKS.get(checks[one.uid].state, situation.CHECKS[""])[0]))
            ack = acks.get(one.uid)
            if is_out(self.context) and ack is not None:
                confirmed = ack.ack is not None and not ack.outdated
                parts.append(self.t(_("sheet confirmed") if confirmed else _("sheet not confirmed")))
            row["text"] = " · ".join(part for part in parts if part)
        return found


class SheetsToConfirm(SitesBase, Card):
    """Start page: sheets of meetings that the sites one serves have not confirmed."""

    __name__ = "sheets-to-confirm"
    place, order, permission = "todo", 35, "hopso: Use the site"
    template = ViewPageTemplateFile("templates/sheets_card.pt")

    def __init__(self, context, request):
        SitesBase.__init__(self, context, request)

    def __call__(self):
        return self.template()

    def shown(self):
        return bool(self.rows())

    @memoize
    def rows(self) -> list[dict]:
        """Return a row for each site and meeting."""
        # Most people serve nothing, and most days no sheet is out: ask for little first.
        if not self.reads_people() or not sites_store().sheets:
            return []
        language, found = (self.request.get("LANGUAGE") or "vi")[:2], []
        for one in upcoming():
            book = sites_store().sheets.get(one.uid)
            if book is None or book.off:
                continue
            for site in sites_of(book.sites):
                ack = book.acks.get(site.UID())
                if (ack is None or ack.digest != book.digest) and self.mine(site):
                    found.append(
                        {
                            "title": site.title,
                            "url": f"{one.url}/@@meeting-sheet",
                            "text": f"{span_text(one.start, one.end, language)} · {one.unit}",
                        }
                    )
        return found

    def mine(self, site) -> bool:
        """Tell whether the present user confirms for the site."""
        return acknowledge.allowed(site)

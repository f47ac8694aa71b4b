"""``<meeting>/@@meeting-sheet``: what the sites need to connect a meeting, and nothing of what it is about."""

from hopso import _
from hopso.core.text import datetime_text
from hopso.core.text import span_text
from hopso.inventory.sites.sheets import is_out
from hopso.inventory.sites.sheets import sheet_of
from hopso.inventory.sites.situation import CHECKS
from hopso.inventory.sites.telling import acknowledge
from hopso.inventory.sites.views.base import SitesBase
from hopso.inventory.sites.vocabularies import LinkTypes
from hopso.inventory.sites.vocabularies import SiteKinds
from hopso.meetings.views import labels
from hopso.meetings.vocabularies import MeetingModes
from hopso.organisation.views.units import term
from hopso.security.pages import say
from plone import api
from plone.memoize.view import memoize


class MeetingSheet(SitesBase):
    """The sheet of one meeting; whoever may know when and where it is reads it."""

    page_title = _("Sheet of the meeting")

    @property
    @memoize
    def sheet(self):
        """The sheet as it is now."""
        return sheet_of(self.context)

    def head(self) -> list[dict]:
        """Return the rows about the meeting as a whole."""
        sheet, one = self.sheet, self.sheet.logistics
        language = (self.request.get("LANGUAGE") or "vi")[:2]
        rows = [
            (_("Time"), span_text(one.start, one.end, language)),
            (_("Host unit"), one.unit),
            (_("Form"), term(MeetingModes, one.mode)),
            (_("Rooms"), ", ".join(one.rooms)),
            (_("Bridge"), sheet.bridge),
            (_("Checks due"), datetime_text(sheet.due) if sheet.due else ""),
            (_("Sheet of"), datetime_text(sheet.told_at) if sheet.told_at else ""),
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def state(self) -> dict:
        """Return the tag of the meeting's state."""
        return labels.tag(labels.STATES, self.sheet.logistics.state)

    def contacts(self) -> list[dict]:
        """Return whom to call about the meeting: the host's officer, the technicians of the host unit."""
        sheet = self.sheet
        host = [(_("Officer of the host"), sheet.host_contact)] if sheet.host_contact is not None else []
        technicians = [(_("Technical contact"), one) for one in sheet.logistics.contacts]
        return [{"title": title, "contact": one} for title, one in [*host, *technicians]]

    @memoize
    def sites(self) -> list[dict]:
        """Return the rows of the sites."""
        found = []
        for one in self.sheet.sites:
            name, _sign, style = CHECKS.get(one.check, CHECKS[""])
            found.append(
                {
                    "title": one.title,
                    "url": one.url,
                    "unit": one.unit,
                    "kind": term(SiteKinds, one.kind),
                    "chair": one.chair,
                    "room": one.room,
                    "number": one.vc_number,
                    "link": term(LinkTypes, one.link_type) if one.link_type else "",
                    "people": one.people,
                    "provider": one.provider,
                    "provider_contacts": one.provider_contacts,
                    "findings": self.told(one.findings),
                    "check": {"name": name, "class": f"hs-tag {style}".strip()},
                    "ack": self.ack(one),
                    "action": self.action(one),
                }
            )
        return found

    def ack(self, one) -> dict:
        """Return whether the site has received the sheet."""
        if one.ack is None:
            return {"name": _("Not confirmed"), "class": "hs-tag hs-tag--warn", "text": ""}
        who = self.sheet.names.get(one.ack.by, one.ack.by)
        text = f"{who} · {datetime_text(one.ack.at)}"
        if one.outdated:
            return {"name": _("Changed since"), "class": "hs-tag hs-tag--warn", "text": text}
        return {"name": _("Received"), "class": "hs-tag hs-tag--good", "text": text}

    def action(self, one) -> str:
        """Return where the present user confirms for the site, empty if it is done or not hers."""
        if not is_out(self.context) or (one.ack is not None and not one.outdated):
            return ""
        site = api.content.get(UID=one.uid)
        return f"{one.url}/@@do" if site is not None and acknowledge.allowed(site) else ""

    def to_confirm(self) -> list[dict]:
        """Return the sites for which the present user has still to confirm."""
        return [one for one in self.sites() if one["action"]]

    def figures(self) -> str:
        """Return how many sites have confirmed."""
        done = sum(1 for one in self.sheet.sites if one.ack is not None and not one.outdated)
        return f"{done} / {len(self.sheet.sites)}"

    def map_url(self) -> str:
        """Return the address of the map of this meeting."""
        return f"{self.portal_url}/@@site-map?meeting={self.context.UID()}"

    def heading(self) -> str:
        """Return the title of the page: never that of the meeting."""
        return say(_("Sheet of the meeting"), self.request)

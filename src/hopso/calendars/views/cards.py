"""Links to the calendar on the pages of rooms, sites, units and meetings."""

from urllib.parse import urlencode

from hopso.theme.cards import Card
from plone import api
from plone.uuid.interfaces import IUUID
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class CalendarCard(Card):
    """“Calendar” on the page of a room or a site."""

    place, order = "aside", 30
    permission = "hopso: Use the site"
    template = ViewPageTemplateFile("templates/calendar_card.pt")
    kind = "room"

    def key(self) -> str:
        """Return the key of the calendar."""
        return IUUID(self.context)

    def _address(self, view: str, **more) -> str:
        query = {"kind": self.kind, "key": self.key(), **more}
        return f"{api.portal.get().absolute_url()}/@@{view}?{urlencode(query)}"

    def links(self) -> list[dict]:
        """Return name (calendar, subscribe, week) and address of each link."""
        return [
            {"name": "calendar", "url": self._address("calendar")},
            {"name": "subscribe", "url": self._address("ical-addresses")},
        ]


class SiteCalendarCard(CalendarCard):
    """The same for a site."""

    kind = "site"


class UnitCalendarCard(CalendarCard):
    """The same for a unit, with its work calendar."""

    kind = "unit"

    def key(self) -> str:
        return self.context.getId()

    def links(self) -> list[dict]:
        return [{"name": "week", "url": f"{self.context.absolute_url()}/@@week"}, *super().links()]


class MeetingCalendarCard(Card):
    """“Put into my calendar” on the page of a meeting."""

    place, order = "aside", 90
    permission = "View"
    template = ViewPageTemplateFile("templates/meeting_card.pt")

"""What booking adds to pages of other rooms: bookings of a room or site, and what has to be scheduled again."""

from functools import cached_property

from AccessControl import getSecurityManager
from hopso.booking import operations
from hopso.booking import taking  # noqa: F401  (its operation registers itself)
from hopso.booking.answers import span
from hopso.booking.listing import coming
from hopso.booking.listing import Line
from hopso.inventory.content import IRoom
from hopso.meetings.operations import SCHEDULE
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.theme.cards import Card
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


MOST_DISPLACED = 20


class BookingsCard(Card):
    """“Lịch đặt” on the page of a room or site."""

    place, order = "main", 10
    template = ViewPageTemplateFile("templates/bookings_card.pt")
    dialogs_template = ViewPageTemplateFile("../../meetings/views/templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of an operation, as on the pages of meetings."""
        return self.dialogs_template.macros["dialog"]

    @property
    def token(self) -> str:
        """The authenticator of forms."""
        return createToken()

    @cached_property
    def found(self) -> tuple[list[Line], int]:
        return coming(operations.resource_of(self.context), self.context)

    def lines(self) -> list[Line]:
        """Return the bookings from now on that are shown."""
        return self.found[0]

    def count(self) -> int:
        """Return how many there are."""
        return self.found[1]

    def more(self) -> int:
        """Return how many are not shown."""
        return self.count() - len(self.lines())

    def action(self) -> str:
        """Return where forms go."""
        return f"{self.context.absolute_url()}/@@do"

    def block_dialog(self) -> dict | None:
        """Return the dialog to block it, None for those who may not."""
        one = operations.block_room if IRoom.providedBy(self.context) else operations.block_site
        return button_of_quiet(one, self.context) if one.allowed(self.context) else None


class DisplacedCard(Card):
    """“Cần xếp lại lịch” on the start page: displaced meetings that the reader may schedule."""

    place, order = "todo", 12
    template = ViewPageTemplateFile("templates/displaced_card.pt")

    def shown(self):
        return bool(self.rows)

    @cached_property
    def rows(self) -> list[dict]:
        """The meetings, the first ones first."""
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.searchResults(
            portal_type="Meeting",
            review_state="displaced",
            sort_on="meeting_start",
            sort_limit=MOST_DISPLACED,
        )[:MOST_DISPLACED]
        may, workflow = getSecurityManager().checkPermission, api.portal.get_tool("portal_workflow")
        meetings = [one for one in (brain.getObject() for brain in brains) if may(SCHEDULE, one)]
        return [
            {
                "title": one.title,
                "url": one.absolute_url(),
                "span": span(one.start, one.end),
                "reason": " ".join(str(workflow.getInfoFor(one, "comments", "") or "").split())[:300],
            }
            for one in meetings
        ]

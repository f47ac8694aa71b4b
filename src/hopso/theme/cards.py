"""Cards: what a room adds to the page of another one.

    <adapter name="sites" factory=".cards.SitesCard" />

    class SitesCard(Card):
        place, order = "main", 40
        template = ViewPageTemplateFile("templates/sites_card.pt")

        def shown(self):
            return bool(self.context.sites)

A page draws ``python:hs_page.cards('main')``: the cards for its context and
layer with that place, lower order first.  The template sees the card as
``view`` and brings its ``<section class="hs-card">``.
"""

from AccessControl import getSecurityManager
from zope.component import getAdapters
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface


class ICard(Interface):
    """A part of a page, found as a named adapter of (context, request)."""

    place = Attribute("Where on the page: top, main, aside; on the start page todo or side.")
    order = Attribute("Lower ones stand first.")

    def shown() -> bool:
        """Tell whether there is anything to show to the present user."""

    def __call__() -> str:
        """Return the HTML."""


@implementer(ICard)
class Card:
    """Base of cards; ``permission`` (on the context) is asked for before ``shown``."""

    place = "main"
    order = 100
    permission = ""
    template = None

    def __init__(self, context, request):
        self.context = context
        self.request = request

    def shown(self) -> bool:
        """Tell whether there is anything to show."""
        return True

    def __call__(self) -> str:
        return self.template()


def cards_of(context, request, place: str) -> list:
    """Return the cards for a place of the page of *context* that the present user gets, in order."""
    may = getSecurityManager().checkPermission
    found = [
        (card.order, name, card)
        for name, card in getAdapters((context, request), ICard)
        if card.place == place and (not card.permission or may(card.permission, context)) and card.shown()
    ]
    return [card for _order, _name, card in sorted(found, key=lambda one: one[:2])]


def draw(context, request, place: str) -> str:
    """Return the HTML of these cards."""
    return "".join(card() for card in cards_of(context, request, place))

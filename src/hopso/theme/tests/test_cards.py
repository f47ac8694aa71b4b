"""Parts that rooms add to pages and menus of others."""

from hopso.core.links import add_link
from hopso.core.links import links_of
from hopso.interfaces import IHopsoLayer
from hopso.organisation.content import IUnit
from hopso.theme.cards import Card
from hopso.theme.cards import cards_of
from hopso.theme.cards import draw
from hopso.theme.cards import ICard
import pytest
from zope.component import getGlobalSiteManager
from zope.component import provideAdapter
from zope.interface import alsoProvides


class First(Card):
    place, order = "nowhere", 10

    def __call__(self):
        return "<b>first</b>"


class Second(Card):
    place = "nowhere"
    permission = "hopso: Manage accounts"

    def __call__(self):
        return "<b>second</b>"


class Hidden(Card):
    place = "nowhere"

    def shown(self):
        return False


@pytest.fixture
def added(house):
    """Three cards of the page of a unit."""
    made = {"z-first": First, "a-second": Second, "hidden": Hidden}
    for name, factory in made.items():
        provideAdapter(factory, (IUnit, IHopsoLayer), ICard, name)
    yield
    for name, factory in made.items():
        getGlobalSiteManager().unregisterAdapter(factory, (IUnit, IHopsoLayer), ICard, name)


def test_cards_come_in_order_to_those_who_may(house, added, make, integration):
    request = integration["request"]
    alsoProvides(request, IHopsoLayer)
    with make.as_user(house.admin):
        assert draw(house.office, request, "nowhere") == "<b>first</b><b>second</b>"
    with make.as_user(house.coordinator):
        assert [type(one) for one in cards_of(house.office, request, "nowhere")] == [First]
        assert draw(house.office, request, "elsewhere") == ""


def test_links_are_shown_to_those_who_may(house, make, monkeypatch):
    monkeypatch.setattr("hopso.core.links._links", {"unit": {}})
    add_link("unit", "hopso: Manage accounts", "Later", "@@later", order=20)
    add_link("unit", "hopso: Use the site", "Sooner", "@@sooner", order=10)
    add_link("unit", "hopso: Use the site", "Never", "@@never", when=lambda unit: unit.title == "?")
    with make.as_user(house.admin):
        assert [one["title"] for one in links_of("unit", house.office)] == ["Sooner", "Later"]
        assert links_of("unit", house.office)[0]["url"] == f"{house.office.absolute_url()}/@@sooner"
    with make.as_user(house.coordinator):
        assert [one["title"] for one in links_of("unit", house.office)] == ["Sooner"]
    with pytest.raises(KeyError):
        add_link("nowhere", "View", "x", "y")

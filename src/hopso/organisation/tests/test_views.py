"""Pages of units and rooms, by role."""

from AccessControl import Unauthorized
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.meetings import operations
from plone import api
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


@pytest.fixture
def page(portal):
    def page(context, name="view"):
        alsoProvides(portal.REQUEST, IHopsoLayer)
        IAnnotations(portal.REQUEST).clear()
        return context.restrictedTraverse(f"@@{name}")

    return page


def test_a_unit_shows_its_people_and_rooms_to_everybody(house, page):
    with as_user(house.outsider):
        text = page(house.office)()
    assert "Lê Phương Thảo" in text
    assert "Phòng họp số 1" in text
    assert "Giao ban tuần 48" not in text


def test_upcoming_meetings_are_those_one_may_see(house, page):
    put_in_state(house.meeting, "convened")
    with as_user(house.delegate):
        assert [one["title"] for one in page(house.office).meetings()] == ["Giao ban tuần 48"]
    with as_user(house.outsider):
        assert page(house.office).meetings() == []


def test_the_tree_of_units(house, page):
    with as_user(house.delegate):
        units = page(house.portal["don-vi"]).units()
        assert "Sở Nội vụ" in page(house.portal["don-vi"])()
    assert [one["title"] for one in units] == ["Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Văn phòng"]


def test_sections_lead_to_their_unit(house, page):
    with as_user(house.delegate):
        page(house.office["phong-hop"])()
    assert house.portal.REQUEST.response.getHeader("location") == house.office.absolute_url()


def test_a_room_names_only_meetings_one_may_see(house, page):
    put_in_state(house.meeting, "registered")
    with as_user(house.admin):
        operations.schedule(house.meeting)
        assert "Giao ban tuần 48" in page(house.room)()
    with as_user(house.outsider):
        assert "Giao ban" not in page(house.room)()


@pytest.mark.parametrize(
    ("thing", "name", "who", "who_not"),
    [("office", "add-room", "admin", "coordinator"), ("room", "edit", "admin", "delegate")],
)
def test_forms_are_for_those_who_may(house, page, thing, name, who, who_not):
    with as_user(getattr(house, who_not)), pytest.raises(Unauthorized):
        page(getattr(house, thing), name)
    with as_user(getattr(house, who)):
        assert "<form" in page(getattr(house, thing), name)()


def test_a_unit_is_edited_by_the_system_administrator(house, page):
    with as_user(house.admin), pytest.raises(Unauthorized):
        page(house.office, "edit")
    system = house.portal
    with api.env.adopt_roles(["System Administrator"]):
        assert "<form" in page(system["don-vi"], "add-unit")()

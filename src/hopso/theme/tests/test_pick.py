"""Picking people, units and rooms."""

import json

from AccessControl import Unauthorized
from hopso.theme import people
from hopso.theme.people import entry
from hopso.theme.people import matching
import pytest
from zope.component import getMultiAdapter


PEOPLE = [
    entry("binh", "Nguyễn Văn Bình", "Chủ tịch, Ủy ban nhân dân tỉnh"),
    entry("dat", "Ngô Tấn Đạt", "Sở Nội vụ"),
    entry("hoa", "Đặng Thị Hòa", "Văn phòng"),
]


@pytest.mark.parametrize(
    "query,found",
    [
        ("", ["binh", "dat", "hoa"]),
        ("binh", ["binh"]),
        ("Bình", ["binh"]),
        ("ng", ["binh", "dat"]),
        ("dang", ["hoa"]),
        ("đạt", ["dat"]),
        ("hoà", ["hoa"]),
        ("so noi vu", ["dat"]),
        ("inh", []),
    ],
)
def test_matching_words_by_their_beginning(query, found):
    assert [one.value for one in matching(PEOPLE, query)] == found


def test_accents_as_typed_come_first():
    two = [entry("a", "Lê Duong"), entry("b", "Lê Dương"), entry("c", "Lê Đường")]
    assert [one.value for one in matching(two, "đường")] == ["c", "a", "b"]
    assert len(matching(two, "", limit=2)) == 2


def ask(portal, request, **form):
    request.form.update(form)
    return json.loads(getMultiAdapter((portal, request), name="pick")())


@pytest.fixture
def layered(integration):
    from hopso.interfaces import IHopsoLayer
    from zope.interface import alsoProvides

    request = integration["request"]
    alsoProvides(request, IHopsoLayer)
    people.forget()
    yield request
    people.forget()


class TestService:
    @pytest.mark.parametrize(
        "kind,query,title",
        [
            ("user", "quang", "Phạm Quang"),
            ("unit", "noi vu", "Sở Nội vụ"),
            ("room", "phong", "Phòng họp số 1"),
            ("participant", "so noi", "Sở Nội vụ"),
        ],
    )
    def test_finds(self, house, layered, kind, query, title):
        items = ask(house.portal, layered, kind=kind, q=query)["items"]
        assert items[0]["title"] == title
        if kind == "participant":
            assert items[0]["value"] == f"unit:{house.department.getId()}"

    def test_people_by_given_name(self, house, layered):
        titles = [one["title"] for one in ask(house.portal, layered, kind="user", q="van")["items"]]
        assert titles.index("Nguyễn Văn Bình") < titles.index("Trần Văn Quản")

    def test_unknown_kind(self, house, layered):
        assert "message" in ask(house.portal, layered, kind="password")
        assert layered.response.getStatus() == 400

    def test_not_for_strangers(self, house, layered):
        from plone.app.testing import logout

        logout()
        with pytest.raises(Unauthorized):
            house.portal.restrictedTraverse("@@pick")

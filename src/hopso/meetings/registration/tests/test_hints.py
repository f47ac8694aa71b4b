"""Kinds and types of meetings, and which are to be held online."""

from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import change
from hopso.meetings.registration.hints import online_recommended
from hopso.meetings.registration.recommended import hints_for
from hopso.organisation import keeping
from plone import api
import pytest
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


@pytest.fixture
def system(house, make):
    person = make.create_person("hethong", "Quản trị hệ thống", house.committee)
    with make.as_system():
        api.user.grant_roles(username=person, roles=["System Administrator"])
    return person


@pytest.mark.rule("NA-1.1")
@pytest.mark.rule("NT-1.1")
def test_every_kind_of_meeting_that_the_regulations_know_can_be_registered(house, draft, send):
    from hopso.meetings.registration.tests.conftest import what

    offered = {term.value for term in getUtility(IVocabularyFactory, "hopso.MeetingKinds")(None)}
    assert {"meeting", "conference", "training", "briefing"} <= offered
    assert "working_session" in offered
    for kind in sorted(offered):
        view, _text, status, _location = send(
            house.coordinator, draft, "guide-what", **what(house, kind=[kind])
        )
        assert status == 303, view.all_errors()
        assert draft.kind == kind
    _view, _text, status, _location = send(
        house.coordinator, draft, "guide-what", **what(house, kind=["wedding"])
    )
    assert status == 400


@pytest.mark.rule("HN-P4/3")
@pytest.mark.parametrize(
    "mode, recommended, told",
    [
        ("in_person", True, True),
        ("in_person", False, False),
        ("online", True, False),
        ("hybrid", True, False),
    ],
)
def test_only_what_should_be_online_and_is_not_is_pointed_out(mode, recommended, told):
    found = online_recommended(mode, recommended, "Tập huấn", "Khoản 2 Điều 7")
    assert bool(found) is told
    assert all((one.level, one.article) == ("warn", "Khoản 2 Điều 7") for one in found)


@pytest.mark.rule("HN-P4/3")
def test_administrators_of_vocabularies_say_which_types_these_are(house, draft, system, page):
    assert draft.meeting_type == "work"
    assert hints_for(draft) == []
    with as_user(system):
        keeping.recommend_online(
            house.portal, kind="meeting_types", value="work", online=True, basis="Chỉ thị 15/CT-UBND"
        )
    assert [one.article for one in hints_for(draft)] == ["Chỉ thị 15/CT-UBND"]
    with as_user(house.coordinator):
        assert "Chỉ thị 15/CT-UBND" in page(draft, "guide-when")()
    change(draft, mode="online")
    assert hints_for(draft) == []
    with as_user(system):
        keeping.recommend_online(house.portal, kind="meeting_types", value="work", online=False)
    change(draft, mode="in_person")
    assert hints_for(draft) == []


def test_a_recommendation_names_its_rule(house, system):
    with as_user(system), pytest.raises(errors.Invalid):
        keeping.recommend_online(house.portal, kind="meeting_types", value="work", online=True)
    with as_user(system), pytest.raises(errors.Invalid):
        keeping.recommend_online(
            house.portal, kind="positions", value="director", online=True, basis="Điều 1"
        )
    with as_user(system), pytest.raises(errors.Invalid):
        keeping.recommend_online(
            house.portal, kind="meeting_types", value="wedding", online=True, basis="Điều 1"
        )


def test_nobody_else_recommends(house):
    with as_user(house.admin), pytest.raises(errors.Denied):
        keeping.recommend_online(
            house.portal, kind="meeting_types", value="work", online=True, basis="Điều 1"
        )

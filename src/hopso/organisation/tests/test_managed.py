"""Vocabularies that administrators keep."""

from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import change
from hopso.interfaces import IHopsoLayer
from hopso.organisation import keeping
from hopso.organisation import managed
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from plone import api
import pytest
from zope.component import getUtility
from zope.interface import alsoProvides
from zope.schema.interfaces import IVocabularyFactory


@pytest.fixture
def system(house, make):
    person = make.create_person("hethong", "Quản trị hệ thống", house.committee)
    with make.as_system():
        api.user.grant_roles(username=person, roles=["System Administrator"])
    return person


def offered(name, context=None):
    return [term.value for term in getUtility(IVocabularyFactory, name)(context)]


CALLS = {
    "add": {"title": "Trợ lý"},
    "rename": {"value": "director", "title": "Thủ trưởng"},
    "retire": {"value": "director"},
    "restore": {"value": "director"},
    "order": {"order": ("director",)},
    "recommend_online": {"value": "director", "online": True, "basis": "Điều 7"},
}


@pytest.mark.parametrize("name", CALLS)
def test_only_system_administrators_keep_vocabularies(house, name):
    before = managed.values_of("positions")
    with as_user(house.admin), pytest.raises(errors.Denied):
        getattr(keeping, name)(house.portal, kind="positions", **CALLS[name])
    assert managed.values_of("positions") == before
    assert entries(operation="vocabulary.") == []


def test_what_the_house_brings_along():
    assert offered_ids("meeting_types") == [
        "briefing", "advisory", "work", "thematic", "training", "review", "professional",
    ]  # fmt: skip
    assert offered_ids("document_kinds")[:2] == ["report", "proposal"]


def offered_ids(kind):
    return [one.id for one in managed.KINDS[kind].defaults]


def test_a_value_more_gets_an_identifier_of_its_name(house, system):
    with as_user(system):
        keeping.add(house.portal, kind="positions", title="Trợ lý Chủ tịch")
        with pytest.raises(errors.Invalid):
            keeping.add(house.portal, kind="positions", title="trợ lý chủ tịch")
        with pytest.raises(errors.Invalid):
            keeping.add(house.portal, kind="positions", title="Khác", value="director")
    assert offered("hopso.Positions")[-1] == "tro_ly_chu_tich"
    [entry] = entries(operation="vocabulary.add")
    assert (entry.who, entry.details["title"]) == (system, "Trợ lý Chủ tịch")


def test_a_renamed_value_keeps_its_identifier(house, system):
    assignment_store().assign(house.delegate, Assignment(house.department.getId(), "members", "director"))
    with as_user(system):
        keeping.rename(house.portal, kind="positions", value="director", title="Thủ trưởng")
    assert managed.position_text("director") == "Thủ trưởng"
    assert managed.uses("positions") == {"director": 1}
    assert offered("hopso.Positions").index("director") == offered_ids("positions").index("director")


def test_words_of_former_days_stay_readable(house):
    assert managed.position_text("Trưởng ty") == "Trưởng ty"


def test_a_retired_value_is_offered_no_more_but_stays_where_it_is(house, system):
    change(house.meeting, meeting_type="thematic")
    with as_user(system):
        keeping.retire(house.portal, kind="meeting_types", value="thematic")
        with pytest.raises(errors.WrongState):
            keeping.retire(house.portal, kind="meeting_types", value="thematic")
    assert "thematic" not in offered("hopso.MeetingTypes")
    assert "thematic" in offered("hopso.MeetingTypes", house.meeting)
    vocabulary = getUtility(IVocabularyFactory, "hopso.MeetingTypes")(None)
    assert "thematic" in vocabulary
    assert vocabulary.getTerm("thematic").title == "Thematic meeting"
    assert managed.uses("meeting_types")["thematic"] == 1
    with as_user(system):
        keeping.restore(house.portal, kind="meeting_types", value="thematic")
        with pytest.raises(errors.WrongState):
            keeping.restore(house.portal, kind="meeting_types", value="thematic")
    assert "thematic" in offered("hopso.MeetingTypes")


def test_the_last_type_of_meetings_is_not_retired(house, system):
    with as_user(system):
        for value in offered("hopso.MeetingTypes")[:-1]:
            keeping.retire(house.portal, kind="meeting_types", value=value)
        with pytest.raises(errors.Invalid):
            keeping.retire(house.portal, kind="meeting_types", value="professional")


def test_values_are_put_in_order(house, system):
    with as_user(system):
        keeping.order(house.portal, kind="document_kinds", order=("letter", "plan"))
        with pytest.raises(errors.Invalid):
            keeping.order(house.portal, kind="document_kinds", order=("nothing",))
    assert offered("hopso.DocumentKinds")[:3] == ["letter", "plan", "report"]


def test_values_that_do_not_exist(house, system):
    for name in ("rename", "retire", "restore"):
        with as_user(system), pytest.raises(errors.Invalid):
            getattr(keeping, name)(house.portal, kind="positions", **CALLS[name] | {"value": "nothing"})


def test_the_page_shows_uses_and_offers_changes(house, system, make):
    make.create_document(house.meeting, doc_kind="plan", issuing_body="Sở Nội vụ")
    alsoProvides(house.portal.REQUEST, IHopsoLayer)
    with as_user(system):
        keeping.add(house.portal, kind="issuing_bodies", title="Sở Nội vụ")
        for kind, words in (("issuing_bodies", "so_noi_vu"), ("document_kinds", "plan")):
            house.portal.REQUEST.form["kind"] = kind
            view = house.portal.restrictedTraverse("@@vocabularies")
            assert [one["id"] for one in view.values() if one["uses"] == 1] == [words]
            assert words in view()
    with as_user(house.admin), pytest.raises(Exception, match="vocabularies"):
        house.portal.restrictedTraverse("@@vocabularies")

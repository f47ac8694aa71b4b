"""Lists, files and the API of units; names of former days where old meetings are shown."""

from datetime import date
from io import BytesIO

from hopso.audit.log import entries
from hopso.factories import as_system
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.meetings.views.meeting import MeetingPage
from hopso.organisation import reorganise
from hopso.organisation.listing import matching
from hopso.organisation.listing import Wanted
from hopso.organisation.services.units import ChartGet
from hopso.organisation.services.units import UnitsGet
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import today
from openpyxl import load_workbook
from plone import api
from plone.restapi.interfaces import ISerializeToJson
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.component import getMultiAdapter
from zope.interface import alsoProvides


DECIDED = {
    "decision": "1/QĐ", "decided_on": date(2025, 6, 1), "effective": date(2025, 7, 1), "reason": "Sắp xếp",
}  # fmt: skip


@pytest.fixture
def request_of(house):
    """The request with these parameters."""

    def request_of(**form):
        request = house.portal.REQUEST
        alsoProvides(request, IHopsoLayer)
        IAnnotations(request).clear()
        request.form.clear()
        request.form.update(form)
        return request

    return request_of


@pytest.fixture
def renamed(house):
    """The office had another name until July 2025, and the department was closed then."""
    with as_system():
        reorganise.rename(house.office, title="Văn phòng tỉnh", **DECIDED)
        reorganise.close(house.department, successor="UBND", **DECIDED)
    return house


def titles(**form):
    return [one.title for one, _depth in matching(Wanted.read(form))]


def test_units_are_found_by_words_without_accents_codes_and_former_names(renamed):
    assert titles() == ["Ủy ban nhân dân tỉnh", "Văn phòng tỉnh"]
    assert titles(q="van phong") == ["Văn phòng tỉnh"]
    assert titles(q="vp") == ["Văn phòng tỉnh"]
    assert titles(state="closed") == ["Sở Nội vụ"]
    assert len(titles(state="all")) == 3
    assert titles(sector="party") == []
    assert titles(level="province", q="uy ban") == ["Ủy ban nhân dân tỉnh"]


def test_files_hold_what_the_page_lists(renamed, request_of):
    province = renamed.committee.__parent__
    with as_user(renamed.delegate):
        request_of(state="all")
        rows = list(
            load_workbook(BytesIO(province.restrictedTraverse("@@units.xlsx")())).worksheets[0].values
        )
        text = province.restrictedTraverse("@@units.csv")().decode("utf-8-sig")
    assert [row[0] for row in rows[1:]] == ["UBND", "SNV", "VP"]
    assert rows[2][10].date() == date(2025, 6, 30)
    assert "Văn phòng tỉnh" in text
    assert [one.details for one in entries(operation="export.units")] == [{"rows": 3}, {"rows": 3}]


def test_pages_of_units_tell_their_history(renamed, request_of):
    request = request_of()
    with as_user(renamed.delegate):
        text = renamed.office.restrictedTraverse("@@view")()
        assert "Văn phòng → Văn phòng tỉnh" in text
        assert "30/06/2025" in text
        closed = find_unit(renamed.department.getId())
        text = closed.restrictedTraverse("@@view")()
    assert renamed.committee.absolute_url() in text
    assert request.response.getStatus() == 200


def test_a_meeting_of_2024_shows_the_name_of_2024(renamed, request_of, make):
    request = request_of()
    then = make.create_meeting(
        renamed.office, "Họp cũ", start=make.in_days((date(2024, 5, 6) - today()).days)
    )
    for meeting, name in ((then, "Văn phòng"), (renamed.meeting, "Văn phòng tỉnh")):
        with as_user(renamed.coordinator):
            rows = {str(one["title"]): one["text"] for one in MeetingPage(meeting, request).facts()}
        assert rows["Host unit"] == name
        IAnnotations(request).clear()


def test_the_chart_shows_a_day(renamed, request_of):
    province = renamed.committee.__parent__
    with as_user(renamed.delegate):
        for day, there in (("30/06/2025", True), ("01/07/2025", False)):
            request_of(day=day)
            view = province.restrictedTraverse("@@chart")
            assert ("Sở Nội vụ" in view.svg()) is there
            assert ("Văn phòng tỉnh" in view()) is not there
        request_of(day="01/07/2025", closed="1")
        assert "5 4" in province.restrictedTraverse("@@chart").svg()
        request_of(day="soon")
        assert province.restrictedTraverse("@@chart").day == today()
        request_of()
        assert "<svg" in renamed.office.restrictedTraverse("@@chart.svg")()


def test_the_api_tells_units_and_chart(renamed, request_of):
    province = renamed.committee.__parent__

    def ask(service, context, **form):
        one = service()
        one.context, one.request = context, request_of(**form)
        return one.reply()

    with as_user(renamed.delegate):
        found = ask(UnitsGet, province)
        assert [(one["code"], one["depth"]) for one in found["items"]] == [("UBND", 0), ("VP", 1)]
        assert ask(UnitsGet, province, day="2024-01-01")["items_total"] == 3
        assert ask(UnitsGet, province, state="closed")["items"][0]["successors"] == [
            renamed.committee.getId()
        ]
        assert ask(UnitsGet, renamed.office)["items_total"] == 1
        assert "error" in ask(UnitsGet, province, day="soon")
        picture = ask(ChartGet, province)
        assert len(picture["boxes"]) == 2
        data = getMultiAdapter((renamed.office, request_of()), ISerializeToJson)()
    assert data["former_names"] == [{"title": "Văn phòng", "until": "2025-06-30"}]
    assert data["history"][0]["kind"] == "renamed"


def test_what_only_reorganisations_change_is_in_no_form(house, request_of):
    request_of()
    with as_user(house.admin), api.env.adopt_roles(["System Administrator"]):
        text = house.office.restrictedTraverse("@@edit")()
    assert "valid_to" not in text
    assert "successors" not in text

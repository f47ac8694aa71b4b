"""Figures of a period (BD-3.1.dd)."""

from io import BytesIO

from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.meetings import participation
from hopso.meetings.statistics import count
from hopso.meetings.statistics import Figures
from hopso.meetings.statistics import MeetingFacts
from openpyxl import load_workbook
from plone import api
from Products.CMFPlone.CatalogTool import CatalogTool
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


@pytest.mark.rule("BD-3.1.dd")
def test_counting():
    units, total = count(
        [
            MeetingFacts("a", (12, None, 3), ("attending", "substituted", "declined", "invited")),
            MeetingFacts("a", (5,), None),
            MeetingFacts("b", (), ("declined",)),
        ]
    )
    assert units["a"] == Figures(2, 4, 20, 1, 2, 1, 1, 1)
    assert units["b"] == Figures(meetings=1, absent=1)
    assert total == Figures(3, 4, 20, 1, 2, 2, 1, 1)
    assert (units["a"].attendance, total.attendance, Figures().attendance) == (67, 50, None)


def test_nothing_to_count():
    assert count([]) == ({}, Figures())


@pytest.fixture
def page(portal):
    """``page(name, **form)``: a fresh view for whoever asks."""
    request = portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request["LANGUAGE"] = "en"

    def page(name="statistics", **form):
        IAnnotations(request).clear()
        request.form.clear()
        day = {"from": f"{in_days(-30):%Y-%m-%d}", "to": f"{in_days(60):%Y-%m-%d}"}
        request.form.update(day | form)
        return api.content.get_view(name, portal, request)

    return page


@pytest.fixture
def held(house, make):
    """Two meetings: one convened with documents and answers, one that is a draft still."""
    for title, pages, state in (("Một", 12, "published"), ("Hai", None, "published"), ("Ba", 40, "draft")):
        document = make.create_document(house.meeting, title, page_count=pages)
        put_in_state(document, state)
    put_in_state(house.meeting, "convened")
    kept = participation.records(house.meeting)
    key = f"user:{house.delegate}"
    participation.put_record(house.meeting, kept[key], answer="declined", reason="Đi công tác")
    house.invited = len(kept)
    make.create_meeting(house.department, "Chưa mời")
    return house


@pytest.mark.rule("BD-3.1.dd")
def test_figures_of_a_period(held, page):
    with as_user(held.coordinator):
        view = page()
        assert view.total == Figures(1, 2, 12, 1, 0, 1, held.invited - 1)
        html = view()
    assert "Delegates not attending" in html and view.rows[0]["name"] in html
    with as_user(held.coordinator):
        assert page(**{"from": f"{in_days(50):%Y-%m-%d}"}).total == Figures()
        assert "No meeting found" in page(**{"from": f"{in_days(50):%Y-%m-%d}"})()


def test_the_first_and_the_last_day_belong_to_the_period(held, page):
    day = f"{held.meeting.start.astimezone(in_days(0).tzinfo):%Y-%m-%d}"
    with as_user(held.coordinator):
        assert page(**{"from": day, "to": day}).total.meetings == 1
        assert page(**{"from": "khong", "to": ["x"]})


@pytest.mark.rule("BD-3.1.dd")
def test_only_what_the_reader_may_see(held, page):
    with as_user(held.outsider):
        assert page().total == Figures()
    with as_user(held.delegate):
        # Who answered what is for those who prepare, in sums as well.
        total = page().total
    assert (total.meetings, total.documents, total.without_answers) == (1, 2, 1)
    assert (total.attending, total.absent, total.unanswered) == (0, 0, 0)


def test_two_queries_whatever_the_number(held, make, page, monkeypatch):
    asked = []
    kept = CatalogTool.searchResults

    def counted(self, *args, **query):
        asked.append(query.get("portal_type"))
        return kept(self, *args, **query)

    monkeypatch.setattr(CatalogTool, "searchResults", counted)
    monkeypatch.setattr(CatalogTool, "__call__", counted)
    with as_user(held.coordinator):
        assert page().facts
    assert asked == ["Meeting", "MeetingDocument"]


@pytest.mark.rule("BD-3.1.dd")
def test_export(held, page, portal):
    with as_user(held.coordinator):
        book = load_workbook(BytesIO(page("statistics.xlsx")()))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[2][:4] == ["Host unit", "Meetings", "Electronic documents", "Pages of documents"]
    assert rows[-1] == ["Total", 1, 2, 12, 0, 1, held.invited - 1]
    assert "thong-ke-" in portal.REQUEST.response.getHeader("Content-Disposition")

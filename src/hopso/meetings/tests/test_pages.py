"""The pages of meetings, by role."""

from datetime import timedelta

from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from hopso.meetings import operations
from plone import api
from Products.CMFPlone.CatalogTool import CatalogTool
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


@pytest.fixture
def page(portal):
    def page(context, name="view"):
        request = portal.REQUEST
        alsoProvides(request, IHopsoLayer)
        IAnnotations(request).clear()
        return api.content.get_view(name, context, request)

    return page


@pytest.fixture
def full(house, make):
    first = make.create_item(house.meeting, "Khai mạc", duration=10, presenter="Chủ tọa")
    second = make.create_item(house.meeting, "Kinh tế – xã hội", preparing_unit=house.department.getId())
    make.create_item(house.meeting, "Nội dung khác", handed_out=True)
    make.create_document(
        house.meeting, "Báo cáo tuần 47", agenda_item=second.getId(), doc_number="214/BC-STC"
    )
    make.create_document(house.meeting, "Giấy mời", doc_kind="invitation")
    house.items = (first, second)
    return house


@pytest.mark.rule("BD-3.1.a", "BD-3.2")
def test_the_page_tells_the_seven_statements(full, page):
    with as_user(full.coordinator):
        text = page(full.meeting)()
    for wanted in (
        "Giao ban tuần 48",
        "08:00–09:30",
        "Phòng họp số 1",
        "Kinh tế – xã hội tuần 47",
        "214/BC-STC",
        "Phạm Quang",
        "Invitation letter",
    ):
        assert wanted in text


@pytest.mark.rule("BD-7/2")
def test_a_neutral_placeholder_stands_for_papers(full, page):
    with as_user(full.coordinator):
        rows = page(full.meeting).rows()
        assert "Document handed out at the meeting" in page(full.meeting)()
    assert [row["handed_out"] for row in rows] == [False, False, True]


def test_one_next_step_and_what_blocks_it(full, page):
    put_in_state(full.meeting, "scheduled")
    with as_user(full.coordinator):
        view = page(full.meeting)
        assert view.next_step()["verb"] == "convene"
        assert view.next_step()["dialog"]
        assert [one["rule"] for one in view.notes()] == ["BD-6.3/1"]
        text = view()
    assert "Điều 6 khoản 3" in text
    assert "Đặng Thị Hòa" in text
    with as_user(full.admin):
        assert page(full.meeting).next_step()["verb"] == "convene"
    with as_user(full.approver):
        view = page(full.meeting)
        assert view.next_step() is None
        assert len(view.notes()) == 1


def test_delegates_see_no_unpublished_document_and_no_answers(full, page):
    put_in_state(full.meeting, "convened")
    with as_user(full.delegate):
        view = page(full.meeting)
        assert view.agenda.document_count == 0
        assert not view.sees_answers
        assert [one["answer"] for one in view.my_answers()] == ["invited"]
        text = view()
    assert "Báo cáo tuần 47" not in text
    assert "214/BC-STC" not in text
    assert "No answer yet" in text
    assert view.history() == []


def test_steps_follow_the_state(full, page):
    with as_user(full.coordinator):
        operations.register(full.meeting)
        steps = page(full.meeting).steps()
    assert [one["class"] for one in steps][:3] == ["is-done", "is-now", ""]
    assert steps[0]["when"]


def test_leaders_may_lift_the_lead_time_on_the_page(full, page):
    start = now() + timedelta(hours=5)
    change(full.meeting, start=start, end=start + timedelta(hours=1))
    with as_user(full.leader):
        view = page(full.meeting)
        assert view.next_step()["override"]
        assert "override_reason" in view()
    with as_user(full.coordinator):
        assert not page(full.meeting).next_step()["override"]


def test_agenda_costs_one_query(full, page, monkeypatch):
    asked = []
    original = CatalogTool.searchResults
    monkeypatch.setattr(
        CatalogTool, "searchResults", lambda self, *a, **kw: asked.append(kw) or original(self, *a, **kw)
    )
    with as_user(full.coordinator):
        view = page(full.meeting)
        view.rows()
        view.loose_documents()
        view.minutes_records()
    assert len(asked) == 1


def test_participants_are_managed_by_those_who_prepare(full, page):
    put_in_state(full.meeting, "convened")
    with as_user(full.coordinator):
        view = page(full.meeting, "people")
        assert view.may_manage
        text = view()
    assert "hs-do-add-participants" in text
    assert "No answer yet" in text
    with as_user(full.delegate):
        view = page(full.meeting, "people")
        assert not view.may_manage
        assert view.filters() == []
        text = view()
    assert "Phạm Quang" in text
    assert "No answer yet" not in text


def test_participants_as_a_sheet(full, page):
    from io import BytesIO

    from openpyxl import load_workbook

    put_in_state(full.meeting, "convened")
    with as_user(full.secretary):
        data = page(full.meeting, "people.xlsx")()
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.rows]
    assert rows[3][:2] == ["Phạm Quang", "No answer yet"]
    with as_user(full.delegate):
        data = page(full.meeting, "people.xlsx")()
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.rows]
    assert rows[3][1:] == []


def test_the_agenda_for_printing_has_clock_times(full, page):
    with as_user(full.coordinator):
        view = page(full.meeting, "agenda")
        assert [row["time"] for row in view.timed_rows()] == ["08:00–08:10", "08:10–08:25", "08:25–08:40"]
        assert "Khai mạc" in view()


class TestForms:
    def test_time_and_rooms_of_a_scheduled_meeting_belong_to_the_administrator(self, house, page):
        put_in_state(house.meeting, "scheduled")
        with as_user(house.coordinator):
            view = page(house.meeting, "edit")
            text = view()
        assert "form.widgets.start" not in text
        with as_user(house.admin):
            assert "form.widgets.start" in page(house.meeting, "edit")()

"""The pages on which units are reorganised."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

from hopso.factories import as_system
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
from hopso.organisation.check import check
from hopso.organisation.tree import all_units
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import is_closed
from openpyxl import load_workbook
from plone import api
import pytest
from zope.annotation.interfaces import IAnnotations
from zope.interface import alsoProvides


DECIDED = {
    "decision": "12/QĐ-UBND", "decided_on": "01/06/2025", "effective": "01/07/2025", "reason": "Sắp xếp bộ máy",
}  # fmt: skip


@pytest.fixture
def system(house, make):
    person = make.create_person("hethong", "Quản trị hệ thống", house.committee)
    with as_system():
        api.user.grant_roles(username=person, roles=["System Administrator"])
    return person


@pytest.fixture
def post(house, monkeypatch):
    """Send a form to a page; return (page, text)."""
    monkeypatch.setattr("hopso.organisation.views.reorganising.CheckAuthenticator", lambda request: None)
    request = house.portal.REQUEST
    alsoProvides(request, IHopsoLayer)

    def post(context, name, **form):
        IAnnotations(request).clear()
        request.form.clear()
        request.form.update(form)
        request.environ["REQUEST_METHOD"] = request.method = "POST"
        view = context.restrictedTraverse(f"@@{name}")
        try:
            return view, view()
        finally:
            request.environ["REQUEST_METHOD"] = request.method = "GET"

    return post


def test_the_preview_names_everything_and_changes_nothing(house, system, post):
    before = all_units()
    with as_user(system):
        view, text = post(house.office, "reorganise", what="close", successor="SNV", preview="1", **DECIDED)
    assert all_units() == before
    assert [(one["title"], one["count"]) for one in view.preview.totals()] == [
        ("Units that end", 1),
        ("People with a new home unit", 6),
        ("Functions given anew", 6),
        ("Open meetings that move", 1),
        ("Rooms that move", 1),
    ]
    for name in ("Lê Phương Thảo", "Giao ban tuần 48", "Phòng họp số 1", view.preview.draft.digest):
        assert name in text


def test_what_was_shown_is_carried_out(house, system, post):
    with as_user(system):
        view, _text = post(house.office, "reorganise", what="close", successor="SNV", preview="1", **DECIDED)
        seen = view.preview.draft.digest
        _view, text = post(
            house.office, "reorganise", what="close", successor="SNV", confirm="1", seen=seen, **DECIDED
        )
    assert text == ""
    assert find_unit(house.office.getId()).valid_to == date(2025, 6, 30)


def test_a_preview_that_is_out_of_date_is_refused(house, system, post, monkeypatch):
    kept = SimpleNamespace(abort=lambda: None)  # what the test made was never committed
    monkeypatch.setattr("hopso.organisation.views.reorganising.transaction", kept)
    with as_user(system):
        view, _text = post(
            house.office, "reorganise", what="close", successor="SNV", confirm="1", seen="other", **DECIDED
        )
    assert view.error["status"] == 409
    assert not is_closed(find_unit(house.office.getId()))


def test_what_is_impossible_is_said_with_its_reason(house, system, post):
    with as_user(system):
        view, text = post(house.committee, "reorganise", what="move", parent="VP", preview="1", **DECIDED)
        assert [one["step"] for one in view.preview.problems()] == [1]
        assert 'name="confirm"' not in text
        view, text = post(
            house.office, "reorganise", what="move", preview="1", **DECIDED | {"effective": "soon"}
        )
        assert view.error_of("effective")
        assert "Sắp xếp bộ máy" in text  # nothing typed is lost


def test_a_split_is_put_together_from_its_rows(house, system, post):
    form = {
        "what": "split", "part1_title": "Văn phòng 1", "part1_code": "VP1", "part2_title": "Văn phòng 2",
        "part2_code": "VP2", f"person_{house.leader}": "2", "preview": "1",
    }  # fmt: skip
    with as_user(system):
        view, text = post(house.office, "reorganise", **form, **DECIDED)
    assert view.preview.draft.problems == ()
    given = [one for one in view.preview.draft.effects if type(one).__name__ == "HandOver"]
    assert (given[0].target, given[0].people) == ("new:2", (house.leader,))
    assert f'name="person_{house.leader}" value="2"' in text


@pytest.mark.parametrize("what", ["rename", "move", "merge", "split", "close"])
def test_every_form_can_be_read(house, system, what):
    request = house.portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    request.form["what"] = what
    with as_user(system):
        assert f'name="what" value="{what}"' in house.office.restrictedTraverse("@@reorganise")()


def test_many_steps_from_a_spreadsheet(house, system, post):
    sheet = "Việc;Đơn vị;Vào\nGiải thể;VP;SNV\nĐổi tên;SNV;;Sở Nội vụ mới\n".encode()

    class Upload(BytesIO):
        filename = "de-an.csv"

    province = house.committee.__parent__
    with as_user(system):
        view, text = post(province, "reorganise", file=Upload(sheet), preview="1", **DECIDED)
        assert view.preview.draft.problems == ()
        assert "Sở Nội vụ mới" in text
        steps = house.portal.REQUEST.form["steps_json"]
        post(province, "reorganise", steps_json=steps, confirm="1", seen=view.preview.draft.digest, **DECIDED)
        assert house.department.title == "Sở Nội vụ mới"
        assert is_closed(find_unit(house.office.getId()))
        view, _text = post(province, "reorganise", preview="1", **DECIDED)
        assert view.error_of("file")
        view, _text = post(province, "reorganise", file=Upload(b"\xff\xfe\x00"), preview="1", **DECIDED)
        assert view.error_of("file")


def test_the_spreadsheet_to_fill_in(house, system):
    request = house.portal.REQUEST
    alsoProvides(request, IHopsoLayer)
    with as_user(system):
        data = house.committee.__parent__.restrictedTraverse("@@reorganise-template")()
    assert load_workbook(BytesIO(data)).worksheets[0].max_column == 9


def test_the_check_finds_what_has_lost_its_place(house, system, make):
    make.create_person("lac", "Người Lạc", None, account={"unit": "nowhere"})
    house.department.valid_to = date(2020, 1, 1)
    house.department.reindexObject()
    make.create_meeting(house.department, "Họp sót")
    make.change(house.meeting, participants=(f"unit:{house.department.getId()}",))
    found = {(one.kind, one.title) for one in check()}
    assert ("account_without_unit", "Người Lạc") in found
    assert ("account_without_unit", "Phạm Quang") in found
    assert ("assignment_of_closed_unit", "Bùi Văn Ngoại") in found
    assert ("meeting_of_closed_unit", "Họp sót") in found
    assert ("invitation_of_closed_unit", "Giao ban tuần 48") in found
    assert ("no_administrator", "Ủy ban nhân dân tỉnh") in found
    assert ("no_head", "Văn phòng") in found
    alsoProvides(house.portal.REQUEST, IHopsoLayer)
    with as_user(system):
        text = house.committee.__parent__.restrictedTraverse("@@check")()
    assert "Người Lạc" in text
    with as_user(house.admin), pytest.raises(Exception, match="check"):
        house.committee.__parent__.restrictedTraverse("@@check")

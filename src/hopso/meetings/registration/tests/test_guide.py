"""The guided registration, step by step."""

from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.meetings.registration.completeness import completeness_of
from hopso.meetings.registration.tests.conftest import what
from hopso.meetings.registration.tests.conftest import when
import pytest
from zExceptions import Forbidden


def test_the_first_step_makes_a_draft_in_the_folder_of_unit_and_year(house, draft):
    assert draft.host_unit == house.office.getId()
    assert draft.preparer == house.coordinator
    assert f"/hop/{local(draft.start).year}/" in draft.absolute_url()
    assert draft.time_proposed


@pytest.mark.rule("NA-7")
def test_a_time_that_nobody_has_chosen_counts_as_missing(house, draft):
    assert draft.start > now()
    assert "start" in {one.name for one in completeness_of(draft).missing}
    with as_user(house.coordinator):
        found = operations.registration_findings(draft)
    assert any(one.data.get("field") == "start" and one.level == "block" for one in found)


def test_nobody_else_registers(house, page):
    with as_user(house.delegate), pytest.raises(errors.Denied):
        page(house.portal, "new-meeting")()


def test_a_form_of_another_page_is_refused(house, send):
    with pytest.raises(Forbidden):
        send(house.coordinator, house.portal, "new-meeting", token=False, **what(house))


def test_what_was_typed_stays_when_something_is_missing(house, send):
    view, text, status, _location = send(
        house.coordinator, house.portal, "new-meeting", **what(house, title="")
    )
    assert view.created is None
    assert status == 400
    assert "Tiến độ quý IV" in text


def test_an_address_may_propose_time_and_room(house, send):
    proposed = {"start": "2027-11-22T14:00", "end": "2027-11-22T15:00", "room": house.room.UID()}
    house.portal.REQUEST.form.clear()
    view, *_rest = send(house.coordinator, house.portal, "new-meeting", **what(house))
    assert view.created.time_proposed
    with as_user(house.coordinator):
        view.request.form.update(proposed)
        assert view.kept_back() == list(proposed.items())
        meeting = view.create({"title": "Họp", "host_unit": house.office.getId()})
    assert not meeting.time_proposed
    assert f"{local(meeting.start):%d/%m/%Y %H:%M}" == "22/11/2027 14:00"
    assert meeting.rooms == (house.room.UID(),)


@pytest.mark.parametrize(
    "bad",
    [
        {"start": "never"},
        {"start": "2027-11-22T14:00", "end": "2027-11-22T13:00"},
        {"room": "nothing"},
        {"start": ["2027-11-22T14:00"]},
    ],
)
def test_nonsense_in_the_address_proposes_nothing(house, page, bad):
    with as_user(house.coordinator):
        view = page(house.portal, "new-meeting", **bad)
        assert set(view.proposed()) <= {"start"}
        view()


def test_choosing_a_time_settles_it(house, draft, send):
    _view, _text, status, location = send(
        house.coordinator, draft, "guide-when", **when(rooms=[house.room.UID()])
    )
    assert (status, location.rpartition("/")[2]) == (303, "@@guide-who")
    assert not draft.time_proposed
    assert f"{local(draft.start):%d/%m/%Y %H:%M}" == "22/11/2027 08:00"
    assert draft.rooms == (house.room.UID(),)


@pytest.mark.parametrize(
    "button, page_after",
    [("back", "@@guide-what"), ("to_papers", "@@guide-papers"), ("to_documents", "@@add-document")],
)
def test_every_way_out_saves(house, draft, send, button, page_after):
    _view, _text, status, location = send(house.coordinator, draft, "guide-when", button, **when())
    assert (status, location.rpartition("/")[2]) == (303, page_after)
    assert f"{local(draft.start):%d/%m/%Y}" == "22/11/2027"


def test_closing_leads_to_the_meeting(house, draft, send):
    *_rest, location = send(house.coordinator, draft, "guide-when", "close", **when())
    assert location == draft.absolute_url()


def test_what_cannot_be_saved_keeps_one_in_the_step(house, draft, send):
    before = draft.start
    view, text, status, _location = send(
        house.coordinator, draft, "guide-when", "back", **when(**{"end-time": "07:00", "mode": ["online"]})
    )
    assert status == 400
    assert draft.start == before
    assert view.stuck == "what"
    assert "07:00" in text
    assert 'name="form.buttons.leave"' in text


def test_one_may_go_on_without_what_cannot_be_saved(house, draft, send):
    before = draft.start
    bad = when(**{"end-time": "07:00", "mode": ["online"], "external_bridge": "Hệ thống Chính phủ"})
    *_rest, status, location = send(house.coordinator, draft, "guide-when", "leave", _target="who", **bad)
    assert (status, location.rpartition("/")[2]) == (303, "@@guide-who")
    assert draft.start == before
    assert draft.time_proposed
    assert (draft.mode, draft.external_bridge) == ("online", "Hệ thống Chính phủ")


def test_somebody_else_was_quicker(house, draft, send):
    _view, text, status, _location = send(
        house.coordinator, draft, "guide-what", _seen="earlier", **{**what(house, title="Tên mới")}
    )
    assert status == 409
    assert draft.title == "Họp rà soát tiến độ"
    assert "Tên mới" in text


def test_strangers_see_no_step(house, draft, page):
    from AccessControl import Unauthorized

    for name in ("guide-what", "guide-when", "guide-clocks", "guide-review", "registration-slip"):
        with as_user(house.outsider), pytest.raises(Unauthorized):
            draft.restrictedTraverse(f"@@{name}")


def test_time_of_a_scheduled_meeting_belongs_to_the_administrator(house, page):
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator), pytest.raises(errors.Denied):
        page(house.meeting, "guide-when")()
    with as_user(house.admin):
        assert "form.widgets.start" in page(house.meeting, "guide-when")()


@pytest.mark.rule("HN-5.5")
def test_the_line_to_other_systems_is_recorded_and_shown(house, draft, send, page):
    bridge = "Hội nghị truyền hình Chính phủ; đầu mối 0912 345 678; quay số 10.1.2.3##77"
    send(house.coordinator, draft, "guide-when", **when(external_bridge=bridge))
    assert draft.external_bridge == bridge
    with as_user(house.coordinator):
        assert bridge in page(draft, "guide-review")()
        assert bridge in page(draft, "registration-slip")()


@pytest.mark.rule("BD-6.2")
def test_the_meter_names_what_is_missing_with_its_article(house, draft, page):
    with as_user(house.coordinator):
        view = page(draft, "guide-who")
        missing = {part["title"]: part for part in view.panel.parts() if not part["there"]}
        text = view()
        before = completeness_of(draft).percent
    assert {"Chair", "Secretary", "Participants", "Room"} <= set(missing)
    assert missing["Chair"]["article"] == "Điều 6 khoản 2"
    assert missing["Room"]["step"] == "when"
    assert f"{before} %" in text
    change(draft, chair=house.chair, secretary=house.secretary, participants=(f"user:{house.delegate}",))
    assert completeness_of(draft).percent > before


def test_review_hands_in_with_what_the_rules_say(house, draft, page):
    change(
        draft,
        chair=house.chair,
        secretary=house.secretary,
        participants=(f"user:{house.delegate}",),
        rooms=(house.room.UID(),),
    )
    with as_user(house.coordinator):
        blocked = page(draft, "guide-review")
        assert blocked.next_step()["blocked"]
        draft.time_proposed = False
        view = page(draft, "guide-review")
        assert not view.next_step()["blocked"]
        assert 'value="register"' in view()
        operations.register(draft)
        assert page(draft, "guide-review").handed_in()


@pytest.mark.rule("NA-7")
def test_the_slip_states_everything_in_writing(house, draft, page, send):
    send(house.coordinator, draft, "guide-when", **when(rooms=[house.room.UID()]))
    change(draft, participants=(f"user:{house.delegate}",), other="Bố trí 02 micro không dây")
    with as_user(house.coordinator):
        text = page(draft, "registration-slip")()
    for stated in ("Tiến độ quý IV", "Phạm Quang", "22/11/2027", house.room.title, "02 micro không dây"):
        assert stated in text


def test_clocks_of_a_time_that_is_only_typed(house, draft, page):
    with as_user(house.coordinator):
        view = page(draft, "guide-clocks", start="22/11/2027 08:00")
        rows = view.panel.clock_rows()
        assert [row["deadline"] for row in rows] == ["20/11/2027 08:00", "17/11/2027 08:00"]
        assert "20/11/2027 08:00" in view()
        late = page(draft, "guide-clocks", start=f"{local(now()):%d/%m/%Y} 23:59")
        assert late.panel.is_late()
        assert "data-hs-take-day" in late()
        assert page(draft, "guide-clocks", start="rubbish").panel.start == draft.start

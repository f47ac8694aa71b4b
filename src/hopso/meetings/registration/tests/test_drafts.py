"""Drafts, copies, registering in one call."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import preparation
from hopso.meetings.registration.at_once import register_meeting
from hopso.meetings.registration.drafts import delete_draft
from hopso.meetings.registration.drafts import my_drafts
from hopso.meetings.registration.series_operations import make_series
from hopso.theme.cards import draw
import pytest


def titles(user):
    with as_user(user):
        return [one.Title for one in my_drafts(user)]


def test_my_drafts_are_those_that_i_prepare(house, draft, make):
    make.create_meeting(house.office, "Của người khác", preparer=house.secretary)
    assert set(titles(house.coordinator)) == {"Giao ban tuần 48", "Họp rà soát tiến độ"}
    assert titles(house.outsider) == []
    put_in_state(draft, "registered")
    assert titles(house.coordinator) == ["Giao ban tuần 48"]
    put_in_state(draft, "returned")
    assert "Họp rà soát tiến độ" in titles(house.coordinator)


def test_the_start_page_shows_them(house, draft, page):
    with as_user(house.coordinator):
        view = page(house.portal, "my-drafts")
        assert "Họp rà soát tiến độ" in draw(house.portal, view.request, "side")
        assert "meeting.delete_draft" in view()
    with as_user(house.outsider):
        view = page(house.portal, "my-drafts")
        text = draw(house.portal, view.request, "side")
        # A coordinator without drafts is told what will appear here.
        assert 'id="my-drafts"' in text
        assert "Họp rà soát tiến độ" not in text
    with as_user(house.delegate):
        assert 'id="my-drafts"' not in draw(house.portal, view.request, "side")


def test_a_draft_is_deleted(house, draft):
    folder, name = draft.__parent__, draft.getId()
    with as_user(house.coordinator):
        delete_draft(draft)
    assert name not in folder


def test_nobody_else_deletes_it(house, draft):
    with as_user(house.admin), pytest.raises(errors.Denied):
        delete_draft(draft)


def test_what_was_handed_in_is_not_deleted(house, draft):
    put_in_state(draft, "returned")
    with as_user(house.coordinator), pytest.raises((errors.WrongState, errors.Denied)):
        delete_draft(draft)


@pytest.mark.parametrize("agenda", [True, False])
@pytest.mark.parametrize("people", [True, False])
@pytest.mark.parametrize("places", [True, False])
def test_a_copy_takes_what_was_chosen(house, make, agenda, people, places):
    make.create_item(house.meeting, "Khai mạc")
    with as_user(house.coordinator):
        copy = preparation.copy_meeting(
            house.meeting, start=in_days(30), take_agenda=agenda, take_people=people, take_places=places
        )
    assert bool(copy.objectIds()) is agenda
    assert bool(copy.participants) is people
    assert bool(copy.rooms) is places
    assert (copy.chair, copy.content) == (house.chair, house.meeting.content)


class TestInOneCall:
    def fields(self, house, **changes):
        return {
            "title": "Họp qua API",
            "content": "Nội dung",
            "purpose": "Điều hành",
            "start": in_days(20),
            "end": in_days(20, 10),
            "chair": house.chair,
            "secretary": house.secretary,
            "rooms": (house.room.UID(),),
            "participants": (f"user:{house.delegate}",),
            **changes,
        }

    def test_it_is_handed_in(self, house):
        with as_user(house.coordinator):
            meeting = register_meeting(house.office, **self.fields(house))
        assert state_of(meeting) == "registered"
        assert (meeting.host_unit, meeting.preparer) == (house.office.getId(), house.coordinator)

    def test_or_kept_as_a_draft(self, house):
        with as_user(house.coordinator):
            meeting = register_meeting(
                house.office, draft=True, title="Họp", start=in_days(20), end=in_days(20, 9)
            )
        assert state_of(meeting) == "draft"

    def test_every_bad_field_is_named(self, house):
        with as_user(house.coordinator), pytest.raises(errors.Invalid) as refused:
            register_meeting(house.office, **self.fields(house, title=None, chair="nobody", mode="by_letter"))
        assert set(refused.value.errors) == {"title", "chair", "mode"}

    @pytest.mark.parametrize(
        "changes, field", [({"end": in_days(19)}, "end"), ({"chair_site": "x"}, "chair_site")]
    )
    def test_values_that_do_not_go_together(self, house, make, changes, field):
        if "chair_site" in changes:
            changes = {"chair_site": make.create_site(house.office).UID()}
        with as_user(house.coordinator), pytest.raises(errors.Invalid) as refused:
            register_meeting(house.office, **self.fields(house, **changes))
        assert set(refused.value.errors) == {field}

    def test_the_regulation_has_its_say(self, house):
        with as_user(house.coordinator), pytest.raises(errors.Blocked) as refused:
            register_meeting(house.office, **self.fields(house, secretary=None))
        assert {one.rule for one in refused.value.findings} == {"BD-6.2"}

    def test_nobody_else_registers(self, house):
        with as_user(house.delegate), pytest.raises(errors.Denied):
            register_meeting(house.office, **self.fields(house))


def test_pages_of_series(house, draft, page):
    with as_user(house.coordinator):
        assert page(draft, "make-series").why_not()
        draft.time_proposed = False
        view = page(draft, "make-series", frequency="weekly", interval="2", count="3")
        assert len(view.preview()) in (2, 3)
        assert "hs-make-series" in view()
        assert page(draft, "make-series", interval="many").preview() is None
        series = make_series(draft, count=3)
        view = page(series, "view")
        text = view()
        assert len(view.rows()) == len(series.kept)
        assert "hs-do-change-following" in text
        assert series.absolute_url() in draw(draft, view.request, "aside")
    with as_user(house.leader):
        assert "hs-do-schedule" not in page(series, "view")()

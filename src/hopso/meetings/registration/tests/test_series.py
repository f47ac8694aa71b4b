"""Series: made of a meeting, arranged together, changed and ended."""

from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.meetings.registration import api as registration
from hopso.meetings.registration import making
from hopso.meetings.registration import series_operations as ops
from hopso.meetings.registration.series import occurrence_brains
from hopso.tasks.testing import run_all
from hopso.tasks.testing import waiting
from plone import api
import pytest


# Mondays far enough ahead, without a public holiday among them.
FIRST = datetime(2027, 10, 4, 8, 0, tzinfo=LOCAL)


@pytest.fixture
def briefing(house, make):
    """The house's meeting on a Monday, with an agenda."""
    change(house.meeting, start=FIRST, end=FIRST + timedelta(minutes=90))
    make.create_item(house.meeting, "Tình hình tuần qua", duration=30)
    make.create_item(house.meeting, "Nhiệm vụ tuần tới")
    return house.meeting


@pytest.fixture
def series(house, briefing):
    """Four Mondays of October 2027."""
    with as_user(house.coordinator):
        return ops.make_series(briefing, count=4)


def held(series):
    return [f"{local(one.start):%d/%m %H:%M}" for one in meetings(series)]


def meetings(series):
    return [one._unrestrictedGetObject() for one in occurrence_brains(series, unrestricted=True)]


class TestMaking:
    def test_occurrences_are_drafts_like_the_first(self, house, series, briefing):
        assert held(series) == ["04/10 08:00", "11/10 08:00", "18/10 08:00", "25/10 08:00"]
        last = meetings(series)[-1]
        assert state_of(last) == "draft"
        assert (last.title, last.chair, last.rooms) == (briefing.title, house.chair, briefing.rooms)
        assert [one.title for one in last.objectValues()] == ["Tình hình tuần qua", "Nhiệm vụ tuần tới"]
        assert last.preparer == house.coordinator
        assert registration.series_of(last) == series
        assert not registration.is_moved(last)

    def test_what_people_see_of_it_is_what_they_may_see(self, house, series):
        with as_user(house.coordinator):
            assert len(registration.occurrences(series.UID())) == 4
        with as_user(house.outsider):
            assert registration.occurrences(series.UID()) == []
            assert not api.user.has_permission("View", obj=series)

    def test_making_again_makes_nothing_twice(self, series):
        making.make(series, 100)
        making.make_occurrences(series.UID())
        assert len(meetings(series)) == 4

    def test_what_was_deleted_is_not_made_again(self, house, series):
        from hopso.meetings.registration.drafts import delete_draft

        with as_user(house.coordinator):
            delete_draft(meetings(series)[2])
        making.make(series, 100)
        assert held(series) == ["04/10 08:00", "11/10 08:00", "25/10 08:00"]

    def test_many_are_made_by_the_worker_in_batches(self, house, briefing):
        with as_user(house.coordinator):
            series = ops.make_series(briefing, count=52, horizon=date(2028, 12, 31))
        assert len(meetings(series)) == 1
        assert (making.JOB, {"uid": series.UID()}) in waiting()
        done = [name for name, _kwargs in run_all() if name == making.JOB]
        assert len(done) == 3
        # 52 Mondays without those of public holidays.
        assert len(meetings(series)) == len(making.planned(series)) > 45

    def test_the_year_turns(self, house, briefing):
        with as_user(house.coordinator):
            series = ops.make_series(briefing, interval=5, horizon=date(2028, 1, 31))
        assert "/hop/2028/" in meetings(series)[-1].absolute_url()

    @pytest.mark.parametrize(
        "bad, field",
        [
            ({"weekdays": (2,)}, "weekdays"),
            ({"until": date(2027, 9, 1)}, "until"),
            ({"interval": 0}, "interval"),
            ({"frequency": "daily"}, "frequency"),
        ],
    )
    def test_rules_that_make_no_sense(self, house, briefing, bad, field):
        with as_user(house.coordinator), pytest.raises(errors.Invalid) as refused:
            ops.make_series(briefing, **bad)
        assert field in refused.value.errors
        assert briefing.series_id == ""

    def test_strangers_and_convened_meetings(self, house, briefing):
        with as_user(house.delegate), pytest.raises(errors.Denied):
            ops.make_series(briefing)
        put_in_state(briefing, "convened")
        with as_user(house.coordinator), pytest.raises(errors.WrongState):
            ops.make_series(briefing)

    def test_a_meeting_belongs_to_one_series(self, house, series, briefing):
        with as_user(house.coordinator), pytest.raises(errors.WrongState):
            ops.make_series(briefing)

    def test_further_ones(self, house, briefing):
        with as_user(house.coordinator):
            series = ops.make_series(briefing, horizon=date(2027, 10, 11))
            assert held(series) == ["04/10 08:00", "11/10 08:00"]
            ops.extend(series, until=date(2027, 10, 25))
            with pytest.raises(errors.Invalid):
                ops.extend(series, until=date(2020, 1, 1))
        assert len(meetings(series)) == 4
        with as_user(house.delegate), pytest.raises(errors.Denied):
            ops.extend(series, until=date(2027, 12, 1))
        put_in_state(series, "ended")
        with as_user(house.coordinator), pytest.raises(errors.WrongState):
            ops.extend(series, until=date(2027, 12, 1))


class TestTogether:
    @pytest.fixture
    def clash(self, house, make, series):
        """Somebody else has the room on the third Monday."""
        other = make.create_meeting(
            house.office, "Họp khác", FIRST + timedelta(days=14, minutes=30), rooms=(house.room.UID(),)
        )
        put_in_state(other, "registered")
        with as_user(house.admin):
            operations.schedule(other)
        return other

    def test_each_is_handed_in_by_itself(self, house, series, clash):
        with as_user(house.coordinator):
            outcome = ops.register_all(series)
        assert [one.done for one in outcome] == [True, True, False, True], outcome
        assert house.room.title in str(api.portal.translate(outcome[2].texts[0]))
        assert [state_of(one) for one in meetings(series)] == [
            "registered",
            "registered",
            "draft",
            "registered",
        ]

    def test_or_all_or_none(self, house, series, clash):
        with as_user(house.coordinator), pytest.raises(errors.Blocked) as refused:
            ops.register_all(series, all_or_nothing=True)
        assert len(refused.value.findings) == 1
        assert "18/10/2027" in api.portal.translate(refused.value.findings[0].text)

    def test_scheduling_takes_the_rooms_one_by_one(self, house, series, make):
        with as_user(house.coordinator):
            ops.register_all(series)
        other = make.create_meeting(
            house.office, "Họp khác", FIRST + timedelta(days=7), rooms=(house.room.UID(),)
        )
        put_in_state(other, "registered")
        with as_user(house.admin):
            operations.schedule(other)
            outcome = ops.schedule_all(series)
        assert [one.done for one in outcome] == [True, False, True, True]
        assert [state_of(one) for one in meetings(series)][1] == "registered"
        assert meetings(series)[1].booked_rooms is None

    def test_who_may(self, house, series):
        with as_user(house.delegate), pytest.raises(errors.Denied):
            ops.register_all(series)
        with as_user(house.coordinator), pytest.raises(errors.Denied):
            ops.schedule_all(series)


class TestChanging:
    def test_one_occurrence_moves_and_stays_in_the_series(self, house, series):
        one = meetings(series)[1]
        with as_user(house.coordinator):
            ops.register_all(series)
        with as_user(house.admin):
            ops.schedule_all(series)
            operations.reschedule(one, start=one.start + timedelta(days=1), end=one.end + timedelta(days=1))
        assert registration.is_moved(one)
        assert registration.series_of(one) == series
        assert held(series)[1] == "12/10 08:00"

    def test_this_and_all_following(self, house, series):
        second, third = meetings(series)[1:3]
        change(third, start=third.start + timedelta(hours=2), end=third.end + timedelta(hours=2))
        put_in_state(meetings(series)[3], "convened")
        with as_user(house.coordinator):
            outcome = ops.change_following(
                series, since=date(2027, 10, 11), clock="14:00", minutes=60, title="Giao ban chiều"
            )
        assert held(series) == ["04/10 08:00", "11/10 14:00", "18/10 10:00", "25/10 08:00"]
        assert [one.title for one in meetings(series)] == [
            "Giao ban tuần 48", "Giao ban chiều", "Giao ban chiều", "Giao ban tuần 48",
        ]  # fmt: skip
        assert [one.done for one in outcome] == [True, True, False]
        assert (second.end - second.start) == timedelta(hours=1)
        assert not registration.is_moved(second)
        assert registration.is_moved(third)
        with as_user(house.coordinator):
            ops.extend(series, until=date(2027, 11, 8))
        assert series.rule.count == 4

    def test_later_ones_are_made_as_changed(self, house, briefing):
        with as_user(house.coordinator):
            series = ops.make_series(briefing, horizon=date(2027, 10, 11))
            ops.change_following(series, since=date(2027, 10, 11), clock="09:00", rooms=())
            ops.extend(series, until=date(2027, 10, 18))
        assert held(series)[-1] == "18/10 09:00"
        assert meetings(series)[-1].rooms == ()

    def test_the_rooms_of_scheduled_ones_are_the_administrators(self, house, series):
        with as_user(house.coordinator):
            ops.register_all(series)
        with as_user(house.admin):
            ops.schedule_all(series)
        with as_user(house.coordinator):
            outcome = ops.change_following(series, since=date(2027, 10, 18), clock="10:00")
        assert [one.done for one in outcome] == [False, False]
        assert held(series)[2:] == ["18/10 08:00", "25/10 08:00"]

    @pytest.mark.parametrize("bad", [{}, {"clock": "25:00"}, {"minutes": 1}, {"mode": "by_letter"}])
    def test_changes_that_make_no_sense(self, house, series, bad):
        with as_user(house.coordinator), pytest.raises(errors.Invalid):
            ops.change_following(series, since=date(2027, 10, 11), **bad)

    def test_nobody_else_changes(self, house, series):
        with as_user(house.outsider), pytest.raises(errors.Denied):
            ops.change_following(series, since=date(2027, 10, 11), title="Khác")


class TestEnding:
    def test_one_is_called_off(self, house, series):
        with as_user(house.coordinator):
            ops.register_all(series)
            ops.cancel_following(series, since=date(2027, 10, 18), only_this=True, reason="Trùng hội nghị")
        assert [state_of(one) for one in meetings(series)] == [
            "registered", "registered", "cancelled", "registered",
        ]  # fmt: skip

    def test_all_following_are_called_off_and_no_more_are_made(self, house, series):
        with as_user(house.coordinator):
            operations.register(meetings(series)[2])
            outcome = ops.cancel_following(series, since=date(2027, 10, 18), reason="Không cần nữa")
            assert [one.done for one in outcome] == [True, True]
            ops.extend(series, until=date(2027, 12, 31))
        # The one handed in is called off, the draft is gone.
        assert [state_of(one) for one in meetings(series)] == ["draft", "draft", "cancelled"]

    def test_what_has_begun_is_left_alone(self, house, series, monkeypatch):
        monkeypatch.setattr(ops, "now", lambda: FIRST + timedelta(days=7, minutes=5))
        with as_user(house.coordinator):
            ops.cancel_following(series, since=date(2027, 10, 1), reason="Dừng")
        assert held(series) == ["04/10 08:00", "11/10 08:00"]

    def test_a_day_without_a_meeting(self, house, series):
        with as_user(house.coordinator), pytest.raises(errors.Invalid):
            ops.cancel_following(series, since=date(2027, 10, 19), only_this=True, reason="Nhầm")

    def test_the_end_deletes_drafts_only(self, house, series):
        with as_user(house.coordinator):
            operations.register(meetings(series)[1])
            ops.end(series)
            assert state_of(series) == "ended"
            with pytest.raises(errors.WrongState):
                ops.end(series)
        assert [state_of(one) for one in meetings(series)] == ["registered"]

    def test_nobody_else_ends(self, house, series):
        for act in (
            lambda: ops.end(series),
            lambda: ops.cancel_following(series, since=date(2027, 10, 18), reason="Không"),
        ):
            with as_user(house.delegate), pytest.raises(errors.Denied):
                act()

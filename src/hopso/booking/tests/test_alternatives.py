"""What is offered instead: free, of the same day or with the same features, and nothing that one may not see."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso.booking import api as booking
from hopso.booking import hours
from hopso.booking.alternatives import wanted_by
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.policy.api import store_values
from hopso.policy.timing import Session
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


OFFICE = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 0)))
quarters = st.integers(0, 95)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 40), quarters, st.sets(st.tuples(quarters, st.integers(1, 12)), max_size=6))
def test_offered_times_are_free_of_the_same_day_and_the_closest(length, wish, taken):
    day = in_days(30, 0)
    step = hours.STEP
    near, length = day + wish * step, length * step
    busy = [(day + first * step, day + (first + count) * step) for first, count in taken]

    def fits(start):
        return not any(begin < start + length and start < end for begin, end in busy)

    found = hours.free_starts(near, length, fits, hours=OFFICE)
    assert all(fits(start) for start in found)
    assert near not in found
    assert {local(start).date() for start in found} <= {local(day).date()}
    assert all(hours.outside_hours(start, start + length, OFFICE) == [] for start in found)
    distances = [abs(start - near) for start in found]
    assert distances == sorted(distances)
    if found:
        inside = [day + number * step for number in range(96)]
        inside = [one for one in inside if one != near and not hours.outside_hours(one, one + length, OFFICE)]
        nearer = [one for one in inside if abs(one - near) < distances[-1] and fits(one)]
        assert set(nearer) <= set(found) or len(found) == 3


def test_long_meetings_are_offered_on_other_days():
    near = in_days(30)
    found = hours.free_starts(near, timedelta(days=2), lambda start: True)
    assert [(one - near).days for one in found] == [-1, 1, -2]


def test_no_time_that_is_past():
    near = in_days(30, 9)
    found = hours.free_starts(near, timedelta(hours=1), lambda start: True, earliest=near)
    assert found
    assert min(found) > near


@pytest.mark.parametrize(
    ("begins", "ends", "fine"),
    [
        ("07:30", "11:30", True),
        ("07:30", "17:00", True),
        ("07:15", "09:00", False),
        ("16:00", "17:15", False),
        ("11:30", "14:00", False),
        ("13:30", "14:00", True),
        ("10:00", "13:30", False),
    ],
)
def test_bookable_hours(begins, ends, fine):
    day = local(in_days(30)).date()
    start, end = (
        datetime.combine(day, time.fromisoformat(one), tzinfo=in_days(30).tzinfo) for one in (begins, ends)
    )
    assert (hours.outside_hours(start, end, OFFICE) == []) is fine
    assert hours.outside_hours(start, end, ()) == []


class TestRefusals:
    """Who is refused learns what is free."""

    @pytest.fixture
    def second(self, house, make):
        put_in_state(house.meeting, "registered")
        with as_user(house.admin):
            operations.schedule(house.meeting)
        second = make.create_meeting(
            house.office,
            "Họp khác",
            start=house.meeting.start,
            rooms=(house.room.UID(),),
            chair=house.chair,
            secretary=house.secretary,
        )
        return put_in_state(second, "registered")

    def offers(self, house, meeting, who=None, **params):
        with as_user(who or house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(meeting, **params)
        return error.value.findings[0].data["alternatives"]

    def test_other_times_of_the_day_with_margins(self, house, second):
        found = self.offers(house, second)
        assert [one["kind"] for one in found] == ["time"] * 3
        start, length = house.meeting.start, timedelta(hours=1.5)
        # Meeting, its margin, our margin; before it there is no room in the usual hours.
        assert found[0]["start"] == (start + length + timedelta(minutes=30)).isoformat()
        assert found[0]["fill"]["start"] == datetime_text(start + timedelta(hours=2))
        assert found[0]["rooms"] == [house.room.UID()]

    def test_an_offered_time_can_be_booked(self, house, second):
        offer = wanted_by(second)
        (first, *_others) = booking.alternatives(offer)
        with as_user(house.admin):
            operations.schedule(second, start=first.start, end=first.end)

    def test_other_rooms_with_the_same_features_and_enough_seats(self, house, make, second):
        house.room.features = ("video",)
        house.room.capacity = 20
        better = make.create_room(house.office, "Phòng 2", features=("video", "recording"), capacity=30)
        elsewhere = make.create_room(house.department, "Phòng sở", features=("video",), capacity=25)
        make.create_room(house.office, "Không truyền hình", capacity=40)
        make.create_room(house.office, "Nhỏ", features=("video",), capacity=1)
        make.create_room(house.office, "Hỏng", features=("video",), capacity=30, active=False)
        busy = make.create_room(house.office, "Bận", features=("video",), capacity=30)
        booking.book([f"room:{busy.UID()}"], second.start, second.end, "somebody")
        rooms = [one["rooms"] for one in self.offers(house, second) if one["kind"] == "room"]
        assert rooms == [[better.UID()], [elsewhere.UID()]]

    def test_only_rooms_that_meet_the_standard_where_it_is_asked_for(self, house, make, second):
        store_values({"room_standard_required": True})
        good = {"standard_ok": True, "standard_inspected_on": date(2026, 1, 5), "capacity": 30}
        house.room.standard_ok, house.room.standard_inspected_on = True, date(2026, 1, 5)
        make.create_room(house.office, "Chưa kiểm tra", capacity=30)
        fine = make.create_room(house.office, "Đạt chuẩn", **good)
        rooms = [one["rooms"] for one in self.offers(house, second) if one["kind"] == "room"]
        assert rooms == [[fine.UID()]]

    @pytest.mark.rule("NA-2.1/2")
    def test_a_room_below_the_standard_is_refused(self, house, make, second):
        store_values({"room_standard_required": True})
        other = make.create_room(house.office, "Chưa kiểm tra", capacity=30)
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(second, rooms=(other.UID(),))
        (finding,) = error.value.findings
        assert (finding.rule, str(finding.text.mapping["room"])) == ("NA-2.1/2", "Chưa kiểm tra")

    def test_a_room_out_of_use_is_refused(self, house, make, second):
        other = make.create_room(house.office, "Hỏng", active=False)
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(second, rooms=(other.UID(),))
        assert [one.rule for one in error.value.findings] == ["HS-ROOM"]

    def test_outside_of_the_hours_a_reason_is_needed(self, house, make, second):
        store_values({"bookable_hours": ("07:30-11:30", "13:30-17:00")})
        start = in_days(12, 19)
        params = {"start": start, "end": start + timedelta(hours=1)}
        with as_user(house.admin):
            with pytest.raises(errors.Blocked) as error:
                operations.schedule(second, **params)
            assert [one.rule for one in error.value.findings] == ["HS-HOURS"]
            operations.schedule(second, override_reason="Chủ tịch yêu cầu", **params)

    def test_a_race_that_is_lost_is_answered_the_same_way(self, house, second):
        from hopso.meetings.rooms import take_rooms

        with as_user(house.admin), pytest.raises(errors.EditConflict) as error:
            take_rooms(second)
        assert error.value.status == 409
        assert error.value.findings[0].data["alternatives"]

    def test_a_site_in_the_way_leaves_other_times_only(self, house, make, second):
        site = make.create_site(house.department, "Điểm cầu sở")
        booking.book([f"site:{site.UID()}"], in_days(20), in_days(20, 10), "somebody")
        second.sites = (site.UID(),)
        params = {"start": in_days(20), "end": in_days(20, 9)}
        assert {one["kind"] for one in self.offers(house, second, **params)} == {"time"}

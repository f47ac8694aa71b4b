"""Booking as other rooms see it: together or not at all, with margins, for meetings."""

from datetime import timedelta

from hopso.booking import api as booking
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.policy.api import store_values
import pytest


@pytest.fixture
def begins():
    return in_days(30)


@pytest.fixture
def ends(begins):
    return begins + timedelta(hours=1)


def names(bookings):
    return [(one.resource, one.holder) for one in bookings]


def test_all_or_nothing(portal, begins, ends):
    booking.book(["room:a"], begins, ends, "first")
    with pytest.raises(booking.Taken) as error:
        booking.book(["room:b", "room:a", "site:c"], begins, ends, "second")
    assert names(error.value.conflicts) == [("room:a", "first")]
    assert booking.bookings_of("second") == []
    assert booking.conflicts(["room:b", "site:c"], begins, ends) == []


def test_who_is_refused_keeps_what_she_has(portal, begins, ends):
    booking.book(["room:a"], begins, ends, "first")
    booking.book(["room:b"], begins, ends, "second")
    with pytest.raises(booking.Taken):
        booking.book(["room:a", "room:c"], begins, ends, "second")
    assert names(booking.bookings_of("second")) == [("room:b", "second")]


@pytest.mark.parametrize(("gap", "free"), [(44, False), (45, True)])
def test_margins_of_both_count(portal, begins, ends, gap, free):
    booking.book(["room:a"], begins, ends, "first", setup=15, teardown=30)
    begins = ends + timedelta(minutes=gap)
    ends = begins + timedelta(hours=1)
    if free:
        booking.book(["room:a"], begins, ends, "second", setup=15, teardown=30)
    else:
        with pytest.raises(booking.Taken):
            booking.book(["room:a"], begins, ends, "second", setup=15, teardown=30)


def test_a_booking_knows_its_time_with_and_without_margins(portal, begins, ends):
    booking.book(["room:a"], begins, ends, "first", setup=10, teardown=20)
    (one,) = booking.bookings_between("room:a", begins, ends)
    assert (one.begins, one.ends) == (begins, ends)
    assert (one.start, one.end) == (begins - timedelta(minutes=10), ends + timedelta(minutes=20))


def test_free_gives_everything_back(portal, begins, ends):
    booking.book(["room:a", "site:b", "bridge:c"], begins, ends, "first", 15, 15)
    booking.free("first")
    assert booking.bookings_of("first") == []
    booking.book(["room:a", "site:b", "bridge:c"], begins, ends, "second")
    booking.free("nobody")


def test_stopping_keeps_what_is_past(portal):
    begins = in_days(-1)
    booking.book(["room:a"], begins, begins + timedelta(hours=4), "first", 15, 15)
    over = begins + timedelta(hours=1)
    booking.stop("first", over)
    (kept,) = booking.bookings_of("first")
    assert (kept.begins, kept.ends, kept.end) == (begins, over, over)
    booking.book(["room:a"], over, over + timedelta(hours=1), "second")
    booking.stop("second", begins)
    assert booking.bookings_of("second") == []


def test_nonsense_is_refused(portal, begins):
    for ends in (begins, begins - timedelta(hours=1), begins + timedelta(days=400)):
        with pytest.raises(ValueError):
            booking.book(["room:a"], begins, ends, "first")
    assert booking.bookings_of("first") == []


class TestMeetings:
    """Rooms, sites with their rooms and the bridge are one booking."""

    @pytest.fixture
    def sites(self, house, make):
        store_values({"bridges": ("MCU 1=2", "MCU 2=8")})
        self.hall = make.create_room(house.department, "Hội trường sở")
        return [
            make.create_site(house.department, "Điểm cầu sở", room=self.hall.UID()),
            make.create_site(house.committee, "Điểm cầu tỉnh"),
        ]

    def meeting(self, house, make, sites, **fields):
        meeting = make.create_meeting(
            house.office, "Trực tuyến", mode="online", sites=tuple(one.UID() for one in sites), **fields
        )
        return put_in_state(meeting, "registered")

    def schedule(self, house, meeting):
        with as_user(house.admin):
            operations.schedule(meeting)

    @pytest.mark.rule("NA-6.3")
    def test_scheduling_takes_rooms_sites_their_rooms_and_a_bridge(self, house, make, sites):
        meeting = self.meeting(house, make, sites, rooms=(house.room.UID(),))
        wanted = {
            f"room:{house.room.UID()}",
            *(f"site:{one.UID()}" for one in sites),
            f"room:{self.hall.UID()}",
            "bridge:MCU 1",
        }
        assert set(booking.resources_of(meeting)) == wanted
        self.schedule(house, meeting)
        assert {one.resource for one in booking.bookings_of(meeting.UID())} == wanted
        assert meeting.booked_rooms == (house.room.UID(),)

    @pytest.mark.rule("NA-6.3")
    def test_a_local_meeting_in_the_room_of_a_site_is_a_conflict(self, house, make, sites):
        local = make.create_meeting(house.department, "Họp sở", rooms=(self.hall.UID(),))
        put_in_state(local, "registered")
        admin = make.create_person("admin_snv", "Hồ Quản", house.department, ("admins",))
        with as_user(admin):
            operations.schedule(local)
        meeting = self.meeting(house, make, sites, rooms=(house.room.UID(),))
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(meeting)
        (finding,) = error.value.findings
        assert (finding.rule, finding.data["resource"]) == ("HS-ROOM", f"room:{self.hall.UID()}")
        assert finding.text.mapping["by"] == ""
        assert (state_of(meeting), booking.bookings_of(meeting.UID())) == ("registered", [])

    def test_the_second_meeting_gets_the_second_bridge_and_the_third_none(self, house, make, sites):
        first = self.meeting(house, make, sites[:1])
        second = self.meeting(house, make, sites[1:])
        self.schedule(house, first)
        self.schedule(house, second)
        held = [one.resource for one in booking.bookings_of(second.UID())]
        assert "bridge:MCU 2" in held
        third = self.meeting(house, make, [make.create_site(house.office, "Điểm cầu thứ ba")])
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(third)
        assert error.value.findings[0].text.mapping["resource"] == "MCU 1"

    def test_a_bridge_that_is_too_small_is_not_taken(self, house, make, sites):
        sites.append(make.create_site(house.office, "Điểm cầu thứ ba"))
        assert "bridge:MCU 2" in booking.resources_of(self.meeting(house, make, sites))

    def test_other_sites_by_form_move_the_booking(self, house, make, sites):
        meeting = self.meeting(house, make, sites)
        self.schedule(house, meeting)
        with as_user(house.admin):
            make.change(meeting, sites=(sites[1].UID(),))
        assert {one.resource for one in booking.bookings_of(meeting.UID())} == {
            f"site:{sites[1].UID()}",
            "bridge:MCU 1",
        }

    def test_a_meeting_of_a_month_holds_its_room_all_the_time(self, house, make):
        meeting = make.create_meeting(house.office, "Tập huấn", hours=24 * 30, rooms=(house.room.UID(),))
        self.schedule(house, put_in_state(meeting, "registered"))
        other = make.create_meeting(house.office, "Họp", start=in_days(24), rooms=(house.room.UID(),))
        with as_user(house.admin), pytest.raises(errors.Blocked):
            operations.schedule(put_in_state(other, "registered"))

    def test_nothing_is_booked_for_years(self, house, make):
        meeting = make.create_meeting(house.office, "Lâu", hours=24 * 500, rooms=(house.room.UID(),))
        with as_user(house.admin), pytest.raises(errors.Blocked) as error:
            operations.schedule(put_in_state(meeting, "registered"))
        assert [one.rule for one in error.value.findings] == ["HS-SPAN"]

    def test_who_ends_early_gives_back_the_rest(self, house):
        put_in_state(house.meeting, "registered")
        self.schedule(house, house.meeting)
        put_in_state(house.meeting, "in_session")
        with as_user(house.chair):
            operations.end(house.meeting)
        assert booking.bookings_of(house.meeting.UID()) == []

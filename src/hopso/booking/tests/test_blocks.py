"""Blocking rooms and sites: who may, once or weekly, against what is booked; and giving it back."""

from datetime import timedelta
from itertools import pairwise

from hopso.booking import api as booking
from hopso.booking import blocks
from hopso.booking import operations
from hopso.core import errors
from hopso.core.text import local
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.factories import put_in_state
from hopso.meetings import operations as meetings
from hopso.theme.cards import cards_of
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


@pytest.fixture
def site(house, make):
    return make.create_site(house.office, "Điểm cầu")


@pytest.fixture(params=["room", "site"])
def place(request, house, site):
    """A room or a site, with its two operations."""
    if request.param == "room":
        return house.room, operations.block_room, operations.unblock_room
    return site, operations.block_site, operations.unblock_site


def span(days=20, hour=8, hours=2):
    return {"start": in_days(days, hour), "end": in_days(days, hour) + timedelta(hours=hours)}


def held(thing):
    return booking.bookings_between(operations.resource_of(thing), in_days(-10), in_days(800))


@pytest.mark.parametrize("who", ["coordinator", "delegate", "outsider", "chair"])
def test_others_may_not_block(house, place, who):
    thing, block, unblock = place
    with as_user(house.admin):
        block_id = block(thing, **span())
    with as_user(getattr(house, who)):
        with pytest.raises(errors.Denied):
            block(thing, **span(30))
        with pytest.raises(errors.Denied):
            unblock(thing, block=block_id)
    assert len(held(thing)) == 1


def test_a_blocked_place_cannot_be_booked_and_can_again_afterwards(house, place):
    thing, block, unblock = place
    with as_user(house.admin):
        block_id = block(thing, cause="maintenance", note="Thay máy chiếu", **span())
    known = blocks.blocking_of(block_id)
    assert (known.cause, known.note, known.by) == ("maintenance", "Thay máy chiếu", house.admin)
    (one,) = held(thing)
    assert (one.kind, one.holder, one.begins) == ("block", block_id, in_days(20))
    with pytest.raises(booking.Taken):
        booking.book([one.resource], in_days(20, 9), in_days(20, 12), "meeting")
    with as_user(house.admin):
        unblock(thing, block=block_id)
    assert held(thing) == []
    assert blocks.blocking_of(block_id).ended_by == house.admin
    booking.book([one.resource], in_days(20, 9), in_days(20, 12), "meeting")


def test_what_is_given_back_is_gone(house, place):
    thing, block, unblock = place
    with as_user(house.admin):
        block_id = block(thing, **span())
        unblock(thing, block=block_id)
        with pytest.raises(errors.EditConflict):
            unblock(thing, block=block_id)
        with pytest.raises(errors.Invalid):
            unblock(thing, block="khong-co")


def test_the_blocking_of_another_place_is_not_given_back_here(house, make):
    other = make.create_room(house.office, "Phòng 2")
    with as_user(house.admin):
        block_id = operations.block_room(other, **span())
        with pytest.raises(errors.Invalid):
            operations.unblock_room(house.room, block=block_id)
    assert len(held(other)) == 1


def test_weekly_until_a_day(house, place):
    thing, block, unblock = place
    until = local(in_days(20 + 28)).date()
    with as_user(house.admin):
        block_id = block(thing, until=until, cause="local", **span())
    assert [one.begins for one in held(thing)] == [in_days(20 + 7 * number) for number in range(5)]
    with as_user(house.admin):
        unblock(thing, block=block_id, only=in_days(27))
    assert [one.begins for one in held(thing)] == [in_days(20 + 7 * number) for number in (0, 2, 3, 4)]
    assert blocks.blocking_of(block_id).ended is None
    with as_user(house.admin):
        unblock(thing, block=block_id)
    assert held(thing) == []


@pytest.mark.rule("NA-6.3")
def test_own_use_of_a_site_and_meetings_meet(house, make, site):
    """What is booked stays: who blocks learns of it, or leaves these times out."""
    meeting = make.create_meeting(
        house.office, "Trực tuyến", start=in_days(27), hours=1, sites=(site.UID(),), mode="online"
    )
    put_in_state(meeting, "registered")
    with as_user(house.admin):
        meetings.schedule(meeting)
        weekly = {"until": local(in_days(41)).date(), "cause": "local", **span()}
        with pytest.raises(errors.Blocked) as error:
            operations.block_site(site, **weekly)
        assert [one.text.mapping["by"] for one in error.value.findings] == ["Trực tuyến"]
        operations.block_site(site, leave_out_taken=True, **weekly)
    assert [one.kind for one in held(site)] == ["block", "meeting", "block", "block"]
    second = make.create_meeting(
        house.office, "Hai", start=in_days(20), hours=1, sites=(site.UID(),), mode="online"
    )
    put_in_state(second, "registered")
    with as_user(house.admin), pytest.raises(errors.Blocked) as error:
        meetings.schedule(second)
    (finding,) = error.value.findings
    assert (finding.rule, finding.data["kind"]) == ("HS-ROOM", "block")
    assert finding.text.mapping["by"]


def test_all_taken_is_no_blocking(house):
    booking.book([operations.resource_of(house.room)], in_days(20), in_days(21), "somebody")
    with as_user(house.admin), pytest.raises(errors.EditConflict):
        operations.block_room(house.room, leave_out_taken=True, **span())


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"hours": 0}, "end"),
        ({"hours": -1}, "end"),
        ({"hours": 24 * 400}, "end"),
        ({"until": -1}, "until"),
        ({"until": 500}, "until"),
        ({"hours": 24 * 8, "until": 60}, "until"),
    ],
)
def test_nonsense_is_named(house, params, name):
    until = params.pop("until", None)
    wanted = span(**params)
    if until is not None:
        wanted["until"] = local(in_days(20 + until)).date()
    with as_user(house.admin), pytest.raises(errors.Invalid) as error:
        operations.block_room(house.room, **wanted)
    assert set(error.value.errors) == {name}
    assert held(house.room) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 7 * 24), st.integers(0, 366))
def test_weekly_times_keep_their_hour_and_never_overlap(hours, days):
    begins = in_days(3)
    found = blocks.times(begins, begins + timedelta(hours=hours), local(begins).date() + timedelta(days=days))
    assert len(found) == days // 7 + 1
    assert {(local(start).hour, local(start).weekday()) for start, _end in found} == {
        (local(begins).hour, local(begins).weekday())
    }
    assert all(former[1] <= latter[0] for former, latter in pairwise(found))


class TestCard:
    """The page of a room names what the reader may know."""

    def card(self, house, thing=None):
        thing = house.room if thing is None else thing
        found = cards_of(thing, house.portal.REQUEST, "main")
        return next(one for one in found if type(one).__name__ == "BookingsCard")

    @pytest.fixture
    def booked(self, house):
        put_in_state(house.meeting, "registered")
        with as_user(house.admin):
            meetings.schedule(house.meeting)
            operations.block_room(house.room, note="Thay máy chiếu", **span())

    def test_for_those_who_look_after_it(self, house, booked):
        with as_user(house.admin):
            card = self.card(house)
            page = card()
            assert card.lines()[0].title == "Giao ban tuần 48"
        assert "Thay máy chiếu" in page
        assert 'value="unblock"' in page
        assert "hs-do-block" in page

    def test_for_strangers(self, house, booked):
        with as_user(house.outsider):
            card = self.card(house)
            page = card()
            assert [(one.url, one.block, one.note) for one in card.lines()] == [("", "", "")] * 2
        for secret in ("Giao ban", "Thay máy chiếu", "unblock", "hs-do-block"):
            assert secret not in page

    def test_of_a_site(self, house, site):
        with as_user(house.admin):
            assert "Bookings appear here" in self.card(house, site)()

"""A meeting of a host of higher rank takes the slot of a lower one: together or not at all."""

from hopso.booking import api as booking
from hopso.booking import operations as blocking
from hopso.booking import preemption
from hopso.booking.taking import preempt
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.policy.api import store_values
from hopso.theme.cards import cards_of
import pytest


REASON = "Họp Ủy ban nhân dân tỉnh đột xuất"
RULES = ("province/committee", "province/office", "commune/*")


@pytest.mark.rule("NT-4.2/3")
@pytest.mark.parametrize(
    ("host", "rank"),
    [
        ("province/committee", 0),
        ("province/office", 1),
        ("commune/ward", 2),
        ("province/department", 3),
        ("", 3),
    ],
)
def test_rank(host, rank):
    assert preemption.rank_of(host, RULES) == rank


@pytest.mark.rule("NT-4.2/3")
@pytest.mark.parametrize(
    ("allowed", "rank", "others", "levels"),
    [
        (True, 0, [("A", "", 1, True, True)], ["warn"]),
        (True, 0, [("A", "", 1, True, True), ("B", "", 3, True, True)], ["warn", "warn"]),
        (True, 1, [("A", "", 1, True, True)], ["block"]),
        (True, 2, [("A", "", 1, True, True)], ["block"]),
        (True, 0, [("A", "", 1, False, True)], ["block"]),
        (True, 0, [("A", "", 1, True, False)], ["block"]),
        (True, 0, [("A", "", 1, True, True), ("B", "", 0, True, True)], ["warn", "block"]),
        (True, 0, [], ["block"]),
        (False, 0, [("A", "", 1, True, True)], ["block"]),
    ],
)
def test_who_gives_way(allowed, rank, others, levels):
    assert [one.level for one in preemption.priority(allowed, rank, others)] == levels


@pytest.fixture
def high(house, make):
    """A registered meeting of the committee at the same place and time as the scheduled one of the office."""
    store_values({"preemption": True, "priority_rules": ["province/committee"]})
    house.committee.level, house.committee.unit_type = "province", "committee"
    put_in_state(house.meeting, "registered")
    house.boss = make.create_person("admin_ubnd", "Hồ Quản", house.committee, ("admins",))
    with as_user(house.admin):
        operations.schedule(house.meeting)
    meeting = make.create_meeting(
        house.committee,
        "Họp Ủy ban",
        start=house.meeting.start,
        rooms=(house.room.UID(),),
        preparer=house.boss,
    )
    return put_in_state(meeting, "registered")


def holders(house):
    found = booking.bookings_between(f"room:{house.room.UID()}", house.meeting.start, house.meeting.end)
    return [one.holder for one in found]


@pytest.mark.rule("NT-4.2/3")
def test_the_higher_meeting_gets_the_slot_and_the_lower_one_waits(house, high):
    put_in_state(house.meeting, "convened")
    with as_user(house.boss):
        preempt(high, reason=REASON)
    assert (state_of(high), state_of(house.meeting)) == ("scheduled", "displaced")
    assert holders(house) == [high.UID()]
    assert house.meeting.booked_rooms == ()


@pytest.mark.rule("NT-4.2/3")
def test_all_who_were_invited_are_told_why(house, high, monkeypatch):
    from hopso.notifications import subscribers

    told = []
    monkeypatch.setattr(subscribers, "tell", lambda one: told.append(one))
    put_in_state(house.meeting, "convened")
    with as_user(house.boss):
        preempt(high, reason=REASON)
    (occasion,) = [one for one in told if one.kind == "displaced"]
    assert occasion.context.UID() == house.meeting.UID()
    assert occasion.comment == REASON
    assert {house.delegate, house.chair, house.secretary, house.coordinator} <= set(occasion.people)


def test_who_may_not(house, high):
    for who in (house.coordinator, house.delegate, house.outsider):
        with as_user(who), pytest.raises(errors.Denied):
            preempt(high, reason=REASON)
    assert (state_of(high), state_of(house.meeting)) == ("registered", "scheduled")


def test_in_the_wrong_state(house, high):
    put_in_state(high, "ended")
    with as_user(house.boss), pytest.raises(errors.WrongState):
        preempt(high, reason=REASON)


def refused(house, high):
    with as_user(house.boss), pytest.raises(errors.Blocked) as error:
        preempt(high, reason=REASON)
    assert (state_of(high), holders(house)) == ("registered", [house.meeting.UID()])
    return {one.rule for one in error.value.findings}


@pytest.mark.rule("NT-4.2/3")
def test_the_same_rank_does_not_give_way(house, high):
    house.office.level, house.office.unit_type = "province", "committee"
    assert refused(house, high) == {"NT-4.2/3"}


def test_without_the_policy_nobody_gives_way(house, high):
    store_values({"preemption": False})
    assert refused(house, high) == {"NT-4.2/3"}


def test_what_has_begun_does_not_give_way(house, high):
    put_in_state(house.meeting, "in_session")
    assert refused(house, high) == {"NT-4.2/3"}


def test_a_blocking_does_not_give_way(house, high):
    with as_user(house.admin):
        operations.displace(house.meeting, reason=REASON)
        blocking.block_room(house.room, start=high.start, end=high.end)
    with as_user(house.boss), pytest.raises(errors.Blocked) as error:
        preempt(high, reason=REASON)
    assert "HS-ROOM" in {one.rule for one in error.value.findings}
    assert state_of(high) == "registered"


def test_a_registrar_of_another_place_has_to_give_it_up(house, high, make):
    """Whoever may not displace the lower meeting cannot do it through the higher one."""
    other = make.create_unit("Tỉnh khác", "TK", unit_type="committee", level="province")
    admin = make.create_person("admin_tk", "Lê Quản", other, ("admins",))
    meeting = make.create_meeting(other, "Họp", start=house.meeting.start, rooms=(house.room.UID(),))
    put_in_state(meeting, "registered")
    with as_user(admin), pytest.raises(errors.Blocked) as error:
        preempt(meeting, reason=REASON)
    (finding,) = error.value.findings
    assert finding.rule == "NT-4.2/3"
    assert "Giao ban" not in str(finding.text.mapping)
    assert holders(house) == [house.meeting.UID()]


def test_a_refusal_says_who_may_take_the_slot(house, high):
    with as_user(house.boss), pytest.raises(errors.Blocked) as error:
        operations.schedule(high)
    assert [str(one.override_who) != "" for one in error.value.findings] == [True]
    store_values({"preemption": False})
    with as_user(house.boss), pytest.raises(errors.Blocked) as error:
        operations.schedule(high)
    assert [one.override_who for one in error.value.findings] == [""]


def test_it_is_offered_where_it_can_be_done(house, high):
    with as_user(house.boss):
        assert preempt.allowed(high)
        operations.displace(house.meeting, reason=REASON)
        assert not preempt.allowed(high)
    with as_user(house.admin):
        assert not preempt.allowed(house.meeting)


@pytest.mark.rule("NT-4.2/3")
def test_registrars_see_what_has_to_be_scheduled_again(house, high):
    with as_user(house.boss):
        preempt(high, reason=REASON)

    def card():
        found = cards_of(house.portal, house.portal.REQUEST, "todo")
        return next((one for one in found if type(one).__name__ == "DisplacedCard"), None)

    with as_user(house.admin):
        (row,) = card().rows
        assert (row["title"], row["reason"]) == ("Giao ban tuần 48", REASON)
        assert "Giao ban tuần 48" in card()()
    for who in (house.delegate, house.coordinator, house.outsider):
        with as_user(who):
            assert card() is None

"""Who sits where: by rank, by name, by hand; two who assign at once; who sees what."""

from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.inventory.devices.tests.test_counting import view_of
from hopso.inventory.seating import meeting as seating
from hopso.inventory.seating.assigning import assign
from hopso.inventory.seating.assigning import Guest
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.plan import Seat
from hopso.inventory.seating.shapes import arrange
from hopso.inventory.seating.store import current_plan
from hopso.inventory.seating.store import save_seat_plan
from hopso.inventory.seating.store import versions_of
from hopso.meetings import participation
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest
from zExceptions import BadRequest
from zExceptions import NotFound
from zExceptions import Unauthorized


CHAIR = Guest("user:a", "Nguyễn Văn Bình", "chair", 1)
PEOPLE = [
    CHAIR,
    Guest("user:b", "Võ Minh Khoa", "secretary", 9),
    Guest("user:c", "Phạm Quang", rank=2),
    Guest("user:d", "Lê An", rank=5, position="Giám đốc Sở"),
    Guest("unit:e", "Sở Nội vụ"),
]


def plan_of(*kinds, keep=""):
    seats = [Seat(f"s{n}", 50 * n, 50, str(n), kind, keep) for n, kind in enumerate(kinds, 1)]
    return Plan(2000, 400, tuple(seats))


@pytest.mark.parametrize(
    "kinds, order, expected",
    [
        (("chair", "seat", "seat", "seat", "seat"), "rank", "acdbe"),
        (("chair", "seat", "seat", "seat", "seat"), "alphabet", "adbce"),
        (("seat", "chair", "secretary", "seat", "seat"), "rank", "cabde"),
        (("chair", "blocked", "seat"), "rank", "a-c"),
        (("chair", "seat", "fixed"), "rank", "acd"),
        (("seat", "seat", "seat"), "rank", "acd"),
    ],
)
def test_orders(kinds, order, expected):
    given_seats = assign(plan_of(*kinds, keep="giám đốc sở"), PEOPLE, order)
    said = "".join(given_seats.get(f"s{n}", ":-")[-1] for n in range(1, len(kinds) + 1))
    # "Sở Nội vụ" goes by its last word, as names do.
    assert said == expected


@settings(deadline=None, max_examples=80)
@given(
    st.integers(1, 60),
    st.integers(0, 90),
    st.sampled_from(["rank", "alphabet"]),
    st.sampled_from(["rows", "u"]),
)
def test_nobody_sits_twice(seats, people, order, shape):
    guests = [Guest(f"user:{n}", f"Người {n}", rank=n % 7) for n in range(people)]
    found = assign(arrange(shape, seats), guests, order)
    assert len(set(found.values())) == len(found)
    # The chair's seat stays free without a chair.
    assert len(found) == min(seats - 1, people)


@pytest.fixture
def planned(house):
    with as_user(house.admin):
        save_seat_plan(house.room, plan=arrange("u", 12).to_json(), seen=0)
    participation.put_record(house.meeting, participation.Participation(f"user:{house.delegate}"))
    put_in_state(house.meeting, "scheduled")
    return house


def test_versions_of_a_plan_and_two_who_draw_at_once(house):
    first, second = arrange("u", 12).to_json(), arrange("rows", 20).to_json()
    with as_user(house.admin):
        save_seat_plan(house.room, plan=first, seen=0)
        save_seat_plan(house.room, plan=second, seen=1)
        with pytest.raises(errors.EditConflict):
            save_seat_plan(house.room, plan=first, seen=1)
        with pytest.raises(errors.Invalid) as wrong:
            save_seat_plan(house.room, plan="{}", seen=2)
    assert "plan" in wrong.value.errors
    assert [one.number for one in versions_of(house.room)] == [2, 1]
    assert current_plan(house.room).data == second
    for who in (house.leader, house.secretary, house.outsider):
        with as_user(who), pytest.raises(errors.Denied):
            save_seat_plan(house.room, plan=first, seen=2)


def test_seats_are_given_moved_and_seen(planned):
    meeting, me = planned.meeting, f"user:{planned.delegate}"
    with as_user(planned.coordinator):
        made = seating.assign_seats(meeting)
        assert made.seats["s1"] == f"user:{planned.chair}"
        assert me in made.seats.values()
        with pytest.raises(errors.EditConflict):
            seating.assign_seats(meeting)
        made = seating.assign_seats(meeting, seats=(f"s5={me}", f"s1=user:{planned.chair}"), seen=1)
    assert made.seats == {"s5": me, "s1": f"user:{planned.chair}"}
    assert seating.seating_of(meeting).number == 2
    put_in_state(meeting, "convened")
    with as_user(planned.delegate):
        page = view_of(meeting, "seats")()
        assert "Phạm Quang" in page and 'fill="#0f4c81"' in page and "data-hs-given-form" not in page
        with pytest.raises(Unauthorized):
            meeting.restrictedTraverse("@@place-cards")
    with as_user(planned.coordinator):
        assert "data-given" in view_of(meeting, "seats")()
        assert view_of(meeting, "place-cards")().count("hs-place-card") >= 2
    with as_user(planned.outsider), pytest.raises(Unauthorized):
        meeting.restrictedTraverse("@@seats")


def test_a_later_plan_of_the_room_changes_no_meeting(planned):
    with as_user(planned.coordinator):
        before = seating.assign_seats(planned.meeting).data
    with as_user(planned.admin):
        save_seat_plan(planned.room, plan=arrange("rows", 4).to_json(), seen=1)
    assert seating.seating_of(planned.meeting).data == before


@pytest.mark.parametrize(
    "seats",
    [
        ("s99=user:{chair}",),
        ("s2=user:nobody",),
        ("s2=user:{chair}", "s2=user:{delegate}"),
        ("s2=user:{chair}", "s3=user:{chair}"),
    ],
)
def test_what_cannot_be_given(planned, seats):
    lines = tuple(one.format(chair=planned.chair, delegate=planned.delegate) for one in seats)
    with as_user(planned.coordinator), pytest.raises(errors.Invalid) as wrong:
        seating.assign_seats(planned.meeting, seats=lines)
    assert "seats" in wrong.value.errors
    assert seating.seating_of(planned.meeting) is None


def test_who_assigns_and_when(planned):
    for who in (planned.delegate, planned.leader, planned.outsider):
        with as_user(who), pytest.raises(errors.Denied):
            seating.assign_seats(planned.meeting)
    put_in_state(planned.meeting, "draft")
    with as_user(planned.coordinator), pytest.raises(errors.WrongState):
        seating.assign_seats(planned.meeting)


def test_without_a_plan_there_are_no_seats(house):
    put_in_state(house.meeting, "scheduled")
    with as_user(house.coordinator), pytest.raises(errors.Invalid):
        seating.assign_seats(house.meeting)


def test_who_declined_needs_no_seat_and_a_substitute_does(planned):
    record = participation.record_of(planned.meeting, planned.delegate)
    participation.put_record(
        planned.meeting,
        participation.Participation(
            record.principal, answer=participation.SUBSTITUTED, substitute=planned.substitute
        ),
    )
    assert f"user:{planned.substitute}" in {one.principal for one in seating.guests_of(planned.meeting)}
    participation.put_record(
        planned.meeting, participation.Participation(record.principal, answer=participation.DECLINED)
    )
    found = {one.principal for one in seating.guests_of(planned.meeting)}
    assert not {f"user:{planned.delegate}", f"user:{planned.substitute}"} & found


def test_pages_of_a_plan(planned):
    with as_user(planned.admin):
        assert "data-hs-seats" in view_of(planned.room, "seat-plan")()
        assert view_of(planned.room, "seat-shape", shape="rows", seats="7")().count('"label"') >= 7
        for wrong in ({"shape": "x", "seats": "7"}, {"shape": "rows", "seats": "-1"}, {"shape": "rows"}):
            with pytest.raises(BadRequest):
                view_of(planned.room, "seat-shape", **wrong)()
        page = view_of(planned.room, "view")()
        assert "hs-seats" in page and "@@seat-plan" in page
    with as_user(planned.secretary):
        assert "data-plan" not in view_of(planned.room, "seat-plan")()
        assert view_of(planned.room, "seat-plan.svg")().startswith(b"<svg")
        assert view_of(planned.room, "seat-plan.png")().startswith(b"\x89PNG")
        with pytest.raises(Unauthorized):
            planned.room.restrictedTraverse("@@seat-shape")


def test_no_picture_without_a_plan(house):
    with as_user(house.admin), pytest.raises(NotFound):
        view_of(house.room, "seat-plan.svg")()

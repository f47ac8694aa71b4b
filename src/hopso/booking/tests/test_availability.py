"""Asking whether something is free: who may, what they learn, what is nonsense."""

from datetime import timedelta
import json

from hopso.booking import api as booking
from hopso.conftest import House
from hopso.core.text import datetime_text
from hopso.factories import as_user
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
from hopso.meetings import operations
import pytest
import requests
import transaction
from zope.component import getMultiAdapter


@pytest.fixture
def ask(house):
    """Return a function: what a person learns about the room at the time of the meeting."""
    put_in_state(house.meeting, "registered")
    with as_user(house.admin):
        operations.schedule(house.meeting)

    def ask(who, **params):
        request = house.portal.REQUEST
        request.form.clear()
        start = house.meeting.start
        request.form.update(
            {
                "rooms": house.room.UID(),
                "start": datetime_text(start),
                "end": datetime_text(start + timedelta(hours=1)),
            }
        )
        request.form.update(params)
        with as_user(getattr(house, who)):
            return json.loads(getMultiAdapter((house.portal, request), name="availability")())

    return ask


def test_a_taken_room_is_named_with_what_is_free_instead(house, ask):
    found = ask("coordinator")
    (room,) = found["resources"]
    assert (found["free"], room["free"], room["title"]) == (False, False, "Phòng họp số 1")
    assert [one["title"] for one in room["taken"]] == ["Giao ban tuần 48"]
    assert {one["kind"] for one in found["alternatives"]} == {"time"}


def test_strangers_learn_that_it_is_taken_and_not_by_what(house, ask):
    found = ask("outsider")
    assert [one["title"] for one in found["resources"][0]["taken"]] == [""]
    assert "Giao ban" not in json.dumps(found, ensure_ascii=False)


def test_the_own_booking_of_a_meeting_is_not_in_its_way(house, ask):
    assert ask("coordinator", meeting=house.meeting.UID())["free"] is True
    # Of a meeting that one does not see it is.
    assert ask("outsider", meeting=house.meeting.UID())["free"] is False


def test_a_site_brings_its_room(house, ask, make):
    site = make.create_site(house.office, "Điểm cầu", room=house.room.UID())
    found = ask("coordinator", rooms="", sites=site.UID())
    assert {one["kind"]: one["free"] for one in found["resources"]} == {"site": True, "room": False}


def test_a_free_room_that_may_not_be_booked_says_why(house, ask, make):
    room = make.create_room(house.office, "Hỏng", active=False)
    found = ask("coordinator", rooms=room.UID())
    assert found["free"] is True
    assert [one["rule"] for one in found["findings"]] == ["HS-ROOM"]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"start": "31/02/2026 08:00"}, {"start"}),
        ({"start": ""}, {"start"}),
        ({"end": "22/11/2020 08:00"}, {"end"}),
        ({"end": "22/11/2099 08:00"}, {"end"}),
        ({"rooms": "khong-co"}, {"rooms"}),
        ({"sites": ["khong-co"]}, {"sites"}),
        ({"rooms": ["x"] * 500}, {"rooms"}),
        ({"rooms": {"a": "b"}}, {"rooms"}),
        ({"people": "nhiều"}, {"people"}),
        ({"people": "-1"}, {"people"}),
    ],
)
def test_nonsense_is_named(house, ask, params, names):
    found = ask("coordinator", **params)
    assert (found["status"], set(found["errors"])) == (400, names)
    house.portal.REQUEST.response.setStatus(200)


def test_asking_writes_nothing(house, ask):
    booked = booking.bookings_of(house.meeting.UID())
    ask("coordinator")  # what waits to be indexed is, before the first question
    transaction.savepoint()
    jar = house.portal._p_jar
    before = {id(one) for one in jar._registered_objects}
    ask("coordinator")
    assert {id(one) for one in jar._registered_objects} <= before
    assert booking.bookings_of(house.meeting.UID()) == booked


def test_the_service(functional):
    house = House(functional["portal"])
    site = house.portal.absolute_url()
    transaction.commit()
    start = house.meeting.start
    wanted = {
        "rooms": [house.room.UID()],
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
    }
    headers = {"Accept": "application/json"}
    url = f"{site}/@availability"
    assert requests.get(url, params=wanted, headers=headers, timeout=60).status_code == 401
    login = (house.coordinator, PASSWORD)
    for answer in (
        requests.get(url, params=wanted, headers=headers, auth=login, timeout=60),
        requests.post(url, json=wanted, headers=headers, auth=login, timeout=60),
    ):
        assert (answer.status_code, answer.json()["free"]) == (200, True)
    answer = requests.post(url, json={}, headers=headers, auth=login, timeout=60)
    assert (answer.status_code, set(answer.json()["error"]["errors"])) == (400, {"start", "end"})

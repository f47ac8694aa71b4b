"""Technicians and providers: when and where, never what about (NT-13.3)."""

import json

from hopso.factories import as_user
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
from hopso.security import matrix
from hopso.security.logistics import logistics_of
from hopso.security.logistics import upcoming
from plone import api
import pytest
import requests
import transaction


SECRET = "Phương án nhân sự"


@pytest.fixture
def serving(house, make):
    """A technician and a provider of the office, and one of another unit."""
    make.change(house.meeting, title=SECRET, content=SECRET)
    return {
        "technician": make.create_person(
            "kythuat", "Bạch Kỹ", house.office, ("technicians",), account={"phone": "0900"}
        ),
        "provider": make.create_person("vienthong", "Mai Viễn", house.office, ("providers",)),
        "foreign": make.create_person("kythuat2", "Lục Xa", house.department, ("technicians", "providers")),
    }


@pytest.mark.rule("NT-13.3")
@pytest.mark.parametrize("state", list(matrix.MEETING_STATES))
def test_they_read_nothing_in_any_state(house, make, serving, state):
    things = [
        house.meeting,
        make.create_item(house.meeting),
        make.create_document(house.meeting),
        make.add(house.meeting, "Minutes", title="Biên bản"),
        make.add(house.meeting, "ConclusionNotice", title="Thông báo"),
    ]
    put_in_state(house.meeting, state)
    put_in_state(things[2], "published")
    put_in_state(things[3], "issued")
    for person in ("technician", "provider"):
        with as_user(serving[person]):
            assert not any(api.user.has_permission("View", obj=one) for one in things)
            found = api.portal.get_tool("portal_catalog")(
                portal_type=["Meeting", "MeetingDocument", "Minutes"]
            )
            assert list(found) == []
            told = api.user.has_permission(matrix.LOGISTICS, obj=house.meeting)
            assert told == (state not in ("draft", "registered", "returned", "concluded", "archived"))


def test_what_they_are_told(house, serving):
    put_in_state(house.meeting, "scheduled")
    told = logistics_of(house.meeting)
    assert (told.unit, told.rooms, told.start) == ("Văn phòng", ("Phòng họp số 1",), house.meeting.start)
    assert [(one.name, one.phone) for one in told.contacts] == [("Bạch Kỹ", "0900")]
    assert SECRET not in repr(told)


def test_their_list_is_of_their_own_units(house, make, serving):
    make.create_meeting(house.office, "Chưa xếp lịch")
    put_in_state(house.meeting, "convened")
    for person, count in (("technician", 1), ("provider", 1), ("foreign", 0)):
        with as_user(serving[person]):
            assert len(upcoming()) == count, person
    with as_user(house.delegate):
        assert upcoming() == []


@pytest.mark.rule("NT-13.3")
def test_pages_and_api_say_no_more(served_house, make):
    meeting = served_house.meeting
    make.change(meeting, title=SECRET, content=SECRET)
    make.create_person("vienthong", "Mai Viễn", served_house.office, ("providers",))
    put_in_state(meeting, "convened")
    transaction.commit()
    portal, url = served_house.portal.absolute_url(), meeting.absolute_url()

    def get(address, user="vienthong", accept="text/html"):
        return requests.get(
            address, auth=(user, PASSWORD), headers={"Accept": accept}, timeout=60, allow_redirects=False
        )

    for address in (f"{url}/@@logistics", f"{portal}/@@logistics", f"{portal}/@@what-can-i-see"):
        answer = get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.text and served_house.chair not in answer.text, address
    answer = get(f"{url}/@logistics", accept="application/json")
    assert answer.status_code == 200
    assert set(answer.json()) == {"uid", "url", "unit", "start", "end", "state", "mode", "rooms", "contacts"}
    assert SECRET not in json.dumps(get(f"{portal}/@logistics", accept="application/json").json())
    for address in (url, f"{url}/@@agenda", f"{url}/@@people", f"{url}/@@who-can-see", f"{url}/@@download"):
        assert get(address).status_code != 200, address
    assert get(f"{url}/@@logistics", user="nguoingoai").status_code != 200

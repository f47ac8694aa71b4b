"""The API of meetings, over HTTP."""

from hopso.conftest import House
from hopso.factories import as_system
from hopso.factories import in_days
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
from hopso.organisation.place import meeting_folder
import pytest
import requests
import transaction


# Not logged in enough, not allowed, or not even told that it exists.
REFUSED = (401, 403, 404)


@pytest.fixture
def call(functional):
    def call(method, url, user, **kwargs):
        headers = {"Accept": "application/json", **kwargs.pop("headers", {})}
        answer = requests.request(method, url, auth=(user, PASSWORD), headers=headers, timeout=60, **kwargs)
        transaction.begin()
        return answer

    return call


@pytest.fixture
def live(functional, make):
    house = House(functional["portal"])
    make.create_item(house.meeting, "Khai mạc", duration=10)
    make.create_document(house.meeting, "Báo cáo mật danh")
    with as_system():
        house.folder = meeting_folder(house.office, 2027)
    transaction.commit()
    return house


def test_the_api_of_a_meeting(live, call):
    url = live.meeting.absolute_url()
    # Who may not see the meeting gets nothing.
    assert call("GET", url, live.outsider).status_code in REFUSED
    assert call("GET", f"{url}/@agenda", live.delegate).status_code in REFUSED
    found = call("GET", url, live.coordinator).json()
    assert found["participation"][0]["answer"] == "invited"
    assert found["missing_information"] == []
    agenda = call("GET", f"{url}/@agenda", live.coordinator).json()
    assert [one["title"] for one in agenda["items"]] == ["Khai mạc"]
    assert [one["title"] for one in agenda["documents"]] == ["Báo cáo mật danh"]

    # Wrong values change nothing.
    for body in (
        {"end": "2020-01-01T08:00:00Z"},
        {"chair": "khong-co"},
        {"participants": ["user:khong-co"]},
        {"host_unit": live.department.getId()},
    ):
        answer = call("PATCH", url, live.coordinator, json=body)
        assert answer.status_code == 400, body
    assert call("PATCH", url, live.delegate, json={"title": "Tên khác"}).status_code in REFUSED

    # A lost update is noticed.
    etag = call("GET", url, live.coordinator).json()["etag"]
    first = call("PATCH", url, live.coordinator, json={"purpose": "Một"}, headers={"If-Match": etag})
    second = call("PATCH", url, live.secretary, json={"purpose": "Hai"}, headers={"If-Match": etag})
    assert (first.status_code, second.status_code) == (204, 412)
    assert live.meeting.purpose == "Một"

    # A new meeting at its place.
    body = {
        "@type": "Meeting",
        "title": "Họp qua API",
        "start": "2027-03-01T01:00:00Z",
        "end": "2027-03-01T02:00:00Z",
        "host_unit": live.department.getId(),
    }
    place = live.folder.absolute_url()
    assert call("POST", place, live.delegate, json=body).status_code in REFUSED
    assert call("POST", place, live.coordinator, json={**body, "end": body["start"]}).status_code == 400
    answer = call("POST", place, live.coordinator, json=body)
    assert answer.status_code == 201, answer.text
    made = live.folder[answer.json()["id"]]
    assert made.host_unit == live.office.getId()

    # Delegates read neither other people's answers nor what is not published.
    live.meeting.booked_rooms = ()
    put_in_state(live.meeting, "convened")
    transaction.commit()
    found = call("GET", url, live.delegate).json()
    assert "missing_information" not in found
    assert call("GET", f"{url}/@agenda", live.delegate).json()["documents"] == []
    assert [one["answer"] for one in found["participation"]] == ["invited"]

    # Time and rooms of a scheduled meeting belong to the administrator.
    later = {"start": in_days(12).isoformat(), "end": in_days(12, 9).isoformat()}
    assert call("PATCH", url, live.coordinator, json=later).status_code == 403
    assert call("PATCH", url, live.admin, json=later).status_code == 204

    # A concluded meeting stays as it is.
    put_in_state(live.meeting, "concluded")
    transaction.commit()
    assert call("PATCH", url, live.coordinator, json={"title": "Tên khác"}).status_code in REFUSED
    assert live.meeting.title == "Giao ban tuần 48"

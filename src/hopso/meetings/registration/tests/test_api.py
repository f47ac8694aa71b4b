"""The registration over HTTP."""

from hopso.conftest import House
from hopso.factories import in_days
from hopso.factories import PASSWORD
import pytest
import requests
import transaction


@pytest.fixture
def live(functional):
    house = House(functional["portal"])
    transaction.commit()
    return house


def call(method, url, user, **kwargs):
    answer = requests.request(
        method, url, auth=(user, PASSWORD), headers={"Accept": "application/json"}, timeout=60, **kwargs
    )
    transaction.begin()
    return answer


def test_a_meeting_is_registered_in_one_call(live):
    url = f"{live.office.absolute_url()}/@operations/register_meeting"
    body = {
        "title": "Họp qua API",
        "content": "Nội dung",
        "purpose": "Điều hành",
        "start": in_days(20).isoformat(),
        "end": in_days(20, 10).isoformat(),
        "chair": live.chair,
        "secretary": live.secretary,
        "rooms": [live.room.UID()],
        "participants": [f"user:{live.delegate}"],
    }
    assert call("POST", url, live.delegate, json=body).status_code in (401, 403)
    bad = call("POST", url, live.coordinator, json={**body, "chair": "nobody", "end": "yesterday"})
    assert bad.status_code == 400
    assert set(bad.json()["error"]["errors"]) == {"end", "chair"}
    lacking = call("POST", url, live.coordinator, json={**body, "secretary": None})
    assert lacking.status_code == 422
    made = call("POST", url, live.coordinator, json=body)
    assert made.status_code == 200, made.text
    meeting = made.json()["result"]
    found = call("GET", f"{meeting}/@completeness", live.coordinator).json()
    # Documents are the one thing that may follow.
    assert [one["field"] for one in found["items"] if not one["there"]] == ["documents"]
    assert found["percent"] == 88
    assert call("GET", f"{meeting}/@completeness", live.outsider).status_code in (401, 403, 404)
    series = call("POST", f"{meeting}/@operations/make_series", live.coordinator, json={"count": 3})
    assert series.status_code == 200, series.text
    ended = call("POST", f"{series.json()['result']}/@operations/end", live.coordinator, json={})
    assert ended.json()["review_state"] == "ended"

"""No page of another origin changes anything through the API with the visitor's cookie."""

from hopso.factories import PASSWORD
from hopso.factories import put_in_state
import pytest
import requests
import transaction


@pytest.fixture
def room(served_house):
    return served_house.room


@pytest.fixture
def session(room):
    """The browser of a unit administrator, logged in with the form."""
    found = requests.Session()
    portal = room.portal_url.getPortalObject().absolute_url()
    found.post(
        f"{portal}/login", data={"__ac_name": "admin_vp", "__ac_password": PASSWORD, "buttons.login": "1"}
    )
    found.headers["Accept"] = "application/json"
    assert found.get(room.absolute_url(), timeout=60).status_code == 200
    return found


JSON = {"Content-Type": "application/json"}
CHANGE = '{"title": "Phòng khác"}'.encode()


def title_of(room):
    transaction.begin()
    return room.title


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {**JSON, "Origin": "http://evil.example"},
        {**JSON, "Origin": "null"},
        {**JSON, "Sec-Fetch-Site": "cross-site"},
        {"X-Requested-With": "XMLHttpRequest", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_page_can_send_is_refused(session, room, headers):
    answer = session.post(f"{room.absolute_url()}/@lock", data=b"", headers=headers, timeout=60)
    assert answer.status_code == (400 if "multipart" in headers.get("Content-Type", "") else 403), answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    former = room.title
    if "Origin" in headers or "Sec-Fetch-Site" in headers:
        answer = session.patch(room.absolute_url(), data=CHANGE, headers={**JSON, **headers}, timeout=60)
        assert (answer.status_code, title_of(room)) == (403, former)
        assert session.delete(room.absolute_url(), headers=headers, timeout=60).status_code == 403


def test_pages_of_our_own_and_programs_go_on(session, room):
    url = room.absolute_url()
    origin = "/".join(url.split("/")[:3])
    answer = session.patch(
        url, data=CHANGE, headers={**JSON, "Origin": origin, "Sec-Fetch-Site": "same-origin"}, timeout=60
    )
    assert (answer.status_code, title_of(room)) == (204, "Phòng khác")
    program = requests.patch(
        url,
        json={"title": "Phòng số 9"},
        auth=("admin_vp", PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert (program.status_code, title_of(room)) == (204, "Phòng số 9")
    own = session.post(f"{url}/@lock", headers={"X-Requested-With": "XMLHttpRequest"}, timeout=60)
    assert own.status_code != 403


def test_refused_means_403_to_whoever_is_known_and_401_to_strangers(session, served_house, make):
    minutes = make.add(served_house.meeting, "Minutes", title="Biên bản")
    put_in_state(served_house.meeting, "concluded")
    put_in_state(minutes, "issued")
    transaction.commit()
    url = minutes.absolute_url()
    answer = session.patch(url, data=CHANGE, headers=JSON, timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (403, "Unauthorized")
    assert "Location" not in answer.headers
    transaction.begin()
    assert minutes.title == "Biên bản"
    stranger = requests.patch(url, data=CHANGE, headers={**JSON, "Accept": "application/json"}, timeout=60)
    assert stranger.status_code == 401


def test_scripts_of_our_pages_send_forms_with_their_token(session, served_house):
    portal = served_house.portal.absolute_url()
    token = session.get(f"{portal}/@@authenticator/token", timeout=60).text.strip()
    form = {"verb": "fly", "_authenticator": token}
    answer = session.post(f"{served_house.office.absolute_url()}/@@do", data=form, timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (400, "Invalid")

"""The three doors to an operation over HTTP: form, script, API."""

import re

from hopso.core.operation import state_of
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
import pytest
import requests
import transaction


@pytest.fixture
def meeting(served_house):
    put_in_state(served_house.meeting, "scheduled")
    transaction.commit()
    return served_house.meeting


def log_in(meeting, user):
    """Return a session with the person's cookie."""
    session = requests.Session()
    portal = meeting.portal_url.getPortalObject().absolute_url()
    answer = session.post(
        f"{portal}/login", data={"__ac_name": user, "__ac_password": PASSWORD, "buttons.login": "1"}
    )
    assert "__ac" in session.cookies, answer.status_code
    return session


def token(session, meeting):
    """Return an authenticator as the pages carry it."""
    portal = meeting.portal_url.getPortalObject().absolute_url()
    page = session.get(f"{portal}/@@do?verb=none").text
    answer = session.get(f"{portal}/@@authenticator/token")
    found = re.search(r'_authenticator" value="([0-9a-f]+)"', page + answer.text)
    return found[1] if found else answer.text.strip()


def state(meeting):
    transaction.begin()
    return state_of(meeting)


POSTPONE = {"verb": "cancel", "reason": "Trùng lịch công tác"}


def test_api_says_what_one_may_do(meeting):
    answer = requests.get(
        meeting.absolute_url() + "/@operations",
        auth=("daumoi", PASSWORD),
        timeout=60,
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200
    assert answer.json()["review_state"] == "scheduled"
    verbs = {item["verb"] for item in answer.json()["items"]}
    assert "cancel" in verbs
    assert "schedule" not in verbs


@pytest.mark.parametrize(
    ("user", "verb", "body", "status"),
    [
        ("daumoi", "cancel", {"reason": "Trùng lịch"}, 200),
        ("daumoi", "cancel", {"reason": "Trùng lịch", "extra": 1}, 400),
        ("daumoi", "fly", {}, 404),
        ("daumoi", "register", {}, 409),
        ("nguoingoai", "cancel", {"reason": "Trùng lịch"}, 401),
        (None, "cancel", {"reason": "Trùng lịch"}, 401),
    ],
)
def test_api(meeting, user, verb, body, status):
    answer = requests.post(
        f"{meeting.absolute_url()}/@operations/{verb}",
        json=body,
        timeout=60,
        auth=(user, PASSWORD) if user else None,
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == status, answer.text
    assert state(meeting) == ("cancelled" if status == 200 else "scheduled")


def test_api_wants_json_so_that_no_foreign_page_can_use_the_cookie(meeting):
    session = log_in(meeting, "daumoi")
    answer = session.post(
        f"{meeting.absolute_url()}/@operations/cancel",
        data='{"reason": "Trùng lịch"}'.encode(),
        headers={"Accept": "application/json", "Content-Type": "text/plain"},
    )
    assert answer.status_code == 415, answer.text
    assert state(meeting) == "scheduled"


def test_form_without_token_is_refused(meeting):
    session = log_in(meeting, "daumoi")
    answer = session.post(f"{meeting.absolute_url()}/@@do", data=POSTPONE, allow_redirects=False)
    assert answer.status_code == 403
    assert state(meeting) == "scheduled"


def test_form_by_get_is_refused(meeting):
    session = log_in(meeting, "daumoi")
    answer = session.get(f"{meeting.absolute_url()}/@@do", params=POSTPONE, allow_redirects=False)
    assert answer.status_code in (403, 405)
    assert state(meeting) == "scheduled"

"""A request that met others until Zope gave up: a clear answer, nothing changed."""

from contextlib import contextmanager

from hopso.booking import api as booking
from hopso.conftest import House
from hopso.core.operation import state_of
from hopso.factories import PASSWORD
from hopso.factories import put_in_state
from hopso.inventory.views.rooms import RoomPage
from hopso.meetings import operations
import pytest
import requests
import transaction
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite
from zope.component.hooks import setSite


@pytest.fixture
def live(functional):
    house = House(functional["portal"])
    put_in_state(house.meeting, "registered")
    transaction.commit()
    return house


@pytest.fixture
def crowd(monkeypatch):
    """Have every attempt to schedule a meeting conflict."""
    attempts = []

    def conflict(meeting, **params):
        attempts.append(params)
        meeting.title = "Changed"
        raise ConflictError

    monkeypatch.setattr(operations.schedule, "function", conflict)
    return attempts


@contextmanager
def booking_of(connection):
    """Book in the site as this connection sees it."""
    here = getSite()
    setSite(connection.root()["Application"].unrestrictedTraverse("/plone"))
    try:
        yield
    finally:
        setSite(here)


def call(method, url, user, **kwargs):
    headers = {"Accept": "application/json", "Accept-Language": "vi", **kwargs.pop("headers", {})}
    answer = requests.request(method, url, auth=(user, PASSWORD), headers=headers, timeout=60, **kwargs)
    transaction.begin()
    return answer


def test_the_api_says_that_nothing_was_changed(live, crowd):
    url = f"{live.meeting.absolute_url()}/@operations/schedule"
    answer = call("POST", url, live.admin, json={})
    assert len(crowd) > 1
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (409, "application/json")
    error = answer.json()["error"]
    assert (error["type"], error["status"], error["findings"]) == ("EditConflict", 409, [])
    assert "Please try again" in error["message"]
    assert (live.meeting.title, state_of(live.meeting)) == ("Giao ban tuần 48", "registered")


def test_who_lost_the_race_learns_what_is_free(live, monkeypatch):
    """The room goes between the first look and the last attempt: the answer names it all the same."""
    look = operations.schedule.check
    rival = live.meeting.UID(), f"room:{live.room.UID()}", live.meeting.start, live.meeting.end

    def conflict(meeting, **params):
        # What the other one did, in a transaction of its own.
        manager = transaction.TransactionManager()
        connection = meeting._p_jar.db().open(transaction_manager=manager)
        with booking_of(connection):
            if not booking.bookings_of("somebody"):
                booking.book([rival[1]], rival[2], rival[3], "somebody")
                manager.commit()
        connection.close()
        raise ConflictError

    looked = []
    monkeypatch.setattr(
        operations.schedule,
        "check",
        lambda meeting, **params: looked.append(1) or (look(meeting, **params) if len(looked) > 4 else []),
    )
    monkeypatch.setattr(operations.schedule, "function", conflict)
    answer = call("POST", f"{live.meeting.absolute_url()}/@operations/schedule", live.admin, json={})
    assert answer.status_code == 409
    (finding,) = answer.json()["error"]["findings"]
    assert finding["rule"] == "HS-ROOM"
    assert {one["kind"] for one in finding["alternatives"]} == {"time"}


def test_a_form_says_it_on_a_page_or_as_json(live, crowd):
    page = call("GET", live.meeting.absolute_url(), live.admin, headers={"Accept": "text/html"}).text
    token = page.partition('name="_authenticator" value="')[2].partition('"')[0]
    form = {"verb": "schedule", "_authenticator": token}
    url = f"{live.meeting.absolute_url()}/@@do"
    answer = call("POST", url, live.admin, data=form, headers={"Accept": "text/html"})
    assert (answer.status_code, len(crowd) > 1) == (409, True)
    assert "Please try again" in answer.text
    answer = call("POST", url, live.admin, data=form)
    assert (answer.status_code, answer.json()["type"]) == (409, "EditConflict")
    assert state_of(live.meeting) == "registered"


def test_other_pages_say_it_too(live, monkeypatch):
    def facts(self):
        raise ConflictError

    monkeypatch.setattr(RoomPage, "facts", facts)
    answer = call("GET", live.room.absolute_url(), live.admin, headers={"Accept": "text/html"})
    assert answer.status_code == 409
    assert "Please try again" in answer.text
    assert answer.headers["Content-Type"].startswith("text/html")

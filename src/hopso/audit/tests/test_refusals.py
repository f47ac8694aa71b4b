"""Failed access, over the wire: what was refused is on record, though the request is rolled back."""

from types import SimpleNamespace

from AccessControl import Unauthorized
from hopso.audit import log
from hopso.audit import refusals
from hopso.core import errors
from hopso.factories import PASSWORD
import pytest
import requests
import transaction
from zExceptions import Forbidden


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(refusals, "_collapse", refusals.Collapse())


@pytest.fixture
def ask(served_house):
    url = served_house.portal.absolute_url()

    def get(path, user=None, **options):
        auth = (user, PASSWORD) if user else None
        answer = requests.get(f"{url}/{path}", auth=auth, allow_redirects=False, timeout=30, **options)
        transaction.begin()
        return answer

    return get


def refused():
    return log.entries(operation="access.refused")


@pytest.mark.rule("BD-12.3.c")
def test_a_page_that_one_may_not_see_is_on_record(ask, served_house):
    ask("@@audit-log", served_house.leader)
    (found,) = refused()
    assert (found.operation, found.details["status"]) == ("access.refused", 401)
    assert found.details["request"] == "GET /@@audit-log"
    assert found.address == "127.0.0.1"


def test_a_meeting_of_others_is_named_and_by_whom_it_was_asked_for(ask, served_house):
    meeting = served_house.meeting
    path = meeting.absolute_url()[len(served_house.portal.absolute_url()) + 1 :]
    ask(f"{path}/view?secret=1", served_house.outsider)
    found = refused()[0]
    assert served_house.outsider in (found.who, found.details.get("claimed"))
    assert found.uid == meeting.UID() and found.scope == meeting.UID()
    assert "secret" not in str(found.details)
    assert served_house.office.getId() in found.units
    assert log.history_of(meeting)[0].operation != "access.refused"


def test_services_are_on_record_too(ask, served_house):
    answer = ask("@health", served_house.leader, headers={"Accept": "application/json"})
    assert answer.status_code in (401, 403)
    assert [one.details["request"] for one in refused()] == ["GET /@health"]


def test_an_operation_that_is_denied_is_on_record(ask, served_house):
    meeting = served_house.meeting
    answer = requests.post(
        f"{meeting.absolute_url()}/@operations/register",
        json={},
        auth=(served_house.secretary, PASSWORD),
        headers={"Accept": "application/json"},
        timeout=30,
    )
    transaction.begin()
    assert answer.status_code == 403
    found = refused()[0]
    assert (found.who, found.details["status"]) == (served_house.secretary, 403)
    assert found.details["request"].startswith("POST ")


def test_the_same_refusal_is_written_once_a_minute(ask, served_house):
    for _number in range(3):
        ask("@@audit-log", served_house.leader)
    assert len(refused()) == 1


def test_strangers_on_their_way_to_the_login_form_are_not(ask):
    ask("")
    ask("@@start")
    assert refused() == []
    ask("@@audit-log")
    assert [one.who for one in refused()] == [""]


def test_a_refusal_that_cannot_be_recorded_does_no_harm(ask, served_house, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("full")

    monkeypatch.setattr(refusals, "record_aside", broken)
    assert ask("@@audit-log", served_house.leader).status_code in (302, 401)


def test_what_is_left_out_is_counted():
    clock = iter([0, 10, 20, 61, 200]).__next__
    collapse = refusals.Collapse(clock)
    assert [collapse.take(("ai", "p", "a")) for _number in range(5)] == [0, None, None, 2, 0]


def test_only_so_many_are_kept_in_mind(monkeypatch):
    monkeypatch.setattr(refusals, "MOST", 3)
    collapse = refusals.Collapse(lambda: 0)
    for number in range(10):
        collapse.take((number,))
    assert len(collapse.seen) == 3


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unauthorized(), 401),
        (Forbidden(), 403),
        (errors.Denied(), 403),
        (errors.Invalid("x"), 400),
        (KeyError(), 0),
    ],
)
def test_what_counts_as_a_refusal(error, status):
    assert refusals.status_of(error) == status


def test_a_request_that_will_be_tried_again_is_none(monkeypatch):
    noted = []
    monkeypatch.setattr(refusals, "note", lambda *args: noted.append(args))
    refusals.before_abort(SimpleNamespace(retry=True, exc_info=(None, Forbidden(), None), request=None))
    refusals.before_abort(SimpleNamespace(retry=False, exc_info=(None, KeyError(), None), request=None))
    assert noted == []

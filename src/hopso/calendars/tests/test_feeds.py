"""Calendars for other programs: what is in them, for whom, and for how long."""

from datetime import timedelta
import logging

from hopso.accounts.records import account_of
from hopso.accounts.records import DISABLED
from hopso.audit.log import entries
from hopso.calendars.operations import MOST
from hopso.calendars.operations import subscribe
from hopso.calendars.operations import unsubscribe
from hopso.calendars.subscriptions import subscription_store
from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.interfaces import IHopsoLayer
from icalendar import Calendar
import pytest
from zope.component import getMultiAdapter
from zope.interface import alsoProvides


def token_of(house, user_id, kind="mine", key=""):
    with as_user(user_id):
        return subscribe(house.portal, kind=kind, key=key)


def ask(house, *path, headers=None, method="GET"):
    """Return status and body of the feed at *path*, asked by nobody in particular."""
    request = house.portal.REQUEST.clone()
    alsoProvides(request, IHopsoLayer)
    request.environ.update(
        {f"HTTP_{name.upper().replace('-', '_')}": one for name, one in (headers or {}).items()}
    )
    request["REQUEST_METHOD"] = method
    view = getMultiAdapter((house.portal, request), name="ical")
    for name in path:
        view = view.publishTraverse(request, name)
    body = view()
    return request.response.getStatus(), body, request.response


def entries_of(body):
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_the_owner_of_the_address_gets_the_own_meetings(planned):
    token = token_of(planned, planned.coordinator)
    status, body, response = ask(planned, f"{token}.ics")
    (one,) = entries_of(body)
    assert status == 200
    assert response.getHeader("Content-Type").startswith("text/calendar")
    assert str(one["SUMMARY"]) == "Giao ban tuần 48"
    assert one["STATUS"] == "CONFIRMED"
    assert one.decoded("DTSTART") == planned.meeting.start
    assert b"DTSTART:20" in body and b"Z\r\n" in body  # UTC


def test_who_may_not_see_the_meeting_gets_a_taken_time(planned):
    token = token_of(planned, planned.outsider, "room", planned.room.UID())
    _status, body, _response = ask(planned, f"{token}.ics")
    (one,) = entries_of(body)
    assert "Giao ban" not in body.decode()
    assert set(one) & {"LOCATION", "DESCRIPTION", "URL", "ORGANIZER", "ATTENDEE"} == set()
    assert planned.meeting.UID() not in body.decode()


def test_classified_content_does_not_leave_the_house(planned):
    change(planned.meeting, classification="mat")
    token = token_of(planned, planned.coordinator)
    _status, body, _response = ask(planned, f"{token}.ics")
    text = body.decode().replace("\r\n ", "")
    assert "Giao ban" not in text and "Nguyễn Văn Bình" not in text
    assert planned.meeting.absolute_url() in text  # there one may read on, logged in


def test_rights_are_those_of_the_moment(planned):
    token = token_of(planned, planned.delegate)
    assert entries_of(ask(planned, f"{token}.ics")[1]) == []  # invited only when it is convened
    put_in_state(planned.meeting, "convened")
    assert len(entries_of(ask(planned, f"{token}.ics")[1])) == 1
    planned.meeting.participants = ()
    from hopso.meetings.participation import synchronise

    synchronise(planned.meeting)
    assert entries_of(ask(planned, f"{token}.ics")[1]) == []


def test_wrong_and_revoked_tokens_get_nothing(planned):
    token = token_of(planned, planned.coordinator)
    for path in (
        ("x.ics",),
        (f"{token}x.ics",),
        (token,),
        (f"{token}.ics", "deeper"),
        (),
        (".ics",),
        ("\udcff.ics",),
        ("a" * 5000 + ".ics",),
    ):
        assert ask(planned, *path)[:2] == (404, "")
    assert ask(planned, f"{token}.ics", method="POST")[0] == 404
    with as_user(planned.coordinator):
        (one,) = subscription_store().of_user(planned.coordinator)
        unsubscribe(planned.portal, id=one.id)
        assert subscription_store().of_user(planned.coordinator) == []
    assert ask(planned, f"{token}.ics")[:2] == (404, "")


def test_nobody_takes_back_the_address_of_another(planned):
    token = token_of(planned, planned.coordinator)
    (one,) = subscription_store().of_user(planned.coordinator)
    with as_user(planned.outsider), pytest.raises(errors.Invalid):
        unsubscribe(planned.portal, id=one.id)
    assert ask(planned, f"{token}.ics")[0] == 200


def test_a_closed_account_closes_its_addresses(planned):
    token = token_of(planned, planned.coordinator)
    account_of(planned.coordinator).status = DISABLED
    assert ask(planned, f"{token}.ics")[:2] == (404, "")


def test_the_token_is_kept_nowhere(planned, caplog):
    with caplog.at_level(logging.DEBUG):
        token = token_of(planned, planned.coordinator)
        ask(planned, f"{token}.ics")
    assert token not in caplog.text
    newest = next(iter(entries(operation="calendar.subscribe", limit=1)))
    assert token not in repr(vars(newest) if hasattr(newest, "__dict__") else newest)
    store = subscription_store()
    assert token not in repr([*store.by_digest.items(), *store.by_user.items()])


def test_an_error_is_logged_without_the_address(planned, caplog, monkeypatch):
    token = token_of(planned, planned.coordinator)

    def fails(*args):
        raise RuntimeError(token)

    monkeypatch.setattr("hopso.calendars.views.feeds.events_between", fails)
    assert ask(planned, f"{token}.ics")[:2] == (500, "")
    assert token not in caplog.text and "RuntimeError" in caplog.text


def test_what_has_not_changed_is_not_sent_again(planned):
    token = token_of(planned, planned.coordinator)
    _status, body, response = ask(planned, f"{token}.ics")
    tag = response.getHeader("ETag")
    assert ask(planned, f"{token}.ics")[1] == body
    assert ask(planned, f"{token}.ics", headers={"If-None-Match": f'W/{tag}, "x"'})[:2] == (304, b"")
    change(planned.meeting, title="Giao ban đổi tên")
    status, changed, _response = ask(planned, f"{token}.ics", headers={"If-None-Match": tag})
    assert status == 200 and changed != body


def test_a_moved_meeting_keeps_its_uid_and_counts_up(planned):
    token = token_of(planned, planned.coordinator)
    (before,) = entries_of(ask(planned, f"{token}.ics")[1])
    from DateTime import DateTime

    planned.meeting.start += timedelta(days=1)
    planned.meeting.end += timedelta(days=1)
    planned.meeting.setModificationDate(DateTime() + 1)
    planned.meeting.reindexObject(idxs=["meeting_start", "meeting_end", "changed_at"])
    (after,) = entries_of(ask(planned, f"{token}.ics")[1])
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") - before.decoded("DTSTART") == timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "status"), [("registered", "TENTATIVE"), ("postponed", "CANCELLED"), ("cancelled", "CANCELLED")]
)
def test_states_are_told(planned, state, status):
    put_in_state(planned.meeting, state)
    token = token_of(planned, planned.coordinator)
    (one,) = entries_of(ask(planned, f"{token}.ics")[1])
    assert one["STATUS"] == status


def test_addresses_are_for_calendars_that_there_are(planned):
    with as_user(planned.coordinator):
        for kind, key in (("room", "nothing"), ("unit", ""), ("person", planned.chair)):
            with pytest.raises(errors.Invalid):
                subscribe(planned.portal, kind=kind, key=key)
        for _number in range(MOST):
            subscribe(planned.portal)
        with pytest.raises(errors.Invalid):
            subscribe(planned.portal)


def test_one_meeting_as_a_file(planned):
    with as_user(planned.coordinator):
        view = getMultiAdapter((planned.meeting, planned.portal.REQUEST.clone()), name="meeting.ics")
        (one,) = entries_of(view())
    assert str(one["SUMMARY"]) == "Giao ban tuần 48"

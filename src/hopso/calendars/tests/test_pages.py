"""The page of the calendar, its feed, and the page of addresses."""

from datetime import date

from hopso.calendars.services.calendar import CalendarGet
from hopso.calendars.subscriptions import subscription_store
from hopso.calendars.views.choice import read_choice
from hopso.core.text import local
from hopso.factories import as_user
from hopso.interfaces import IHopsoLayer
import pytest
from zope.interface import alsoProvides


@pytest.fixture
def feed(house, portal):
    """Return feed(user, **form): status and answer of ``GET @calendar``."""

    def get(user, **form):
        request = portal.REQUEST.clone()
        alsoProvides(request, IHopsoLayer)
        request.form.update(form)
        request.set("LANGUAGE", "vi")
        with as_user(user):
            service = CalendarGet()
            service.context, service.request = portal, request
            answer = service.reply()
        return request.response.getStatus(), answer

    return get


def around(meeting):
    day = local(meeting.start).date()
    return {
        "start": day.isoformat(),
        "end": day.replace(year=day.year + 1).isoformat(),
        "date": day.isoformat(),
    }


@pytest.mark.parametrize("view", ["day", "week", "month", "list"])
def test_the_page_tells_the_browser_what_to_draw(planned, page, view):
    html = page(planned.coordinator, "calendar", kind="room", key=planned.room.UID(), view=view)
    assert ("data-hs-fullcalendar" in html) == (view != "list")
    assert f'value="{planned.room.UID()}"' in html
    assert "style=" not in html.partition("<main")[2]


def test_the_list_says_what_one_may_see(planned, page):
    asked = {
        "kind": "room",
        "key": planned.room.UID(),
        "view": "list",
        "date": around(planned.meeting)["date"],
    }
    html = page(planned.coordinator, "calendar", **asked)
    assert "Giao ban tuần 48" in html and planned.meeting.absolute_url() in html
    html = page(planned.outsider, "calendar", **asked)
    assert "Giao ban tuần 48" not in html and "Taken by a meeting" in html


def test_nonsense_in_the_address_shows_the_own_week(house, page):
    for form in ({"kind": "x", "view": "y", "date": "31/02/2026"}, {"kind": ["room"], "key": "<script>"}):
        html = page(house.coordinator, "calendar", **form)
        assert "data-kind" in html and "<script>" not in html.partition("<main")[2].partition("</main")[0]
    assert read_choice({"date": "9999-12-31"}).day.year < 9999
    assert read_choice({"date": "0001-01-01", "view": "month"}).first.year > 1


@pytest.mark.parametrize(
    ("view", "first", "after"),
    [
        ("day", date(2026, 11, 25), date(2026, 11, 26)),
        ("week", date(2026, 11, 23), date(2026, 11, 30)),
        ("list", date(2026, 11, 23), date(2026, 11, 30)),
        ("month", date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_which_days_are_shown(view, first, after):
    choice = read_choice({"view": view, "date": "25/11/2026"})
    assert (choice.first, choice.after) == (first, after)
    assert choice.moved(1).first == after
    assert choice.moved(-1).after == first


def test_people_are_offered_to_those_who_arrange(planned, page):
    html = page(planned.coordinator, "calendar", kind="person")
    assert "Võ Minh Khoa" in html and "Phạm Quang" not in html
    html = page(planned.delegate, "calendar")
    assert "kind=person" not in html


def test_the_feed_says_what_one_may_see(planned, feed):
    asked = {"kind": "room", "key": planned.room.UID()} | around(planned.meeting)
    status, answer = feed(planned.coordinator, **asked)
    (one,) = answer["items"]
    assert (status, one["title"], one["kind"]) == (200, "Giao ban tuần 48", "meeting")
    assert one["start"].endswith("+07:00")
    (one,) = feed(planned.outsider, **asked)[1]["items"]
    assert (one["title"], one["url"], one["chair"], one["place"]) == ("Taken by a meeting", "", "", "")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"start": "x", "end": "2026-11-30"}, 400),
        ({"end": "2026-11-30"}, 400),
        ({"start": "0001-01-01", "end": "9999-12-31"}, 400),
        ({"kind": "room", "key": "nothing", "start": "2026-11-23", "end": "2026-11-30"}, 400),
        ({"kind": "person", "key": "chutri", "start": "2026-11-23", "end": "2026-11-30"}, 403),
    ],
)
def test_the_feed_refuses_with_a_reason(house, feed, form, status):
    got, answer = feed(house.outsider, **form)
    assert got == status and answer["error"]["message"]


def test_an_address_is_shown_once_and_taken_back(planned, page, monkeypatch):
    monkeypatch.setattr("hopso.calendars.views.addresses.CheckAuthenticator", lambda request: None)
    html = page(planned.coordinator, "ical-addresses", kind="room", key=planned.room.UID())
    assert "Phòng họp số 1" in html and "/@@ical/" not in html
    html = page(
        planned.coordinator, "ical-addresses", calendar=f"room:{planned.room.UID()}", REQUEST_METHOD="POST"
    )
    assert "/@@ical/" not in html  # the method comes from the server, not from the form
    assert subscription_store().of_user(planned.coordinator) == []


def test_a_room_one_may_not_see_is_not_offered(planned, page):
    html = page(planned.coordinator, "ical-addresses", kind="room", key="nothing")
    assert "room:nothing" not in html

"""Hours taken against bookable hours: arithmetic, rights, the page and its spreadsheet."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from io import BytesIO

from hopso.booking.api import book
from hopso.calendars.occupancy.figures import measure
from hopso.calendars.occupancy.figures import merged
from hopso.calendars.occupancy.figures import Taken
from hopso.calendars.occupancy.figures import without
from hopso.core.moments import LOCAL
from hopso.core.text import local
from hopso.factories import as_user
from hopso.policy.timing import Session
from hopso.policy.timing import WorkCalendar
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import load_workbook
import pytest


CALENDAR = WorkCalendar()
HOURS = (Session(time(7, 0), time(11, 0)), Session(time(13, 0), time(17, 0)))
# A week without a public holiday.
MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 15)


def span(day, first, last, mode="in_person", block=False):
    begin = datetime(2026, 11, day, tzinfo=LOCAL)
    return Taken(begin + timedelta(hours=first), begin + timedelta(hours=last), mode, block)


def figures(*spans, first=MONDAY, last=SUNDAY, weekly=False):
    return measure({"room:a": list(spans)}, first, last, CALENDAR, HOURS, weekly)


def test_an_empty_week_has_its_bookable_hours():
    one = figures().total
    assert (one.meetings, one.taken, one.bookable, one.rate, one.online_share) == (0, 0, 40, 0, None)


def test_hours_inside_and_outside_of_the_bookable_ones():
    one = figures(span(9, 8, 12), span(10, 18, 20), span(14, 8, 10)).total  # the last is a Saturday
    assert (one.meetings, one.taken, one.inside, one.bookable) == (3, 8, 3, 40)
    assert one.rate == 7.5


def test_two_at_once_take_the_hours_once():
    assert figures(span(9, 8, 10), span(9, 9, 11)).total.taken == 3


def test_what_is_out_of_use_is_not_bookable_and_no_meeting():
    one = figures(span(9, 7, 11, block=True), span(10, 8, 9)).total
    assert (one.meetings, one.taken, one.bookable) == (1, 1, 36)


def test_the_share_held_online():
    one = figures(span(9, 8, 9, "online"), span(10, 8, 9, "hybrid"), span(11, 8, 9)).total
    assert (one.online, one.online_share) == (2, 67)


def test_a_meeting_over_midnight_counts_once_and_its_hours_on_both_days():
    found = figures(span(9, 22, 26))
    assert found.total.meetings == 1
    assert found.total.taken == 4
    assert found.heat == {(0, 22): 1, (0, 23): 1, (1, 0): 1, (1, 1): 1}


def test_what_lies_outside_of_the_period_does_not_count():
    found = figures(span(8, 22, 25), span(16, 8, 9))
    assert (found.total.meetings, found.total.taken) == (0, 1)


def test_months_and_weeks():
    found = figures(span(9, 8, 9), first=date(2026, 10, 15), last=date(2026, 12, 2))
    assert sorted(found.buckets) == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
    assert found.buckets[date(2026, 11, 1)].meetings == 1
    assert sorted(figures(weekly=True, last=date(2026, 11, 17)).buckets) == [MONDAY, date(2026, 11, 16)]


def test_without_hours_of_their_own_the_office_hours_count():
    found = measure({"room:a": []}, MONDAY, MONDAY, CALENDAR)
    assert found.total.bookable == sum(
        (datetime.combine(MONDAY, one.end) - datetime.combine(MONDAY, one.start)) / timedelta(hours=1)
        for one in CALENDAR.sessions
    )


spans = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=8
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spans, spans)
def test_cutting_out_is_what_it_is_for_every_minute(whole, cut):
    def minutes(pairs):
        return {minute for begin, end in pairs for minute in range(begin, end)}

    assert minutes(merged(whole)) == minutes(whole)
    assert minutes(without(merged(whole), merged(cut))) == minutes(whole) - minutes(cut)


def asked(house):
    day = local(house.meeting.start).date()
    return {"from": day.isoformat(), "to": day.isoformat()}


def test_the_page_tells_figures_and_no_meeting(planned, page):
    html = page(planned.admin, "occupancy", planned.office, **asked(planned))
    assert "Phòng họp số 1" in html and "Giao ban tuần 48" not in html
    assert "1,5" in html


def test_only_those_who_look_after_rooms_may_look(planned):
    from AccessControl import getSecurityManager

    may = {}
    for name in ("admin", "leader", "coordinator", "delegate", "outsider"):
        with as_user(getattr(planned, name)):
            may[name] = bool(getSecurityManager().checkPermission("hopso: View occupancy", planned.office))
    assert may == {"admin": True, "leader": True, "coordinator": False, "delegate": False, "outsider": False}


def test_units_below_count_and_others_do_not(planned, page, make):
    room = make.create_room(planned.department, "Phòng của Sở")
    start = planned.meeting.start
    book([f"room:{room.UID()}"], start, start + timedelta(hours=2), "block-1", kind="block", note="Sửa chữa")
    html = page(planned.chair, "occupancy", planned.committee, **asked(planned))
    assert "Phòng của Sở" in html and "Phòng họp số 1" in html and "Sửa chữa" not in html
    assert "Phòng của Sở" not in page(planned.admin, "occupancy", planned.office, **asked(planned))


def test_the_spreadsheet_holds_the_same(planned, page):
    book_ = load_workbook(BytesIO(page(planned.admin, "occupancy.xlsx", planned.office, **asked(planned))))
    rows = list(book_.active.values)
    assert rows[1][0] == "Phòng họp số 1" and rows[1][3] == 1 and rows[1][4] == "1,5"


@pytest.mark.parametrize(
    "form",
    [{"from": "x", "to": "y", "by": "z"}, {"from": "2026-01-01", "to": "1999-01-01"}, {"to": "9999-12-31"}],
)
def test_nonsense_falls_back(house, page, form):
    assert "Phòng họp số 1" in page(house.admin, "occupancy", house.office, **form)


def test_a_unit_without_rooms_says_what_will_appear(house, page):
    assert "hs-empty" in page(house.chair, "occupancy", house.department)

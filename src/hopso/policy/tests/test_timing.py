"""Deadlines: tables of cases, and what must hold for any case."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import UTC

from hopso.core.text import LOCAL
from hopso.policy.timing import deadline_after
from hopso.policy.timing import deadline_before
from hopso.policy.timing import in_time
from hopso.policy.timing import is_office_time
from hopso.policy.timing import LeadTime
from hopso.policy.timing import OFFICE_HOURS
from hopso.policy.timing import Session
from hopso.policy.timing import WorkCalendar
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
import pytest


def vn(text):
    """Read ``2026-12-08 08:00`` in the time of Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("lead", "moment", "deadline"),
    [
        # 2026-12-08 is a Tuesday.
        ("2 calendar_days", "2026-12-08 08:00", "2026-12-06 08:00"),
        ("48 hours", "2026-12-08 08:00", "2026-12-06 08:00"),
        ("3 hours", "2026-12-08 01:30", "2026-12-07 22:30"),
        ("0 hours", "2026-12-08 08:00", "2026-12-08 08:00"),
        ("none", "2026-12-08 08:00", "2026-12-08 08:00"),
        ("1 working_days", "2026-12-08 08:00", "2026-12-07 08:00"),
        ("2 working_days", "2026-12-08 08:00", "2026-12-04 08:00"),
        ("1 working_days", "2026-12-06 08:00", "2026-12-04 08:00"),  # a Sunday
        ("0 working_days", "2026-12-06 08:00", "2026-12-06 08:00"),
        # Lunar new year 2026: 17 February and the days around it.
        ("1 working_days", "2026-02-23 08:00", "2026-02-13 08:00"),
        # 30 April and 1 May 2026, a Thursday and a Friday.
        ("1 working_days", "2026-05-04 08:00", "2026-04-29 08:00"),
        # 1 and 2 September 2026, with 31 August off in exchange for a Saturday that is worked.
        ("3 working_days", "2026-09-07 08:00", "2026-08-28 08:00"),
        ("1 working_days", "2026-08-24 08:00", "2026-08-22 08:00"),
        # 24 November is a holiday since 2026.
        ("1 working_days", "2026-11-25 08:00", "2026-11-23 08:00"),
        # "01 buổi": the session before.
        ("1 sessions", "2026-12-08 08:00", "2026-12-07 17:00"),
        ("1 sessions", "2026-12-08 14:00", "2026-12-08 11:30"),
        ("1 sessions", "2026-12-08 13:30", "2026-12-08 11:30"),
        ("1 sessions", "2026-12-08 12:00", "2026-12-08 11:30"),
        ("1 sessions", "2026-12-07 08:00", "2026-12-04 17:00"),
        ("2 sessions", "2026-12-08 08:00", "2026-12-07 11:30"),
        ("1 sessions", "2026-12-06 08:00", "2026-12-04 17:00"),
        ("1 sessions", "2026-12-08 18:00", "2026-12-08 17:00"),
    ],
)
def test_deadline_before(lead, moment, deadline):
    assert deadline_before(vn(moment), LeadTime.parse(lead)) == vn(deadline)


@pytest.mark.parametrize(
    ("lead", "clock", "moment", "deadline"),
    [
        ("1 hours", "round_the_clock", "2026-12-04 16:30", "2026-12-04 17:30"),
        ("1 hours", OFFICE_HOURS, "2026-12-04 16:00", "2026-12-04 17:00"),
        ("1 hours", OFFICE_HOURS, "2026-12-04 16:30", "2026-12-07 08:00"),
        ("1 hours", OFFICE_HOURS, "2026-12-04 11:00", "2026-12-04 14:00"),
        ("1 hours", OFFICE_HOURS, "2026-12-04 12:00", "2026-12-04 14:30"),
        ("1 hours", OFFICE_HOURS, "2026-12-05 09:00", "2026-12-07 08:30"),
        ("8 hours", OFFICE_HOURS, "2026-12-04 07:30", "2026-12-07 08:00"),
        ("1 calendar_days", "round_the_clock", "2026-12-04 16:30", "2026-12-05 16:30"),
        ("5 working_days", "round_the_clock", "2026-12-04 10:00", "2026-12-11 23:59:59"),
        ("5 working_days", "round_the_clock", "2026-04-28 10:00", "2026-05-07 23:59:59"),
        ("1 working_days", "round_the_clock", "2026-12-05 10:00", "2026-12-07 23:59:59"),
        ("0 working_days", "round_the_clock", "2026-12-05 10:00", "2026-12-05 10:00"),
        ("1 sessions", "round_the_clock", "2026-12-04 09:00", "2026-12-04 11:30"),
        ("2 sessions", "round_the_clock", "2026-12-04 14:00", "2026-12-07 11:30"),
        ("none", "round_the_clock", "2026-12-04 14:00", "2026-12-04 14:00"),
    ],
)
def test_deadline_after(lead, clock, moment, deadline):
    assert deadline_after(vn(moment), LeadTime.parse(lead), clock=clock) == vn(deadline)


def test_the_deadline_itself_is_in_time():
    start = vn("2026-12-08 08:00")
    deadline = deadline_before(start, LeadTime(2, "calendar_days"))
    assert in_time(vn("2026-12-06 08:00"), deadline)
    assert not in_time(vn("2026-12-06 08:00") + timedelta(microseconds=1), deadline)


def test_moments_in_utc_are_moments_in_viet_nam():
    # Monday 01:00 UTC is Monday 08:00 in Hà Nội; Sunday 20:00 UTC is Monday 03:00.
    assert deadline_before(datetime(2026, 12, 8, 1, tzinfo=UTC), LeadTime(1, "sessions")) == vn(
        "2026-12-07 17:00"
    )
    assert deadline_before(datetime(2026, 12, 6, 20, tzinfo=UTC), LeadTime(1, "working_days")) == vn(
        "2026-12-04 03:00"
    )


def test_days_of_the_administrator_come_first():
    calendar = WorkCalendar(
        days_off=frozenset({date(2026, 12, 7)}), days_worked=frozenset({date(2026, 12, 6)})
    )
    assert deadline_before(vn("2026-12-08 08:00"), LeadTime(1, "working_days"), calendar) == vn(
        "2026-12-06 08:00"
    )
    assert not is_office_time(vn("2026-12-07 09:00"), calendar)


@pytest.mark.parametrize(
    ("moment", "working"),
    [
        ("2026-12-07 07:29", False),
        ("2026-12-07 07:30", True),
        ("2026-12-07 11:30", False),
        ("2026-12-07 16:59", True),
        ("2026-12-06 09:00", False),
        ("2026-04-27 09:00", False),  # in lieu of Hùng Kings' day, a Sunday in 2026
    ],
)
def test_office_time(moment, working):
    assert is_office_time(vn(moment)) is working


def test_a_calendar_without_work_ends():
    idle = WorkCalendar(sessions=())
    with pytest.raises(ValueError):
        deadline_before(vn("2026-12-07 08:00"), LeadTime(1, "sessions"), idle)
    with pytest.raises(ValueError):
        deadline_after(vn("2026-12-07 08:00"), LeadTime(1), idle, OFFICE_HOURS)


@pytest.mark.parametrize("text", ["2", "two days", "2 weeks", "-1 hours", "2 hours more", "5000 hours"])
def test_not_a_lead_time(text):
    with pytest.raises(ValueError):
        LeadTime.parse(text)


def test_a_session_ends_after_it_starts():
    assert str(Session.parse("7:30-11:30".zfill(11))) == "07:30-11:30"
    with pytest.raises(ValueError):
        Session(time(11), time(9))


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(lambda m: m.replace(tzinfo=LOCAL))
leads = st.builds(
    LeadTime, st.integers(0, 30), st.sampled_from(["hours", "calendar_days", "working_days", "sessions"])
)


@settings(deadline=None, max_examples=60)
@given(moments, leads)
def test_deadlines_lie_on_their_side(moment, lead):
    assert deadline_before(moment, lead) <= moment <= deadline_after(moment, lead)


@settings(deadline=None, max_examples=60)
@given(moments, leads)
def test_more_lead_time_never_gives_more_time(moment, lead):
    longer = LeadTime(lead.value + 1, lead.unit)
    assert deadline_before(moment, longer) <= deadline_before(moment, lead)
    assert deadline_after(moment, longer) >= deadline_after(moment, lead)


@settings(deadline=None, max_examples=60)
@given(moments, moments, leads)
def test_an_earlier_meeting_never_has_a_later_deadline(one, other, lead):
    first, second = sorted((one, other))
    if lead.unit == "working_days":
        # Such deadlines keep the time of day, so only whole days can be compared across a weekend.
        first, second = (one.replace(hour=8, minute=0, second=0, microsecond=0) for one in (first, second))
        first, second = sorted((first, second))
    assert deadline_before(first, lead) <= deadline_before(second, lead)


@settings(deadline=None, max_examples=60)
@given(moments, st.integers(0, 40))
def test_round_the_clock_and_office_hours_agree_on_the_order(moment, hours):
    lead = LeadTime(hours)
    assert deadline_after(moment, lead) <= deadline_after(moment, lead, clock=OFFICE_HOURS) or hours == 0


@settings(deadline=None, max_examples=60)
@given(leads)
def test_lead_times_survive_writing(lead):
    assert LeadTime.parse(str(lead)) == lead

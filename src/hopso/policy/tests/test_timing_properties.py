"""What holds for any deadline: inverses, order, working days across the lunar new year, half-days, office hours."""

from datetime import date
from datetime import datetime
from datetime import timedelta

from hopso.core.text import LOCAL
from hopso.policy.timing import deadline_after
from hopso.policy.timing import deadline_before
from hopso.policy.timing import is_office_time
from hopso.policy.timing import LeadTime
from hopso.policy.timing import OFFICE_HOURS
from hopso.policy.timing import SESSIONS_OF_THE_DAY
from hopso.policy.timing import WorkCalendar
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


# First day of the lunar year.
TET = (date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26))
MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(
    lambda one: one.replace(second=0, microsecond=0, tzinfo=LOCAL)
)
around_tet = st.builds(
    lambda day, days, minutes: (
        datetime(day.year, day.month, day.day, tzinfo=LOCAL) + days * 24 * 60 * MINUTE + minutes * MINUTE
    ),
    st.sampled_from(TET),
    st.integers(-12, 15),
    st.integers(0, 24 * 60 - 1),
)
days_nearby = st.sets(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=12).map(frozenset)
quick = settings(deadline=None, max_examples=80)


def calendars():
    """Return calendars with days of the site's own."""
    return st.builds(WorkCalendar, st.just(SESSIONS_OF_THE_DAY), days_nearby, days_nearby)


def worked_between(calendar, first, last):
    """Return the number of working days after *first* up to *last*."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


@quick
@given(moments, st.integers(0, 200), st.sampled_from(["hours", "calendar_days"]))
def test_spans_of_the_clock_are_inverse(moment, value, unit):
    lead = LeadTime(value, unit)
    assert deadline_after(deadline_before(moment, lead), lead) == moment
    assert deadline_before(deadline_after(moment, lead), lead) == moment


@quick
@given(moments | around_tet, st.integers(1, 20), calendars())
def test_working_days_before_are_counted_exactly(moment, value, calendar):
    deadline = deadline_before(moment, LeadTime(value, "working_days"), calendar)
    eve = moment.date() - timedelta(days=1)
    assert calendar.is_working_day(deadline.date())
    assert worked_between(calendar, deadline.date() - timedelta(days=1), eve) == value
    assert deadline.time() == moment.time()


@quick
@given(moments | around_tet, st.integers(1, 20), calendars())
def test_working_days_after_are_counted_exactly(moment, value, calendar):
    deadline = deadline_after(moment, LeadTime(value, "working_days"), calendar)
    assert calendar.is_working_day(deadline.date())
    assert worked_between(calendar, moment.date(), deadline.date()) == value


@quick
@given(moments | around_tet, st.integers(1, 10))
def test_after_working_days_one_may_go_back_as_many(moment, value):
    lead = LeadTime(value, "working_days")
    there = deadline_after(moment, lead)
    back = deadline_before(there, lead)
    # From a day that is worked one comes back to it, from one that is not to the working day before.
    calendar = WorkCalendar()
    if calendar.is_working_day(moment.date()):
        assert back.date() == moment.date()
    else:
        assert back.date() < moment.date() and worked_between(calendar, back.date(), moment.date()) == 0


@quick
@given(around_tet, st.sampled_from(["working_days", "sessions"]), st.integers(1, 8))
def test_no_deadline_of_working_time_falls_into_the_new_year_holidays(moment, unit, value):
    calendar = WorkCalendar()
    for deadline in (
        deadline_before(moment, LeadTime(value, unit)),
        deadline_after(moment, LeadTime(value, unit)),
    ):
        assert calendar.is_working_day(deadline.date())
        assert deadline.date() not in TET


@quick
@given(moments | around_tet, st.integers(1, 12), calendars())
def test_half_days_before_end_with_a_session_and_are_counted(moment, value, calendar):
    deadline = deadline_before(moment, LeadTime(value, "sessions"), calendar)
    ends = {one.end for one in calendar.sessions}
    assert deadline.time() in ends and calendar.is_working_day(deadline.date())
    # Between the deadline and the moment lie the ends of all sessions but the first.
    found, day = 0, deadline.date()
    while day <= moment.date():
        if calendar.is_working_day(day):
            found += sum(
                deadline <= datetime.combine(day, one.end, tzinfo=LOCAL) <= moment
                for one in calendar.sessions
            )
        day += timedelta(days=1)
    assert found == value


@quick
@given(moments | around_tet, moments | around_tet, st.integers(0, 12), calendars())
def test_a_later_meeting_never_has_an_earlier_half_day(one, other, value, calendar):
    first, second = sorted((one, other))
    lead = LeadTime(value, "sessions")
    assert deadline_before(first, lead, calendar) <= deadline_before(second, lead, calendar)
    assert deadline_after(first, lead, calendar) <= deadline_after(second, lead, calendar)


@quick
@given(moments | around_tet, st.integers(1, 30), calendars())
def test_office_hours_are_worked_off_to_the_minute(moment, hours, calendar):
    deadline = deadline_after(moment, LeadTime(hours), calendar, OFFICE_HOURS)
    worked, day = timedelta(), moment.date()
    while day <= deadline.date():
        if calendar.is_working_day(day):
            for one in calendar.sessions:
                start = max(moment, datetime.combine(day, one.start, tzinfo=LOCAL))
                end = min(deadline, datetime.combine(day, one.end, tzinfo=LOCAL))
                worked += max(timedelta(), end - start)
        day += timedelta(days=1)
    assert worked == timedelta(hours=hours)
    assert is_office_time(deadline - MINUTE, calendar)


@quick
@given(
    moments | around_tet,
    st.integers(1, 15),
    st.sampled_from(["working_days", "sessions"]),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
def test_one_more_day_off_never_leaves_less_time_to_prepare(moment, value, unit, day):
    lead, plain = LeadTime(value, unit), WorkCalendar()
    shorter = WorkCalendar(days_off=frozenset({day}))
    assert deadline_before(moment, lead, shorter) <= deadline_before(moment, lead, plain)
    assert deadline_after(moment, lead, shorter) >= deadline_after(moment, lead, plain)


@quick
@given(moments, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_a_day_that_is_worked_goes_before_every_holiday(moment, day):
    calendar = WorkCalendar(days_off=frozenset({day}), days_worked=frozenset({day}))
    assert calendar.is_working_day(day)

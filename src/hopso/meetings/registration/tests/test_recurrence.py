"""The days of a series, without a site."""

from datetime import date
from datetime import timedelta

from hopso.meetings.registration.recurrence import days
from hopso.meetings.registration.recurrence import FREQUENCIES
from hopso.meetings.registration.recurrence import KEEP
from hopso.meetings.registration.recurrence import LAST
from hopso.meetings.registration.recurrence import MONTHLY_DAY
from hopso.meetings.registration.recurrence import MONTHLY_WEEKDAY
from hopso.meetings.registration.recurrence import MOVE
from hopso.meetings.registration.recurrence import named_days
from hopso.meetings.registration.recurrence import ON_DAYS_OFF
from hopso.meetings.registration.recurrence import Recurrence
from hopso.meetings.registration.recurrence import SKIP
from hopso.meetings.registration.recurrence import WEEKLY
from hopso.policy.timing import DEFAULT_CALENDAR
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


def texts(rule, first, last):
    found = days(rule, date.fromisoformat(first), date.fromisoformat(last), DEFAULT_CALENDAR)
    return [f"{one.held:%d/%m}" for one in found]


@pytest.mark.parametrize(
    "rule, first, last, expected",
    [
        (Recurrence(), "2026-11-30", "2026-12-21", ["30/11", "07/12", "14/12", "21/12"]),
        (Recurrence(interval=2), "2026-11-30", "2026-12-31", ["30/11", "14/12", "28/12"]),
        (Recurrence(weekdays=(0, 3)), "2026-12-02", "2026-12-10", ["03/12", "07/12", "10/12"]),
        (Recurrence(count=2), "2026-11-30", "2027-06-01", ["30/11", "07/12"]),
        (Recurrence(until=date(2026, 12, 7)), "2026-11-30", "2027-06-01", ["30/11", "07/12"]),
        (Recurrence(weekdays=(5,)), "2026-12-01", "2026-12-12", ["05/12", "12/12"]),
        (Recurrence(MONTHLY_DAY, month_day=31, days_off=KEEP), "2027-01-31", "2027-04-30",
         ["31/01", "28/02", "31/03", "30/04"]),
        (Recurrence(MONTHLY_DAY, month_day=LAST, days_off=KEEP), "2028-02-01", "2028-03-31", ["29/02", "31/03"]),
        (Recurrence(MONTHLY_WEEKDAY, nth=1, weekdays=(0,)), "2026-12-01", "2027-02-28", ["07/12", "04/01", "01/02"]),
        (Recurrence(MONTHLY_WEEKDAY, nth=LAST, weekdays=(4,)), "2026-12-01", "2027-01-31", ["25/12", "29/01"]),
    ],
)  # fmt: skip
def test_rules(rule, first, last, expected):
    assert texts(rule, first, last) == expected


@pytest.mark.parametrize(
    "days_off, expected",
    [
        # 01/01/2027 is a Friday and a public holiday.
        (SKIP, ["25/12", "08/01"]),
        (MOVE, ["25/12", "04/01", "08/01"]),
        (KEEP, ["25/12", "01/01", "08/01"]),
    ],
)
def test_public_holidays(days_off, expected):
    assert texts(Recurrence(weekdays=(4,), days_off=days_off), "2026-12-25", "2027-01-08") == expected


def test_a_day_moved_onto_the_next_one_is_left_out():
    # Friday 01/01/2027 would move to Monday 04/01, which is a day of the series itself.
    assert texts(Recurrence(weekdays=(0, 4), days_off=MOVE), "2026-12-28", "2027-01-04") == ["28/12", "04/01"]


@pytest.mark.parametrize(
    "bad",
    [
        {"frequency": "daily"},
        {"interval": 0},
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"month_day": 0},
        {"nth": 5},
        {"count": 0},
        {"days_off": "perhaps"},
    ],
)
def test_rules_that_make_no_sense(bad):
    with pytest.raises(ValueError):
        Recurrence(**bad)


rules = st.builds(
    Recurrence,
    frequency=st.sampled_from(FREQUENCIES),
    interval=st.integers(1, 6),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found))),
    month_day=st.sampled_from([LAST, *range(1, 32)]),
    nth=st.sampled_from([1, 2, 3, 4, LAST]),
    until=st.none() | st.integers(0, 700).map(lambda n: date(2026, 1, 1) + timedelta(days=n)),
    count=st.none() | st.integers(1, 60),
    days_off=st.sampled_from(ON_DAYS_OFF),
)
firsts = st.integers(0, 700).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
spans = st.integers(0, 400).map(lambda n: timedelta(days=n))
quick = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(rules, firsts, spans)
def test_days_are_in_order_and_each_once(rule, first, span):
    found = days(rule, first, first + span, DEFAULT_CALENDAR)
    held = [one.held for one in found]
    assert held == sorted(set(held))
    assert [one.named for one in found] == sorted({one.named for one in found})


@quick
@given(rules, firsts, spans)
def test_days_stay_inside_and_keep_count(rule, first, span):
    found = days(rule, first, first + span, DEFAULT_CALENDAR)
    assert all(first <= one.named <= first + span for one in found)
    assert all(rule.until is None or one.named <= rule.until for one in found)
    assert rule.count is None or len(found) <= rule.count


@quick
@given(rules, firsts, spans)
def test_every_day_is_one_that_the_rule_names(rule, first, span):
    for one in days(rule, first, first + span, DEFAULT_CALENDAR):
        if rule.frequency == WEEKLY:
            assert one.named.weekday() in rule.weekdays
            monday = first - timedelta(days=first.weekday())
            assert (one.named - monday).days // 7 % rule.interval == 0
        elif rule.frequency == MONTHLY_WEEKDAY:
            assert one.named.weekday() == rule.weekdays[0]
        elif rule.month_day not in (LAST, one.named.day):
            assert (one.named + timedelta(days=1)).day == 1


@quick
@given(rules, firsts, spans)
def test_days_off_are_treated_as_the_rule_says(rule, first, span):
    found = days(rule, first, first + span, DEFAULT_CALENDAR)
    named = set(named_days(rule, first, first + span))
    if rule.days_off == KEEP:
        assert {one.held for one in found} == named
        return
    for one in found:
        weekend_meant = rule.frequency != MONTHLY_DAY and one.named.weekday() >= 5
        assert DEFAULT_CALENDAR.is_working_day(one.held) or (weekend_meant and not one.moved)
        assert rule.days_off == MOVE or not one.moved
        assert one.held >= one.named


@quick
@given(rules, firsts, spans, spans)
def test_looking_further_ahead_only_adds(rule, first, span, more):
    near = days(rule, first, first + span, DEFAULT_CALENDAR)
    far = days(rule, first, first + span + more, DEFAULT_CALENDAR)
    assert far[: len(near)] == near


@quick
@given(rules)
def test_a_rule_survives_being_written_down(rule):
    assert Recurrence.from_dict(rule.to_dict()) == rule

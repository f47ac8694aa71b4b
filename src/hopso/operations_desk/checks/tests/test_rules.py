"""When a check is due, and what its answers come to."""

from datetime import datetime
from datetime import timedelta

from hopso.core.moments import LOCAL
from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks.template import Item
from hopso.policy.timing import LeadTime
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


SESSION, HOUR, THREE = LeadTime(1, "sessions"), LeadTime(1, "hours"), LeadTime(3, "hours")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.rule("NT-6.4")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Thursday morning: by the end of Wednesday afternoon.
        ("2026-11-26T08:00", "2026-11-25T17:00"),
        # In the afternoon: by the end of the morning.
        ("2026-11-26T14:00", "2026-11-26T11:30"),
        # Monday: Friday afternoon, the weekend is no session.
        ("2026-11-30T08:00", "2026-11-27T17:00"),
        # After National Day: neither the holiday nor the day in lieu has sessions.
        ("2026-09-03T08:00", "2026-08-28T17:00"),
    ],
)
def test_one_session_before(start, due):
    assert rules.check_due(at(start), SESSION) == at(due)


@pytest.mark.rule("TQ-P5/5")
def test_one_hour_before_the_opening():
    assert rules.check_due(at("2026-11-26T08:00"), HOUR) == at("2026-11-26T07:00")


@pytest.mark.rule("NT-6.5")
def test_an_urgent_meeting_is_checked_in_three_hours():
    start = at("2026-11-26T14:00")
    assert rules.check_due(start, SESSION, urgent=True, urgent_lead=THREE) == at("2026-11-26T11:30")
    morning = at("2026-11-26T08:00")
    assert rules.check_due(morning, SESSION, urgent=True, urgent_lead=THREE) == at("2026-11-26T05:00")
    # One hour before stays one hour before.
    assert rules.check_due(start, HOUR, urgent=True, urgent_lead=THREE) == at("2026-11-26T13:00")


def test_without_a_lead_time_before_the_start():
    assert rules.check_due(at("2026-11-26T08:00"), None) == at("2026-11-26T08:00")


def test_what_is_ordered_too_late_is_due_at_the_start():
    start = at("2026-11-26T08:00")
    assert rules.check_due(start, SESSION, since=at("2026-11-26T06:00")) == start
    assert rules.check_due(start, SESSION, since=at("2026-11-25T16:59")) == at("2026-11-25T17:00")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)),
    st.sampled_from([None, SESSION, HOUR, LeadTime(2, "sessions"), LeadTime(1, "working_days")]),
    st.booleans(),
    st.integers(0, 200),
)
def test_a_check_is_never_due_after_the_start(naive, lead, urgent, hours):
    start = naive.replace(tzinfo=LOCAL)
    since = start - timedelta(hours=hours)
    due = rules.check_due(start, lead, urgent=urgent, urgent_lead=THREE, since=since)
    assert due <= start
    assert due == start or due > since
    # An urgent meeting is never asked for more than others.
    assert rules.check_due(start, lead, urgent=True, urgent_lead=THREE) >= rules.check_due(start, lead)


ITEMS = tuple(Item(name, "room", name) for name in "abc")


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, rules.OPEN),
        ({"a": "pass"}, rules.BEGUN),
        ({"a": "pass", "b": "na", "c": "pass"}, rules.PASSED),
        ({"a": "pass", "b": "fail", "c": "pass"}, rules.FAULTS),
        # Answers to what the check does not ask count for nothing.
        ({"x": "pass"}, rules.OPEN),
    ],
)
def test_what_answers_come_to(answers, state):
    assert rules.result_of(ITEMS, answers) == state


@pytest.mark.rule("NT-6.4")
def test_missed_late_and_in_time():
    due = at("2026-11-25T17:00")
    minute = timedelta(minutes=1)
    assert rules.check_missed(due, None, due) == []
    [found] = rules.check_missed(due, None, due + minute, "Điểm cầu 1")
    assert (found.rule, found.level, found.deadline) == ("NT-6.4", "warn", due)
    assert rules.check_missed(due, due, due + minute) == []
    [found] = rules.check_missed(due, None, due + minute, rule_sets=("TQ",))
    assert found.rule == "TQ-P5/5"
    [found] = rules.check_missed(due, due + minute, due + 2 * minute)
    assert found.level == "record"

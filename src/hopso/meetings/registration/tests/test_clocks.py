"""The two clocks, without a site."""

from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.meetings.registration.clocks import clocks
from hopso.meetings.registration.clocks import first_start
from hopso.policy.policy import Policy
from hopso.policy.timing import LeadTime
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
import pytest


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=LOCAL)


def test_regulation_and_national_rule_run_side_by_side():
    # Thursday 03/12/2026; three working days before it are Monday of the same week.
    found = clocks(at("03/12/2026 08:00"), at("30/11/2026 09:00"), Policy(rule_sets=("BD",)))
    assert [(one.name, f"{one.deadline:%d/%m %H:%M}", one.late) for one in found] == [
        ("registration", "01/12 08:00", False),
        ("invitation", "30/11 08:00", True),
    ]
    assert found[0].article == "Điều 6 khoản 1"


def test_the_article_is_that_of_the_regulation_in_force():
    nghe_an = Policy(rule_sets=("NA",), lead_time_normal=LeadTime(48, "hours"))
    assert clocks(at("26/11/2026 08:00"), at("23/11/2026 09:00"), nghe_an)[0].article == "Điều 3 khoản 1"


def test_an_urgent_meeting_has_the_call_only():
    found = clocks(at("26/11/2026 08:00"), at("26/11/2026 05:30"), Policy(), urgent=True)
    assert [(one.name, f"{one.deadline:%H:%M}", one.late) for one in found] == [("urgent", "05:00", True)]


@pytest.mark.parametrize("urgent", [True, False])
def test_no_deadline_where_the_policy_has_none(urgent):
    policy = Policy(lead_time_normal=None, lead_time_urgent=None, invitation_lead_time=None)
    assert clocks(at("26/11/2026 08:00"), at("26/11/2026 05:30"), policy, urgent) == []


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 1000 * 24 * 60).map(lambda minutes: at("01/01/2026 00:00") + timedelta(minutes=minutes)),
    st.integers(6 * 60, 18 * 60).map(lambda minutes: time(minutes // 60, minutes % 60)),
    st.sampled_from([None, LeadTime(48, "hours"), LeadTime(2, "calendar_days"), LeadTime(5, "working_days")]),
)
def test_the_first_start_keeps_every_deadline_and_none_before_does(moment, clock, lead):
    policy = Policy(lead_time_normal=lead)
    found = first_start(moment, policy, clock)
    assert found is not None
    assert found > moment
    assert policy.calendar.is_working_day(found.date())
    assert local(found).time() == clock
    assert not any(one.late for one in clocks(found, moment, policy))
    day = found - timedelta(days=1)
    while day > moment:
        assert not policy.calendar.is_working_day(day.date()) or any(
            one.late for one in clocks(day, moment, policy)
        )
        day -= timedelta(days=1)

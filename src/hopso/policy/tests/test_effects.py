"""What another policy would mean for registered meetings, and giving it to them."""

from datetime import timedelta

from hopso.audit import log
from hopso.core import errors
from hopso.core.text import now
from hopso.policy import effects
from hopso.policy import operations
from hopso.policy.api import current_policy
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_for
from hopso.policy.api import store_values
from hopso.policy.api import under
from hopso.policy.api import values_of
from hopso.policy.following import follow_policy
from hopso.policy.following import former_copies
from hopso.policy.policy import Policy
from hopso.policy.timing import LeadTime
import pytest


@pytest.fixture
def registered(house, make):
    """A meeting registered two and a half days before its start."""
    meeting = house.meeting
    meeting.registered_at = now()
    meeting.start = now() + timedelta(days=2, hours=12)
    meeting.end = meeting.start + timedelta(hours=2)
    meeting.policy_name, meeting.policy_values = "before", frozen_copy()
    make.put_in_state(meeting, "registered")
    meeting.reindexObject()
    return meeting


def test_the_same_rules_are_asked_under_both_policies(registered):
    stricter = Policy.from_dict({**current_policy().to_dict(), "lead_time_normal": "5 calendar_days"})
    found = {(one.kind, one.rule): one for one in effects.compare(registered, stricter)}
    deadline, late = found[("deadline", "BD-6.1/1")], found[("finding", "BD-6.1/1")]
    assert deadline.before and deadline.after and deadline.before != deadline.after
    assert (late.before, bool(late.after)) == ("", True)


def test_the_same_policy_changes_nothing(registered):
    assert effects.compare(registered, current_policy()) == []
    assert effects.effects(lambda start: current_policy()) == []


def test_only_inside_of_the_block_another_policy_holds(registered):
    with under(Policy(max_pages=7)):
        assert policy_for(registered).max_pages == current_policy().max_pages == 7
    assert policy_for(registered).max_pages == 2000


def test_another_province_is_compared(registered, portal):
    other = Policy.from_dict({**current_policy().to_dict(), **values_of("nghe-an")})
    [found] = effects.effects(lambda start: other)
    assert found.uid == registered.UID() and "rule_sets" in found.keys
    assert {one.rule for one in found.differences} >= {"BD-6.1/1", "NA-3.1/1"}
    assert registered.policy_name == "before" and policy_for(registered) != other


def test_what_a_reader_may_not_see_has_no_title(registered, house, make, portal):
    other = Policy.from_dict({**current_policy().to_dict(), "lead_time_normal": "5 calendar_days"})
    with make.as_user(house.coordinator):
        [found] = effects.effects(lambda start: other)
        assert found.title == registered.title
    with make.as_user(house.outsider):
        [found] = effects.effects(lambda start: other)
        assert (found.title, found.url) == ("", "") and found.unit == house.office.title


def test_meetings_of_the_past_and_drafts_are_left_alone(registered, make):
    other = Policy.from_dict({**current_policy().to_dict(), "lead_time_normal": "5 calendar_days"})
    make.put_in_state(registered, "draft")
    registered.reindexObject()
    assert effects.effects(lambda start: other) == []
    make.put_in_state(registered, "registered")
    registered.start = now() - timedelta(days=1)
    registered.reindexObject()
    assert effects.effects(lambda start: other) == []


def test_a_meeting_follows_by_an_operation_and_keeps_its_former_copy(registered, portal, make):
    before = registered.policy_values
    with make.as_system():
        operations.change_policy(portal, values={"lead_time_normal": "5 calendar_days"})
        assert policy_for(registered).lead_time_normal == LeadTime(2, "calendar_days")
        follow_policy(registered, reason="Theo quyết định mới")
    assert policy_for(registered).lead_time_normal == LeadTime(5, "calendar_days")
    [kept] = former_copies(registered)
    assert (kept["values"], kept["name"], kept["reason"]) == (before, "before", "Theo quyết định mới")
    entry = log.entries(operation="meeting.follow_policy", limit=1)[0]
    assert entry.details["reason"] == "Theo quyết định mới" and entry.uid == registered.UID()


def test_who_may_not_manage_the_policy_applies_it_to_no_meeting(registered, house, portal, make):
    store_values({"lead_time_normal": "5 calendar_days"})
    for user in (house.coordinator, house.admin, house.leader):
        with make.as_user(user), pytest.raises(errors.Denied):
            follow_policy(registered, reason="x")
    assert former_copies(registered) == ()


def test_it_takes_a_reason_a_difference_and_a_meeting_to_come(registered, portal, make):
    with make.as_system():
        with pytest.raises(errors.WrongState):
            follow_policy(registered, reason="Không có gì khác")
        store_values({"lead_time_normal": "5 calendar_days"})
        with pytest.raises(errors.Invalid):
            follow_policy(registered, reason=" ")
        make.put_in_state(registered, "ended")
        with pytest.raises(errors.WrongState):
            follow_policy(registered, reason="Đã họp")
        make.put_in_state(registered, "registered")
        registered.policy_values = None
        with pytest.raises(errors.WrongState):
            follow_policy(registered, reason="Chưa đăng ký")


def test_the_technical_check_has_its_hour_under_either_policy(registered):
    two = [
        Policy.from_dict({**current_policy().to_dict(), **values_of(name)})
        for name in ("ninh-thuan", "tuyen-quang")
    ]
    found = {}
    for policy in two:
        with under(policy):
            found |= {key[1]: text for key, text in effects.said(registered).items() if key[0] == "deadline"}
    assert set(found) >= {"NT-6.4", "TQ-P5/5"} and found["NT-6.4"] != found["TQ-P5/5"]

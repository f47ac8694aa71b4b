"""The policy as a value, in the registry, and kept by a meeting."""

from dataclasses import FrozenInstanceError
from datetime import date
import json

from hopso.policy.api import apply_policy
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_for
from hopso.policy.api import store_values
from hopso.policy.policy import Policy
from hopso.policy.policy import read_value
from hopso.policy.timing import LeadTime
import pytest


def test_a_policy_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Policy().max_pages = 1


def test_a_policy_survives_json():
    policy = Policy(
        title="Tỉnh", valid_from=date(2025, 5, 6), lead_time_normal=LeadTime(48), tech_check_due=None
    )
    assert Policy.from_dict(json.loads(json.dumps(policy.to_dict()))) == policy


@pytest.mark.parametrize(
    "values",
    [None, {}, {"unheard_of": 1}, {"max_pages": "many"}, {"lead_time_normal": "two days"}, {"valid_from": 7}],
)
def test_an_old_copy_with_strange_keys_still_opens(values):
    assert Policy.from_dict(values) == Policy()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("lead_time_normal", "-1 hours"),
        ("lead_time_normal", "2 weeks"),
        ("lead_time_level", "shout"),
        ("document_approver_rules", ["*=everybody"]),
        ("office_hours", ["11:30-07:30"]),
        ("password_max_age", -1),
        ("recording_default", "yes"),
    ],
)
def test_bad_values_are_refused(name, raw):
    with pytest.raises(ValueError):
        read_value(name, raw)


@pytest.mark.parametrize(
    ("level", "unit_type", "approver"),
    [
        ("province", "committee", "office_leader"),
        ("commune", "committee", "chair"),
        ("province", "department", "chair"),
    ],
)
def test_the_approver_of_documents_depends_on_the_host(level, unit_type, approver):
    assert Policy().document_approver_rule(level, unit_type) == approver


def test_in_force():
    policy = Policy(valid_from=date(2025, 5, 6), valid_to=date(2026, 5, 5))
    assert [policy.in_force(date(2025, 5, d)) for d in (5, 6)] == [False, True]
    assert not policy.in_force(date(2026, 5, 6))


def test_the_registry_starts_with_the_defaults(portal):
    assert current_policy() == Policy()


def test_a_province_is_a_profile(portal):
    assert "binh-dinh" in [one.name for one in available_policies()]
    policy = apply_policy("binh-dinh")
    assert (policy.title, policy.valid_from, policy.rule_sets) == ("Bình Định", date(2025, 5, 6), ("BD",))
    assert policy == current_policy()
    assert policy.lead_time_normal == LeadTime(2, "calendar_days")
    with pytest.raises(LookupError):
        apply_policy("nowhere")


def test_values_are_stored_and_checked(portal):
    store_values({"lead_time_normal": "48 hours", "extra_days_off": ["2026-12-31"], "max_pages": 9})
    policy = current_policy()
    assert (policy.lead_time_normal, policy.max_pages) == (LeadTime(48), 9)
    assert policy.extra_days_off == (date(2026, 12, 31),)
    assert not policy.calendar.is_working_day(date(2026, 12, 31))
    with pytest.raises(ValueError):
        store_values({"lead_time_normal": "soon"})
    assert current_policy() == policy


def test_a_meeting_keeps_its_policy(house, make):
    item = make.create_item(house.meeting)
    assert policy_for(item) == current_policy()
    house.meeting.policy_values = frozen_copy()
    store_values({"lead_time_normal": "48 hours"})
    assert policy_for(item).lead_time_normal == LeadTime(2, "calendar_days")
    assert policy_for(house.room).lead_time_normal == LeadTime(48)

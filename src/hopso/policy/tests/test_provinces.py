"""The five provinces as values: section 8 of the rule catalogue, line by line."""

from datetime import date

from hopso.policy import bodies
from hopso.policy.api import apply_policy
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.api import regulates
from hopso.policy.api import store_values
from hopso.policy.api import values_of
from hopso.policy.policy import KEYS
from hopso.policy.policy import Policy
from hopso.policy.policy import write_value
import pytest


PROVINCES = ("nghe-an", "ninh-thuan", "binh-dinh", "tuyen-quang", "ha-noi")
NOT_REGULATED = "none"
# Key -> what the five say, in the order of PROVINCES; as plain data.
DIFFERENCES = {
    "valid_from": ("2011-05-15", "2017-06-26", "2025-05-06", "2017-10-02", "2022-08-30"),
    "rule_sets": (["NA"], ["NT"], ["BD"], ["TQ"], ["HN"]),
    "lead_time_normal": ("48 hours", NOT_REGULATED, "2 calendar_days", NOT_REGULATED, NOT_REGULATED),
    "lead_time_urgent": (NOT_REGULATED, "3 hours", "3 hours", NOT_REGULATED, NOT_REGULATED),
    "allow_below_urgent": (True, True, True, True, True),
    "urgent_approver_role": ("Provincial Chair", "", "", "", ""),
    "urgent_call_required": (False, True, True, False, False),
    "urgent_notice_channel": ("", "operator", "phone", "", ""),
    "registrar_role": ("Registrar", "Registrar", "Unit Administrator", "Registrar", "Registrar"),
    "registrar_body": ("provincial_office", "provincial_office", "", "tech_department", "provincial_office"),
    "approval_steps": (["Provincial Chair"], [], [], [], []),
    "slot_before_invitation": (False, True, False, False, False),
    "invitation_before_preparation": (False, True, False, False, False),
    "document_approver_rules": (
        ["*=chair"], ["*=named"], ["province/committee=office_leader", "*=chair"], ["*=chair"], ["*=chair"],
    ),
    "operator_role": (
        "tech_department", "provincial_office", "provincial_office", "tech_department", "provincial_office",
    ),
    "provider_role": ("service_provider", "service_provider", "", "service_provider", ""),
    "preemption": (False, True, False, False, False),
    "priority_rules": ([], ["province/committee"], [], [], []),
    "classified_policy": ("forbid", "forbid", "no_documents", "forbid", "with_plan"),
    "sensitive_forbidden": (False, True, False, False, False),
    "tech_check_due": ("0 hours", "1 sessions", NOT_REGULATED, "1 hours", "0 hours"),
    "recording_default": (False, False, True, False, False),
    "recording_release_roles": (
        ["Meeting Chair"], ["Meeting Chair"], ["Provincial Chair", "Meeting Chair"], ["Meeting Chair"], ["Meeting Chair"],
    ),
    "archive_owner_rule": ("host", "host", "host", "host", "main_site"),
    "publish_within": (NOT_REGULATED, NOT_REGULATED, "1 hours", NOT_REGULATED, NOT_REGULATED),
    "rsvp_deadline": (NOT_REGULATED, NOT_REGULATED, "1 calendar_days", NOT_REGULATED, NOT_REGULATED),
    "device_notice": (NOT_REGULATED, NOT_REGULATED, "1 calendar_days", NOT_REGULATED, NOT_REGULATED),
    "site_staffing": (["technician=1"], ["technician=1"], [], ["technician=1"], ["leader=1", "technician=1"]),
    "registered_sites": (21, 0, 0, 28, 0),
    "device_inspection_required": (False, False, False, False, True),
    "lock_site_config": (True, True, False, False, False),
    "room_standard_required": (True, False, False, False, False),
    "require_room_rules": (False, False, False, True, False),
    "require_backdrop": (False, True, False, False, False),
    "duty_required": (True, True, False, False, False),
    "host_contact_required": (False, True, False, False, False),
    "maintenance_months": (0, 0, 0, 6, 12),
    "report_cycles": (
        ["tech_department=6", "tech_department=12"], ["units=12"], ["provincial_office=12"],
        ["units=12", "tech_department=12"], [],
    ),
    "plan_cycles": (
        ["tech_department=12"], ["tech_department=12"], [], ["tech_department=12", "units=12"], ["units=12"],
    ),
    "password_max_age": (0, 0, 90, 0, 0),
    "notice_channels": (
        ["document", "email", "phone", "fax"], ["document", "email"], ["email", "qlvb", "phone_urgent"],
        ["email"], ["email"],
    ),
    "guests_allowed": (False, False, True, False, False),
    "delegate_control": (False, False, False, False, True),
}  # fmt: skip
# The same everywhere: national rules, and what no regulation touches.
EVERYWHERE = {
    "invitation_lead_time": "3 working_days",
    "conclusion_notice_within": "5 working_days",
    "lead_time_level": "block",
    "marker_level": "refuse",
    "publish_clock": "round_the_clock",
    "help_response": NOT_REGULATED,
    "valid_to": None,
    "operator_unit": "",
    "provider_unit": "",
}


@pytest.fixture
def five(portal):
    """Every province's policy, applied one after the other to the same site."""
    return [apply_policy(name) for name in PROVINCES]


def test_the_five_are_on_board_and_say_what_they_rest_on(portal):
    assert sorted(one.name for one in available_policies()) == sorted(PROVINCES)
    for one in available_policies():
        policy = apply_policy(one.name)
        assert policy == current_policy()
        assert (policy.name, policy.title) == (one.name, one.title)
        assert policy.legal_basis.startswith(one.description)


@pytest.mark.parametrize("name", DIFFERENCES)
def test_what_differs_between_the_provinces(five, name):
    assert tuple(write_value(name, getattr(policy, name)) for policy in five) == DIFFERENCES[name]


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_is_the_same_everywhere(five, name):
    assert {write_value(name, getattr(policy, name)) for policy in five} == {EVERYWHERE[name]}


def test_a_province_leaves_nothing_of_the_one_before(portal):
    fresh = {name: apply_policy(name) for name in PROVINCES}
    for name in reversed(PROVINCES):
        assert apply_policy(name) == fresh[name]


@pytest.mark.parametrize("name", PROVINCES)
def test_what_a_province_would_set_is_known_without_applying_it(portal, name):
    wanted = values_of(name)
    assert current_policy() == Policy()
    applied = apply_policy(name).to_dict()
    assert wanted == {key: applied[key] for key in wanted}
    assert {"lead_time_normal", "rule_sets", "valid_to"} <= set(wanted)
    assert "setup_minutes" not in wanted
    with pytest.raises(LookupError):
        values_of("nowhere")


def test_applying_a_province_keeps_what_belongs_to_the_site(portal):
    own = {"bodies": ["tech_department=SNV"], "network_ranges": ["10.20.0.0/16"], "setup_minutes": 20}
    store_values({**own, "extra_days_off": ["2026-12-31"], "password_min_length": 12})
    policy = apply_policy("tuyen-quang")
    assert (policy.setup_minutes, policy.password_min_length) == (20, 12)
    assert (policy.bodies, policy.extra_days_off) == (("tech_department=SNV",), (date(2026, 12, 31),))


def test_every_key_of_a_profile_is_tested_here(portal):
    text = {"name", "title", "legal_basis", "host_matrix"}
    assert set(DIFFERENCES) | set(EVERYWHERE) | text <= set(KEYS)
    before = {name: apply_policy(name).to_dict() for name in PROVINCES}
    differing = {key for key in KEYS if len({str(values[key]) for values in before.values()}) > 1}
    assert differing <= set(DIFFERENCES) | text


@pytest.mark.rule("TQ-P5/1")
@pytest.mark.rule("HN-5.8")
def test_who_operates_the_system_comes_from_the_policy(house, portal):
    store_values({"bodies": [f"tech_department={house.department.getId()}"]})
    operators = {name: bodies.operator_unit(apply_policy(name)) for name in PROVINCES}
    assert operators["tuyen-quang"] == operators["nghe-an"] == house.department
    assert operators["ha-noi"] == operators["binh-dinh"] == operators["ninh-thuan"] == house.office


def test_a_unit_that_is_named_itself_goes_before_the_body(house, portal):
    apply_policy("tuyen-quang")
    assert bodies.operator_unit() is None  # nobody said which unit the department is
    assert bodies.provider_unit() is None
    store_values({"operator_unit": "Sở Nội vụ", "bodies": ["service_provider=Sở Nội vụ"]})
    assert bodies.operator_unit() == bodies.provider_unit() == house.department


def test_registrations_go_to_different_bodies(house, portal):
    store_values({"bodies": [f"tech_department={house.department.getId()}"]})
    receive = {name: bodies.registrar_unit(apply_policy(name)) for name in PROVINCES}
    assert receive["binh-dinh"] is None
    assert receive["tuyen-quang"] == house.department
    assert receive["nghe-an"] == receive["ninh-thuan"] == receive["ha-noi"] == house.office


@pytest.mark.parametrize(
    ("sets", "rule_id", "expected"),
    [
        (("NT",), "NT-4.2/2", True),
        (("NT",), "NA-7", False),
        (("NT",), "NT", True),
        (("NT",), "HS-ROOM", True),
        ((), "HN-5.2", True),
    ],
)
def test_regulates(sets, rule_id, expected):
    assert regulates(Policy(rule_sets=sets), rule_id) is expected

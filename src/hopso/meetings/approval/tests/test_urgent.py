"""Urgent meetings: who allows them, who is called, what is on record."""

from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.meetings import operations
from hopso.meetings import preparation
from hopso.meetings.approval import findings
from hopso.meetings.approval import operations as approval
from hopso.meetings.approval import records
from hopso.meetings.approval.delegation import delegations_in
from hopso.meetings.calls import calls_of
from hopso.policy.api import apply_policy
import pytest


DECISION = {"reference": "Điện thoại 14:05", "evidence": "Chánh Văn phòng trực tiếp nhận ý kiến"}


@pytest.fixture
def urgent(province):
    """A meeting of the department that starts in two and a half hours because of a flood."""
    meeting, start = province.meeting_of_department, now() + timedelta(hours=2, minutes=30)
    change(
        meeting, start=start, end=start + timedelta(hours=1), urgent=True, urgent_reason="storm_flood",
        urgent_note="Lũ lên nhanh", host_contact=province.delegate,
    )  # fmt: skip
    return meeting


def said(meeting):
    return {(one.rule, one.level) for one in findings.registration_findings(meeting)}


@pytest.mark.rule("NA-3.1/2")
def test_the_provincial_chair_decides(province, urgent):
    apply_policy("nghe-an")
    with as_user(province.outsider):
        operations.register(urgent)
    with as_user(province.registrar):
        with pytest.raises(errors.Blocked) as error:
            operations.schedule(urgent)
        assert [(one.rule, one.override) for one in error.value.findings] == [("NA-3.1/2", "")]
        with pytest.raises(errors.Denied):
            approval.allow_urgent(urgent, **DECISION)
    with as_user(province.president):
        with pytest.raises(errors.Invalid):
            approval.allow_urgent(urgent, reference="01/QĐ")
        approval.allow_urgent(urgent, **DECISION)
        with pytest.raises(errors.EditConflict):
            approval.allow_urgent(urgent, **DECISION)
    with as_user(province.registrar):
        operations.schedule(urgent)
    decision = records.urgent_decision_of(urgent)
    assert (decision.by, decision.reference, decision.deputy) == (
        province.president,
        DECISION["reference"],
        False,
    )
    with as_user(province.president), pytest.raises(errors.WrongState):
        approval.allow_urgent(urgent, **DECISION)


@pytest.mark.rule("NA-3.1/2")
def test_a_refused_urgency_goes_back(province, urgent):
    apply_policy("nghe-an")
    with as_user(province.outsider):
        operations.register(urgent)
    with as_user(province.registrar), pytest.raises(errors.Denied):
        approval.refuse_urgent(urgent, note="Không")
    with as_user(province.president):
        approval.refuse_urgent(urgent, note="Chuyển sang họp thường kỳ")
        with pytest.raises(errors.WrongState):
            approval.refuse_urgent(urgent, note="Không")
    assert state_of(urgent) == "returned"
    # A new registration is a new case.
    with as_user(province.outsider):
        operations.register(urgent)
    assert records.urgent_decision_of(urgent) is None
    with as_user(province.president):
        approval.allow_urgent(urgent, **DECISION)
    assert [one.approved for one in records.approvals_of(urgent)] == [False, True]


@pytest.mark.rule("NA-3.1/2")
def test_a_recorded_delegate_decides_as_long_as_the_delegation_holds(province, urgent, make):
    apply_policy("nghe-an")
    deputy = make.create_person("phochutich", "Bạch Văn Phó", province.office)
    with as_user(province.outsider):
        operations.register(urgent)
    with as_user(deputy) as user, pytest.raises(errors.Denied):
        assert not user.has_permission("View", urgent)
        approval.allow_urgent(urgent, **DECISION)
    with as_user(province.leader), pytest.raises(errors.Denied):
        approval.delegate_urgent(province.committee, person=deputy, document="12/QĐ-UBND")
    with as_user(province.president):
        with pytest.raises(errors.Invalid):
            approval.delegate_urgent(province.committee, person=province.president, document="12/QĐ-UBND")
        approval.delegate_urgent(province.committee, person=deputy, document="12/QĐ-UBND")
    (key, delegation), = delegations_in(province.committee.getId())  # fmt: skip
    assert (delegation.person, delegation.document) == (deputy, "12/QĐ-UBND")
    with as_user(deputy) as user:
        assert user.has_permission("View", urgent)
        assert not user.has_permission("View", province.meeting)
        approval.allow_urgent(urgent, **DECISION)
    assert records.urgent_decision_of(urgent).deputy is True
    with as_user(province.president):
        with pytest.raises(errors.Invalid):
            approval.end_delegation(province.committee, key="none")
        approval.end_delegation(province.committee, key=key)
    with as_user(deputy) as user:
        assert not user.has_permission("View", urgent)
        assert not approval.may_decide_urgency(urgent)


@pytest.mark.rule("NA-3.1/2")
def test_reason_and_explanation_are_asked_for(province, urgent):
    apply_policy("nghe-an")
    assert said(urgent) == {("NA-3.1/2", "warn")}
    change(urgent, urgent_note="", urgent_reason=None)
    assert ("NA-3.1/2", "block") in said(urgent)


@pytest.mark.rule("NT-6.5")
def test_the_operator_is_called_directly_and_a_late_call_is_a_breach(province, urgent):
    apply_policy("ninh-thuan")
    assert ("NT-6.5", "block") in said(urgent)
    with as_user(province.outsider):
        preparation.log_call(urgent, whom="Sở Nội vụ", phone="0259 3822 000", party="units")
        assert ("NT-6.5", "block") in said(urgent)
        preparation.log_call(urgent, whom="Trực điểm cầu trung tâm", phone="0259 3822 111")
        assert ("NT-6.5", "warn") in said(urgent)
        assert [
            one.data.get("breach") for one in findings.registration_findings(urgent) if one.rule == "NT-6.5"
        ] == [True]
        operations.register(urgent)
    assert {one.party for one in calls_of(urgent)} == {"units", "operator"}
    assert state_of(urgent) == "registered"


@pytest.mark.rule("BD-6.1/2", "BD-7/3")
def test_below_three_hours_paper_takes_the_place_of_documents(province, urgent):
    apply_policy("binh-dinh")
    assert ("BD-6.1/2", "block") in said(urgent)
    with as_user(province.outsider):
        preparation.log_call(urgent, whom="Công an tỉnh", phone="113")
    found = said(urgent)
    assert {("BD-6.1/2", "warn"), ("BD-7/3", "record")} <= found
    assert not [one for one in found if one[1] == "block"]


@pytest.mark.parametrize("name", ["tuyen-quang", "ha-noi"])
def test_where_nothing_is_regulated_the_reason_is_enough(province, urgent, name):
    apply_policy(name)
    assert not [one for one in said(urgent) if one[1] == "block"]


def test_a_planned_meeting_needs_no_decision(province):
    apply_policy("nghe-an")
    with as_user(province.outsider):
        operations.register(province.meeting_of_department)
    with as_user(province.president), pytest.raises(errors.WrongState):
        approval.allow_urgent(province.meeting_of_department, **DECISION)

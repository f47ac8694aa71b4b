"""Protection plan and recording of classified sessions; slots, invitations, notices, preparing units."""

from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import change
from hopso.factories import put_in_state
from hopso.meetings import operations
from hopso.meetings.approval import findings
from hopso.meetings.approval import notices
from hopso.meetings.approval import secrecy
from hopso.meetings.approval.api import invitation_issued_at
from hopso.meetings.approval.api import is_recorded
from hopso.meetings.approval.api import protection_plan_of
from hopso.meetings.approval.api import recording_decision_of
from hopso.meetings.approval.records import notices_of
from hopso.meetings.approval.records import receipt_of
from hopso.policy.api import apply_policy
import pytest


PLAN = {
    "participants": "Danh sách kèm Công văn 15", "venue": "Phòng họp số 2", "devices": "Biên bản 05/BB-CA",
    "line": "Đường truyền cơ yếu", "recall": "Văn thư thu ngay sau phiên họp",
}  # fmt: skip


def rules_of(error):
    return {one.rule for one in error.value.findings}


@pytest.mark.rule("HN-5.2", "HN-5.3/2")
def test_a_classified_session_waits_for_its_approved_plan(province):
    apply_policy("ha-noi")
    meeting = province.meeting_of_department
    change(meeting, classification="mat")
    change(province.department, head=province.head)
    put_in_state(meeting, "convened")
    with as_user(province.outsider), pytest.raises(errors.Blocked) as error:
        operations.start(meeting)
    assert rules_of(error) == {"HN-5.2", "HS-RECORDING"}
    with as_user(province.registrar), pytest.raises(errors.Denied):
        secrecy.write_plan(meeting, **PLAN)
    with as_user(province.outsider):
        secrecy.write_plan(meeting, **PLAN | {"line": ""})
    with as_user(province.head), pytest.raises(errors.Blocked):
        secrecy.approve_plan(meeting, reference="07/QĐ-SNV")
    with as_user(province.outsider):
        secrecy.write_plan(meeting, **PLAN)
        with pytest.raises(errors.Denied):
            secrecy.approve_plan(meeting, reference="07/QĐ-SNV")
    with as_user(province.head):
        secrecy.approve_plan(meeting, reference="07/QĐ-SNV")
        with pytest.raises(errors.EditConflict):
            secrecy.approve_plan(meeting, reference="08/QĐ-SNV")
    plan = protection_plan_of(meeting)
    assert (plan.approved_by, plan.reference, plan.line) == (province.head, "07/QĐ-SNV", PLAN["line"])
    with as_user(province.outsider):
        secrecy.decide_recording(meeting, reason="Nội dung mật", record=False)
        operations.start(meeting)
    assert state_of(meeting) == "in_session"
    with as_user(province.outsider), pytest.raises(errors.WrongState):
        secrecy.write_plan(meeting, **PLAN)


@pytest.mark.rule("HN-5.2")
def test_a_changed_plan_is_approved_anew(province):
    apply_policy("ha-noi")
    meeting = province.meeting_of_department
    change(meeting, classification="mat")
    with as_user(province.outsider):
        secrecy.write_plan(meeting, **PLAN)
    with as_user(province.head):
        secrecy.approve_plan(meeting, reference="07/QĐ-SNV")
    with as_user(province.outsider):
        secrecy.write_plan(meeting, **PLAN | {"venue": "Phòng họp số 3"})
    assert protection_plan_of(meeting).approved_at is None
    assert "HN-5.2" in {one.rule for one in findings.opening_findings(meeting) if one.level == "block"}


def test_other_meetings_need_no_plan(province):
    apply_policy("ha-noi")
    with as_user(province.outsider), pytest.raises(errors.WrongState):
        secrecy.write_plan(province.meeting_of_department, **PLAN)
    put_in_state(province.meeting_of_department, "ended")
    with as_user(province.head), pytest.raises(errors.WrongState):
        secrecy.approve_plan(province.meeting_of_department, reference="1")


@pytest.mark.rule("BD-9.1/2")
def test_the_chair_decides_on_recording_a_classified_meeting(house):
    apply_policy("binh-dinh")
    meeting = house.meeting
    assert is_recorded(meeting)
    change(meeting, classification="mat")
    assert not is_recorded(meeting)
    put_in_state(meeting, "convened")
    with as_user(house.secretary), pytest.raises(errors.Denied):
        secrecy.decide_recording(meeting, reason="Mật")
    with as_user(house.chair):
        with pytest.raises(errors.Blocked) as error:
            operations.start(meeting)
        assert rules_of(error) == {"BD-9.1/2"}
        secrecy.decide_recording(meeting, reason="Nội dung mật", record=False)
        operations.start(meeting)
    decision = recording_decision_of(meeting)
    assert (decision.by, decision.record) == (house.chair, False) and not is_recorded(meeting)
    put_in_state(meeting, "ended")
    with as_user(house.chair), pytest.raises(errors.WrongState):
        secrecy.decide_recording(meeting, reason="Mật")


@pytest.mark.rule("BD-9.1/2")
def test_other_meetings_are_recorded_where_everything_is(house):
    apply_policy("binh-dinh")
    put_in_state(house.meeting, "convened")
    with as_user(house.chair):
        with pytest.raises(errors.Blocked):
            secrecy.decide_recording(house.meeting, reason="Không cần", record=False)
        apply_policy("ha-noi")
        secrecy.decide_recording(house.meeting, reason="Không cần", record=False)
    assert not is_recorded(house.meeting)


@pytest.mark.rule("NT-4.2/2", "NT-11.2")
def test_no_invitation_before_the_slot(province, make):
    apply_policy("ninh-thuan")
    meeting = province.meeting_of_department
    change(meeting, host_contact=province.delegate)
    invitation = make.create_document(meeting, "Giấy mời", doc_kind="invitation")
    put_in_state(invitation, "submitted")
    with as_user(province.outsider):
        operations.register(meeting)
    assert [one.rule for one in findings.invitation_findings(meeting)] == ["NT-11.2"]
    with as_user(province.registrar):
        operations.schedule(meeting)
    assert findings.invitation_findings(meeting) == [] and invitation_issued_at(meeting) is None
    meeting.published_at = now() + timedelta(minutes=1)
    assert [one.data["kept"] for one in findings.agreed_findings(meeting)] == [True]
    meeting.published_at = now() - timedelta(days=1)
    assert [(one.rule, one.data["kept"]) for one in findings.agreed_findings(meeting)] == [("NT-11.2", False)]


@pytest.mark.rule("NT-4.1")
def test_preparation_waits_for_an_approved_invitation(province, make):
    apply_policy("ninh-thuan")
    meeting = province.meeting_of_department
    make.create_document(meeting, "Báo cáo")
    assert [one.rule for one in findings.preparation_findings(meeting)] == ["NT-4.1"]
    letter = make.create_document(meeting, "Thông báo thay giấy mời", doc_kind="notice_in_lieu")
    assert [one.rule for one in findings.preparation_findings(meeting)] == ["NT-4.1"]
    put_in_state(letter, "approved")
    assert findings.preparation_findings(meeting) == []
    apply_policy("binh-dinh")
    assert findings.preparation_findings(province.meeting) == []


@pytest.mark.rule("NA-4.2")
def test_the_operator_is_told_of_the_plan_and_acknowledges_it(province):
    apply_policy("nghe-an")
    from hopso.meetings.approval import operations as approval

    meeting = province.meeting_of_department
    change(meeting, mode="online", host_contact=province.delegate)
    with as_user(province.outsider):
        operations.register(meeting)
    with as_user(province.registrar):
        operations.schedule(meeting)
    assert notices_of(meeting) == []
    with as_user(province.president):
        approval.approve(meeting)
    told = {(one.channel, one.automatic) for one in notices_of(meeting)}
    assert told == {("in_app", True), ("email", True)}
    with as_user(province.delegate), pytest.raises(errors.Denied):
        notices.log_notice(meeting, channel="fax", whom="Sở")
    with as_user(province.registrar):
        with pytest.raises(errors.Invalid):
            notices.log_notice(meeting, channel="fax", whom="Sở", told_at=now() + timedelta(hours=1))
        notices.log_notice(meeting, channel="phone", whom="Ông Máy", number="0238 3844 000")
    with as_user(province.registrar), pytest.raises(errors.Denied):
        notices.acknowledge_plan(meeting)
    with as_user(province.technician) as user:
        # When and where, not what it is about.
        assert user.has_permission("hopso: View logistics", meeting)
        assert not user.has_permission("View", meeting)
        notices.acknowledge_plan(meeting, note="Đã kiểm tra đường truyền")
        with pytest.raises(errors.EditConflict):
            notices.acknowledge_plan(meeting)
    assert receipt_of(meeting).by == province.technician
    put_in_state(meeting, "ended")
    with as_user(province.registrar), pytest.raises(errors.WrongState):
        notices.log_notice(meeting, channel="fax", whom="Sở")


@pytest.mark.rule("NT-11.1")
def test_a_preparing_unit_reaches_the_meeting_to_bring_its_documents(province, make):
    apply_policy("ninh-thuan")
    meeting = make.create_meeting(
        province.committee, "Họp UBND", chair=province.chair, secretary=province.secretary
    )
    put_in_state(meeting, "registered")
    with as_user(province.outsider) as user:
        assert not user.has_permission("View", meeting)
    item = make.create_item(meeting, "Biên chế", preparing_unit=province.department.getId())
    with as_user(province.outsider) as user:
        assert user.has_permission("View", meeting)
        assert user.has_permission("hopso: Add Meeting Document", meeting)
        assert not user.has_permission("Modify portal content", meeting)
        assert not user.has_permission("hopso: Convene meeting", meeting)
    change(item, preparing_unit=None)
    with as_user(province.outsider) as user:
        assert not user.has_permission("View", meeting)


@pytest.mark.rule("HN-5.4/1")
def test_the_keeper_of_the_records_is_frozen_at_the_end(house, make):
    apply_policy("ha-noi")
    site = make.create_site(house.department)
    change(house.meeting, mode="online", sites=(site.UID(),), chair_site=site.UID())
    put_in_state(house.meeting, "in_session")
    with as_user(house.chair):
        operations.end(house.meeting)
    assert house.meeting.archive_owner == house.department.getId()

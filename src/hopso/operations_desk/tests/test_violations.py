"""Violations: recorded in confidence, decided by leaders, told to whom they concern."""

from datetime import timedelta

from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import as_user
from hopso.inventory import devices
from hopso.operations_desk.operations import violations
from hopso.tasks.testing import waiting
from plone import api
import pytest


FACTS = "Tự ý cài phần mềm lên máy tính bảng của phòng họp."


def record(house, by=None, **told):
    with as_user(by or house.leader):
        return violations.record(
            house.office, **{"person": house.secretary, "rule": "BD-12.3.d/1", "facts": FACTS, **told}
        )


def sees(user, thing):
    with as_user(user):
        found = api.portal.get_tool("portal_catalog")(UID=thing.UID())
        return bool(api.user.has_permission("View", obj=thing)) and len(found) == 1


def mails():
    return [
        (kwargs["kind"], kwargs["recipient"])
        for name, kwargs in waiting()
        if name == "notifications.send_mail"
    ]


@pytest.mark.rule("BD-12.2.dd")
def test_a_leader_records_and_decides(house):
    violation = record(house)
    assert (state_of(violation), violation.recorded_by) == ("recorded", house.leader)
    assert violation.title == "Điều 12 khoản 3 điểm d"
    with as_user(house.leader):
        violations.decide(violation, measure="Phê bình", decision_number="07/QĐ-VP")
        assert (state_of(violation), violation.decision_number) == ("decided", "07/QĐ-VP")
        violations.close(violation)
    assert state_of(violation) == "closed"
    assert ("violation_decided", house.secretary) in mails()


@pytest.mark.rule("BD-12.3.d/1")
def test_a_violation_names_the_device_whose_configuration_was_changed(house):
    with as_user(house.admin):
        device = devices.add_device(house.office, title="Máy tính bảng 07", kind="tablet", serial="SN-07")
    violation = record(house, device=device.UID())
    assert (violation.rule, violation.device) == ("BD-12.3.d/1", device.UID())


@pytest.mark.rule("BD-12.3.c")
def test_use_beyond_ones_duty_is_a_violation_of_the_regulation(house):
    violation = record(house, rule="BD-12.3.c")
    assert violation.title == "Điều 12 khoản 3 điểm c"
    with pytest.raises(errors.Invalid):
        record(house, rule="BD-99.9")


def test_it_is_seen_by_few_and_from_the_decision_on_by_whom_it_concerns(house):
    violation = record(house)
    for user in (house.secretary, house.admin, house.coordinator, house.outsider, house.chair):
        assert not sees(user, violation), user
    assert sees(house.leader, violation)
    with as_user(house.leader):
        violations.decide(violation, measure="Nhắc nhở", decision_number="1")
    assert sees(house.secretary, violation)
    assert not sees(house.admin, violation)


def test_unit_administrators_see_what_they_recorded(house):
    violation = record(house, by=house.admin)
    assert sees(house.admin, violation) and sees(house.leader, violation)
    with as_user(house.admin), pytest.raises(errors.Denied):
        violations.decide(violation, measure="x", decision_number="1")
    assert state_of(violation) == "recorded"


def test_a_unit_is_told_through_its_leaders(house, make):
    head = make.create_person("giamdoc", unit=house.department, functions=("leaders",))
    with as_user(house.chair):
        violation = violations.record(
            house.committee, concerned_unit=house.department.getId(), rule="BD-6.1/1", facts=FACTS
        )
        assert not sees(head, violation)
    with as_user(house.chair):
        violations.decide(violation, measure="Nhắc nhở bằng văn bản", decision_number="2")
    assert sees(head, violation) and not sees(house.delegate, violation)
    assert ("violation_decided", head) in mails()


def test_nobody_decides_about_the_own_case(house):
    violation = record(house, by=house.admin, person=house.leader)
    with as_user(house.leader):
        assert not violations.decide.allowed(violation)
        with pytest.raises(errors.Denied):
            violations.decide(violation, measure="không", decision_number="0")
        with pytest.raises(errors.Denied):
            violations.annul(violation, reason="không")
    assert state_of(violation) == "recorded"


@pytest.mark.parametrize(
    "told",
    [
        {"concerned_unit": "x"},
        {"person": None},
        {"person": "daibieu"},
        {"happened_on": local(now()).date() + timedelta(days=2)},
        {"incident": "nothing"},
    ],
)
def test_what_cannot_be_is_refused(house, told):
    with pytest.raises(errors.Invalid):
        record(house, **told)
    assert not api.content.find(portal_type="Violation")


def test_staff_may_not_record(house):
    with pytest.raises(errors.Denied):
        record(house, by=house.coordinator)


def test_annulling_needs_a_reason_and_keeps_the_record(house):
    violation = record(house)
    with as_user(house.leader):
        with pytest.raises(errors.Invalid):
            violations.annul(violation)
        violations.annul(violation, reason="Ghi nhầm người")
        with pytest.raises(errors.WrongState):
            violations.decide(violation, measure="x", decision_number="1")
    assert (state_of(violation), violation.annulled_reason) == ("annulled", "Ghi nhầm người")


def test_the_log_and_the_mails_keep_it_to_themselves(house):
    violation = record(house)
    with as_user(house.leader):
        violations.decide(violation, measure="Phê bình trước cơ quan", decision_number="7")
    written = str([vars(one) for one in entries(limit=30)])
    assert "violation.decide" in written and "violation.record" in written
    for secret in (FACTS, "Phê bình trước cơ quan"):
        assert secret not in written
    told = next(one for one in entries(limit=30) if one.operation == "violation.record")
    assert house.secretary not in str(told.details) and told.subject == ""

"""From new to out of use: a device is used after it was inspected, where the policy asks for that (HN-R/5)."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.inventory.devices import life
from hopso.inventory.devices.rules import security_inspection
from hopso.inventory.devices.story import changes_of
from hopso.policy.api import store_values
import pytest


PASSED = {
    "body": "Phòng An ninh mạng",
    "on": date(2026, 1, 5),
    "passed": "passed",
    "document": "12/BB",
    "note": "",
}
FAILED = PASSED | {"passed": "failed", "note": "Có phần mềm lạ"}
REPAIR = {"where": "Trung tâm bảo hành", "fault": "Không lên nguồn", "due_on": None, "document": ""}
BACK = {"done": "Thay nguồn", "condition": "good"}


def add(house, who="admin", **fields):
    values = {"title": "Máy 01", "kind": "tablet", "serial": "SN-01"} | fields
    with as_user(getattr(house, who)):
        return life.add_device(house.office, **values)


@pytest.fixture
def technician(house, make):
    return make.create_person("kythuat", unit=house.office, functions=("technicians",))


@pytest.fixture
def strict(house):
    """Hà Nội's way: inspected first."""
    store_values({"device_inspection_required": True})
    return house


@pytest.mark.rule("HN-R/5")
@pytest.mark.parametrize(
    "passed, on, required, blocked",
    [
        (False, None, True, True),
        (True, None, True, True),
        (False, date(2026, 1, 5), True, True),
        (True, date(2026, 1, 5), True, False),
        (False, None, False, False),
    ],
)
def test_what_the_rule_says(passed, on, required, blocked):
    found = security_inspection(passed, on, required)
    assert [one.rule for one in found] == (["HN-R/5"] if blocked else [])
    assert all(not one.override for one in found)


@pytest.mark.rule("HN-R/5")
def test_a_new_device_is_used_after_its_inspection_only(strict, technician):
    device = add(strict)
    assert state_of(device) == "new"
    with as_user(technician):
        with pytest.raises(errors.Blocked) as refused:
            life.put_to_use(device)
        assert [one.rule for one in refused.value.findings] == ["HN-R/5"]
        with pytest.raises(errors.Denied):
            life.inspect(device, **PASSED)
    assert state_of(device) == "new"
    with as_user(strict.admin):
        life.inspect(device, **FAILED)
        with pytest.raises(errors.Blocked):
            life.put_to_use(device)
        life.inspect(device, **PASSED)
    with as_user(technician):
        life.put_to_use(device)
    assert state_of(device) == "in_use"
    assert [one.kind for one in changes_of(device)] == ["put_to_use", "inspect", "inspect", "add"]
    assert changes_of(device)[1].facts["document"] == "12/BB"


@pytest.mark.rule("HN-R/5")
def test_back_from_repair_it_waits_for_the_next_inspection(strict, technician):
    device = add(strict)
    with as_user(strict.admin):
        life.inspect(device, **PASSED)
        life.put_to_use(device)
    with as_user(technician):
        life.send_to_repair(device, **REPAIR)
        assert state_of(device) == "in_repair"
        with pytest.raises(errors.WrongState):
            life.put_to_use(device)
        life.back_from_repair(device, **BACK)
        assert (state_of(device), device.inspection_passed) == ("awaiting_inspection", False)
        with pytest.raises(errors.Blocked):
            life.put_to_use(device)
    with as_user(strict.admin):
        life.inspect(device, **PASSED)
        life.put_to_use(device)
    assert state_of(device) == "in_use"


@pytest.mark.rule("HN-R/5")
def test_an_upgrade_is_inspected_again_and_a_change_is_not(strict):
    device = add(strict)
    with as_user(strict.admin):
        life.inspect(device, **PASSED)
        life.put_to_use(device)
        life.configure(device, configuration="Thêm vỏ bảo vệ", reason="Bảo quản")
        assert (state_of(device), device.inspection_passed) == ("in_use", True)
        life.configure(device, configuration="Android 15", upgrade=True, reason="Nâng cấp")
    assert (state_of(device), device.inspection_passed) == ("awaiting_inspection", False)


@pytest.mark.rule("HN-R/5")
def test_a_device_that_fails_is_not_used_any_more(strict):
    device = add(strict)
    with as_user(strict.admin):
        life.inspect(device, **PASSED)
        life.put_to_use(device)
        life.inspect(device, **FAILED)
    assert state_of(device) == "awaiting_inspection"


def test_elsewhere_it_is_used_at_once(house, technician):
    device = add(house)
    assert state_of(device) == "in_use"
    with as_user(technician):
        life.send_to_repair(device, **REPAIR)
        assert device.condition == "broken"
        life.back_from_repair(device, **BACK)
    assert (state_of(device), device.condition) == ("in_use", "good")


@pytest.mark.parametrize("who", ["leader", "coordinator", "secretary", "outsider"])
def test_who_may_not(strict, who):
    device = add(strict)
    with as_user(getattr(strict, who)):
        for operation, values in (
            (life.put_to_use, {}),
            (life.inspect, PASSED),
            (life.send_to_repair, REPAIR),
            (life.back_from_repair, BACK),
        ):
            with pytest.raises(errors.Denied):
                operation(device, **values)
    assert len(changes_of(device)) == 1


def test_whoever_uses_it_reports_its_condition(house):
    device = add(house)
    with as_user(house.secretary):
        life.report_condition(device, condition="worn", note="Màn hình xước")
    assert device.condition == "worn"
    assert changes_of(device)[0].who == house.secretary
    with as_user(house.outsider), pytest.raises(errors.Denied):
        life.report_condition(device, condition="good", note="")
    with as_user(house.admin):
        life.withdraw(device, reason="Thanh lý")
    with as_user(house.secretary), pytest.raises(errors.WrongState):
        life.report_condition(device, condition="good", note="")


def test_an_inspection_lies_in_the_past(house):
    device = add(house)
    with as_user(house.admin), pytest.raises(errors.Invalid) as wrong:
        life.inspect(device, **PASSED | {"on": date.today() + timedelta(days=3)})
    assert "on" in wrong.value.errors


@pytest.mark.rule("HN-R/5")
def test_out_of_use_and_back_it_is_inspected(strict):
    device = add(strict)
    with as_user(strict.admin):
        life.inspect(device, **PASSED)
        life.put_to_use(device)
        life.withdraw(device, reason="Cất kho")
        life.restore(device, reason="Cần dùng")
    assert state_of(device) == "awaiting_inspection"

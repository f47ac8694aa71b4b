"""Devices: who may change their configuration, and what is kept of it."""

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.inventory import devices
from plone import api
import pytest


@pytest.fixture
def device(house):
    with as_user(house.admin):
        return devices.add_device(
            house.office, title="Máy tính bảng 01", kind="tablet", serial="SN-01", configuration="Android 14"
        )


@pytest.mark.rule("BD-12.3.d/1")
def test_a_change_of_configuration_is_kept_with_what_it_was_before(house, device, make):
    technician = make.create_person("kythuat", unit=house.office, functions=("technicians",))
    with as_user(technician):
        devices.configure(device, configuration="Android 15", custodian=house.secretary, reason="Nâng cấp")
    last, first = devices.changes_of(device)
    assert (last.who, last.reason) == (technician, "Nâng cấp")
    assert last.before == {"configuration": "Android 14", "custodian": None}
    assert last.after == {"configuration": "Android 15", "custodian": house.secretary}
    assert (first.who, first.before) == (house.admin, {})
    assert device.configuration == "Android 15"


@pytest.mark.rule("BD-12.3.d/1")
@pytest.mark.parametrize("who", ["leader", "coordinator", "secretary", "outsider", "chair"])
def test_nobody_else_changes_it(house, device, who):
    with as_user(getattr(house, who)):
        with pytest.raises(errors.Denied):
            devices.configure(device, configuration="x", reason="x")
        with pytest.raises(errors.Denied):
            devices.withdraw(device, reason="x")
        assert not api.user.has_permission("Modify portal content", obj=device)
    assert (device.configuration, state_of(device)) == ("Android 14", "in_use")
    assert len(devices.changes_of(device)) == 1


def test_a_change_changes_something(house, device):
    with as_user(house.admin), pytest.raises(errors.Invalid):
        devices.configure(device, serial="SN-01", reason="x")


def test_out_of_use_and_back(house, device):
    with as_user(house.admin):
        devices.withdraw(device, reason="Hỏng")
        assert state_of(device) == "withdrawn"
        with pytest.raises(errors.WrongState):
            devices.configure(device, serial="2", reason="x")
        devices.restore(device, reason="Đã sửa")
    assert state_of(device) == "in_use"
    assert [one.reason for one in devices.changes_of(device)] == ["Đã sửa", "Hỏng", ""]


def test_other_units_do_not_see_it(house, device):
    with as_user(house.outsider):
        assert not api.user.has_permission("View", obj=device)
    with as_user(house.secretary):
        assert api.user.has_permission("View", obj=device)

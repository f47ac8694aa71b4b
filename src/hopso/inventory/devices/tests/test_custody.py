"""Owner, custodian, place and loans: who allowed it, for what, until when (NA-3.4, NT-6.1)."""

from datetime import date
from datetime import timedelta

from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.factories import as_user
from hopso.factories import in_days
from hopso.inventory.devices import custody
from hopso.inventory.devices import life
from hopso.inventory.devices.api import devices_available
from hopso.inventory.devices.rules import device_purpose
from hopso.inventory.devices.story import changes_of
from hopso.inventory.devices.tests.test_life import add
from hopso.policy.api import store_values
import pytest


@pytest.fixture
def device(house):
    return add(house, for_loan=True)


def allowed(house, **values):
    return {
        "purpose": "Họp giao ban",
        "within_function": True,
        "authorised_by": house.leader,
        "document": "5/GP",
    } | values


def loan(house, days=2, **values):
    until = local(now()).date() + timedelta(days=days)
    return allowed(house, borrower=house.delegate, until=until, meeting="") | values


@pytest.mark.rule("NA-3.4")
@pytest.mark.rule("NT-6.1")
@pytest.mark.parametrize(
    "sets, found",
    [((), ["NA-3.4", "NT-6.1"]), (("NA",), ["NA-3.4"]), (("NT",), ["NT-6.1"]), (("BD",), ["NA-3.4"])],
)
def test_other_use_is_forbidden_and_nobody_lifts_it(sets, found):
    said = device_purpose(False, sets)
    assert [one.rule for one in said] == found
    assert not any(one.override for one in said)
    assert device_purpose(True, sets) == []


@pytest.mark.rule("NA-3.4")
@pytest.mark.rule("NT-6.1")
def test_moving_and_lending_name_who_allowed_it(house, device):
    with as_user(house.admin):
        with pytest.raises(errors.Blocked):
            custody.move(device, **allowed(house, room=house.room.UID(), within_function=False))
        with pytest.raises(errors.Blocked):
            custody.lend(device, **loan(house, within_function=False))
        for stranger in (house.secretary, house.outsider):
            with pytest.raises(errors.Invalid) as wrong:
                custody.lend(device, **loan(house, authorised_by=stranger))
            assert "authorised_by" in wrong.value.errors
        assert state_of(device) == "in_use"
        custody.move(device, **allowed(house, room=house.room.UID(), authorised_by=house.chair))
        custody.lend(device, **loan(house))
    last, moved = changes_of(device)[:2]
    assert (moved.kind, moved.after["room"], moved.facts["authorised_by"]) == (
        "move",
        house.room.UID(),
        house.chair,
    )
    assert last.facts | {"until": None} == {
        "borrower": house.delegate,
        "until": None,
        "meeting": "",
        "authorised_by": house.leader,
        "document": "5/GP",
    }
    assert state_of(device) == "lent"


def test_a_loan_comes_to_its_end(house, device):
    with as_user(house.admin):
        custody.lend(device, **loan(house))
        with pytest.raises(errors.WrongState):
            custody.lend(device, **loan(house))
        with pytest.raises(errors.WrongState):
            life.withdraw(device, reason="x")
        custody.take_back(device, condition="worn", note="Xước")
        with pytest.raises(errors.WrongState):
            custody.take_back(device, condition="worn", note="")
    assert (state_of(device), device.borrower, device.due_on, device.condition) == (
        "in_use",
        None,
        None,
        "worn",
    )


def test_what_cannot_be_lent(house, device):
    with as_user(house.admin):
        with pytest.raises(errors.Invalid):
            custody.lend(device, **loan(house, days=-1))
        life.report_condition(device, condition="broken", note="")
        with pytest.raises(errors.Invalid):
            custody.lend(device, **loan(house))
        life.report_condition(device, condition="good", note="")
        store_values({"device_inspection_required": True})
        with pytest.raises(errors.Blocked) as refused:
            custody.lend(device, **loan(house))
        assert [one.rule for one in refused.value.findings] == ["HN-R/5"]


@pytest.mark.parametrize("who", ["leader", "coordinator", "secretary", "outsider"])
def test_nobody_else_moves_lends_or_hands_over(house, device, who):
    with as_user(getattr(house, who)):
        for operation, values in (
            (custody.move, allowed(house, place="Kho")),
            (custody.lend, loan(house)),
            (custody.take_back, {"condition": "good", "note": ""}),
            (custody.hand_over, {}),
            (custody.register_asset, {}),
        ):
            with pytest.raises(errors.Denied):
                operation(device, **values)
    assert len(changes_of(device)) == 1


@pytest.mark.rule("NA-6.1")
@pytest.mark.rule("NT-12.1")
def test_a_handing_over_leaves_its_record(house, device):
    with as_user(house.admin):
        custody.hand_over(
            device,
            to_unit=house.department.getId(),
            to_person=house.delegate,
            on=date(2026, 1, 5),
            document="3/BBBG",
            condition="good",
            accessories="Sạc, bao da",
        )
    last = changes_of(device)[0]
    assert last.before == {"custodian": None, "custodian_unit": house.office.getId()}
    assert last.after == {"custodian": house.delegate, "custodian_unit": house.department.getId()}
    assert last.facts == {
        "on": date(2026, 1, 5),
        "document": "3/BBBG",
        "condition": "good",
        "accessories": "Sạc, bao da",
    }
    assert (device.custodian, device.custodian_unit) == (house.delegate, house.department.getId())


@pytest.mark.rule("HN-5.7")
@pytest.mark.rule("HN-R/4.2")
def test_the_books_know_owner_and_number(house, device):
    values = {
        "owned_by": "province",
        "owner_name": "UBND tỉnh",
        "asset_number": "TS-01",
        "funded_by": "Ngân sách 2026",
        "acquired_on": date(2026, 2, 1),
        "for_loan": True,
    }
    with as_user(house.admin):
        custody.register_asset(device, **values)
        with pytest.raises(errors.Invalid):
            custody.register_asset(device, **values)
    assert changes_of(device)[0].after["asset_number"] == "TS-01"
    assert changes_of(device)[0].before["owned_by"] == "unit"


@pytest.mark.rule("BD-8.2/3")
def test_devices_for_those_who_have_none(house, device, make):
    other = add(house, title="Máy 02", serial="2", for_loan=True)
    add(house, title="Máy 03", serial="3")
    start, end = in_days(10), in_days(10, 11)
    names = lambda: [one.title for one in devices_available(house.office, start, end)]  # noqa: E731
    assert names() == ["Máy 01", "Máy 02"]
    with as_user(house.admin):
        life.report_condition(other, condition="broken", note="")
        custody.lend(device, **loan(house, days=9))
        assert names() == ["Máy 01"]
        custody.take_back(device, condition="good", note="")
        custody.lend(device, **loan(house, days=10))
    assert names() == []
    assert devices_available(house.department, start, end) == []


@pytest.mark.parametrize(
    "state, due, late",
    [
        ("lent", date(2026, 5, 1), True),
        ("lent", date(2026, 5, 2), False),
        ("in_repair", date(2026, 5, 1), True),
        ("in_use", date(2026, 5, 1), False),
        ("lent", None, False),
    ],
)
def test_what_is_overdue(state, due, late):
    assert custody.overdue(state, due, date(2026, 5, 2)) is late

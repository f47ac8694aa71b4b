"""Rooms and devices by spreadsheet: a dry run, every bad row with every reason, then all or nothing, once."""

from datetime import date

from hopso.accounts import imports
from hopso.accounts.tests.files import upload
from hopso.audit.log import entries
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.factories import as_user
from hopso.inventory.devices import life
from hopso.inventory.devices.story import changes_of
from hopso.inventory.devices.tests.test_counting import view_of
from hopso.inventory.devices.tests.test_life import add
from hopso.inventory.importing import carrying_out
from hopso.tasks.testing import run_all
from plone import api
from plone.namedfile.file import NamedBlobFile
import pytest
from zExceptions import NotFound
from zExceptions import Unauthorized


ROOM_HEAD = ("Mã đơn vị", "Tên", "Địa điểm", "Số chỗ", "Trang thiết bị", "Trang bị", "Đang sử dụng")
DEVICE_HEAD = (
    "Mã đơn vị", "Tên", "Loại thiết bị", "Số sê-ri", "Số tài sản", "Chủ sở hữu", "Nguồn kinh phí",
    "Ngày đưa vào sổ", "Người quản lý, sử dụng", "Tình trạng", "Dùng để cho mượn",
)  # fmt: skip
ROOMS = (
    ("", "Hội trường", "Nhà A", 250, "Màn hình LED", "Hội nghị truyền hình; Ghi âm, ghi hình", "Có"),
    ("VP", "Phòng họp số 1", "Nhà B", 40, "", "", ""),
)
DEVICES = (
    ("", "Máy 01", "Máy tính bảng", "SN-1", "TS-1", "Tỉnh, thành phố", "Ngân sách", "02/03/2026", "thuky", "Tốt", "Có"),
    ("VP", "Camera 02", "Camera", "SN-2", "", "", "", "", "", "Xuống cấp", ""),
)  # fmt: skip


def hand_in(house, kind, *rows, who="admin", head=None):
    """Hand a file in and have it checked; return the import."""
    head = head or (ROOM_HEAD if kind == "rooms" else DEVICE_HEAD)
    with as_user(getattr(house, who)):
        made = carrying_out.hand_in(house.office, kind=kind, file=upload(head, *rows))
    run_all()
    return made


def carry_out(house, made):
    with as_user(house.admin):
        carrying_out.confirm(house.office, import_id=made.id)
    run_all()


def all_of(house, portal_type):
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type=portal_type)
    return {brain.Title: brain._unrestrictedGetObject() for brain in found}


def bad_of(made):
    return {
        number: [column for column, _text in problems]
        for number, action, *_rest, problems in made.plan
        if action == "bad"
    }


def test_a_dry_run_changes_nothing(house):
    made = hand_in(house, "rooms", *ROOMS)
    assert (made.status, made.message) == (imports.CHECKED, "")
    assert made.counts == {"create": 1, "change": 1, "same": 0, "bad": 0}
    assert set(made.plan[1][4]) == {"place", "capacity"}
    assert set(all_of(house, "Room")) == {"Phòng họp số 1"}
    assert entries(operation="unit.import_inventory", limit=1)


def test_rooms_are_imported_once(house):
    file = upload(ROOM_HEAD, *ROOMS)
    with as_user(house.admin):
        made = carrying_out.hand_in(house.office, kind="rooms", file=file)
    run_all()
    carry_out(house, made)
    assert (made.status, made.message) == (imports.DONE, "")
    rooms = all_of(house, "Room")
    assert set(rooms) == {"Phòng họp số 1", "Hội trường"}
    hall = rooms["Hội trường"]
    assert (hall.capacity, hall.features, hall.active) == (250, ("video", "recording"), True)
    assert (house.room.capacity, house.room.place) == (40, "Nhà B")
    carry_out(house, made)
    carrying_out.run_import(made.id)
    assert len(all_of(house, "Room")) == 2
    with as_user(house.admin):
        again = carrying_out.hand_in(house.office, kind="rooms", file=file)
    run_all()
    assert again.id != made.id and again.counts["same"] == 2
    with as_user(house.admin):
        page = view_of(house.office, "inventory-import", **{"import": again.id})()
    assert page.count("hs-note") >= 2 and "confirm_inventory_import" not in page


def test_the_same_file_is_not_taken_twice_while_it_waits(house):
    file = upload(ROOM_HEAD, *ROOMS)
    with as_user(house.admin):
        first = carrying_out.hand_in(house.office, kind="rooms", file=file)
        second = carrying_out.hand_in(house.office, kind="rooms", file=file)
        run_all()
        third = carrying_out.hand_in(house.office, kind="rooms", file=file)
    assert first.id == second.id == third.id


@pytest.mark.rule("NA-6.1")
def test_devices_with_owner_and_custodian(house):
    made = hand_in(house, "devices", *DEVICES)
    assert made.counts["create"] == 2, made.plan
    carry_out(house, made)
    assert made.status == imports.DONE, made.message
    devices = all_of(house, "Device")
    first, second = devices["Máy 01"], devices["Camera 02"]
    assert (first.owned_by, first.asset_number, first.funded_by) == ("province", "TS-1", "Ngân sách")
    assert (first.acquired_on, first.custodian, first.for_loan) == (date(2026, 3, 2), "thuky", True)
    assert (second.kind, second.condition, state_of(second)) == ("camera", "worn", "in_use")
    assert changes_of(first)[-1].who == house.admin
    changed = hand_in(house, "devices", ("", "Máy 01 mới", "", "SN-1", "", "", "", "", "", "Hỏng", ""))
    assert set(changed.plan[0][4]) == {"title", "condition"}
    carry_out(house, changed)
    assert (first.title, first.condition, first.asset_number) == ("Máy 01 mới", "broken", "TS-1")


def test_every_bad_row_is_named_with_all_its_reasons(house):
    add(house, title="Đã mất", serial="SN-9")
    with as_user(house.admin):
        life.withdraw(all_of(house, "Device")["Đã mất"], reason="Thanh lý")
    made = hand_in(
        house,
        "devices",
        ("XX", "", "Xe tăng", "", "", "Ai đó", "", "31/02/2026", "khongco", "Mới", "Có thể"),
        ("", "Máy A", "", "SN-5"),
        ("", "Máy B", "", "sn 5"),
        ("SNV", "Máy C", "", "SN-6"),
        ("", "Đổi tên", "", "SN-9"),
        ("", "=1+1", "", "SN-7"),
    )
    bad = bad_of(made)
    assert set(bad[2]) >= {
        "unit", "title", "kind", "serial", "owned_by", "acquired_on", "custodian", "condition", "for_loan",
    }  # fmt: skip
    assert bad[4] == [""] and bad[5] == ["unit"] and bad[6] == [""] and "title" in bad[7]
    with as_user(house.admin), pytest.raises(errors.WrongState):
        carrying_out.confirm(house.office, import_id=made.id)
    assert set(all_of(house, "Device")) == {"Đã mất"}
    made = hand_in(
        house,
        "rooms",
        ("", "Phòng", "", "nhiều"),
        ("", "Phòng 2", "", 9000),
        ("", "Phòng 3", "", "", "", "Bể bơi"),
    )
    assert bad_of(made) == {2: ["capacity"], 3: ["capacity"], 4: ["features"]}


def test_what_changed_since_the_check_stops_all_of_it(house):
    made = hand_in(house, "devices", *DEVICES)
    add(house, title="Máy 01", serial="SN-1")
    carry_out(house, made)
    assert made.status == imports.REFUSED
    assert set(all_of(house, "Device")) == {"Máy 01"}


@pytest.mark.parametrize("who", ["outsider", "coordinator", "leader", "delegate"])
def test_nobody_else_imports(house, who):
    made = hand_in(house, "rooms", *ROOMS)
    with as_user(getattr(house, who)):
        with pytest.raises(errors.Denied):
            carrying_out.hand_in(house.office, kind="rooms", file=upload(ROOM_HEAD, *ROOMS))
        with pytest.raises(errors.Denied):
            carrying_out.confirm(house.office, import_id=made.id)
        for name in (
            "inventory-import",
            "inventory-import-progress",
            "inventory-template.xlsx",
            "inventory-export",
        ):
            with pytest.raises(Unauthorized):
                house.office.restrictedTraverse(f"@@{name}")
    assert made.status == imports.CHECKED


def test_what_is_no_list_and_no_import(house):
    with as_user(house.admin):
        with pytest.raises(errors.Invalid):
            carrying_out.hand_in(house.office, kind="people", file=upload(ROOM_HEAD, *ROOMS))
        with pytest.raises(errors.Invalid):
            carrying_out.confirm(house.office, import_id="nothing")
        with pytest.raises(NotFound):
            view_of(house.office, "inventory-import", kind="people")()
    made = hand_in(house, "rooms", head=("Tên gì đó",))
    assert made.status == imports.UNREADABLE


def test_what_is_exported_is_imported_unchanged(house):
    carry_out(house, hand_in(house, "devices", *DEVICES))
    for kind in ("devices", "rooms"):
        for form in ("xlsx", "csv"):
            with as_user(house.admin):
                data = view_of(house.office, "inventory-export", kind=kind, format=form)()
                file = NamedBlobFile(data=data, filename=f"a.{form}")
                made = carrying_out.hand_in(house.office, kind=kind, file=file)
            run_all()
            assert {row[1] for row in made.plan} == {"same"}, made.plan
    assert entries(operation="export.devices", limit=1)


def test_the_template_names_what_is_allowed(house):
    import io

    from openpyxl import load_workbook

    with as_user(house.admin):
        data = view_of(house.office, "inventory-template.xlsx", kind="devices")()
    first, second = load_workbook(io.BytesIO(data)).worksheets
    assert [cell.value for cell in first[1]][:2] == ["Mã đơn vị", "Tên *"]
    values = {cell.value for row in second.iter_rows() for cell in row}
    assert {"VP", "Máy tính bảng", "Tỉnh, thành phố"} <= values


def test_imports_of_accounts_are_not_shown_here_nor_these_there(house):
    made = hand_in(house, "rooms", *ROOMS)
    assert [one.id for one in imports.imports_of(house.office.getId(), kind="rooms")] == [made.id]
    assert imports.imports_of(house.office.getId()) == []

"""Taking the inventory: what is kept, what differs, the statement (HN-5.7, HN-R/4.2, NA-6.1, NT-12.1)."""

from datetime import date
from datetime import timedelta
import io

from hopso.audit.log import entries
from hopso.core import errors
from hopso.factories import as_user
from hopso.inventory.devices import counting
from hopso.inventory.devices import life
from hopso.inventory.devices.tests.test_life import add
from openpyxl import load_workbook
from plone import api
import pytest
from zExceptions import NotFound
from zExceptions import Unauthorized


@pytest.fixture
def books(house):
    """Three devices in the books, one of them out of use, and one of another unit."""
    devices = [add(house, title=f"Máy 0{number}", serial=f"S{number}") for number in (1, 2, 3)]
    with as_user(house.admin):
        life.withdraw(devices[2], reason="Thanh lý")
    return devices


def values(*results, **more):
    return {
        "on": date(2026, 10, 1),
        "document": "7/BBKK",
        "committee": "Trần Văn Quản, Trưởng phòng",
        "results": results,
        "surplus": "",
        "note": "",
    } | more


def view_of(context, name, **form):
    request = api.portal.get().REQUEST
    request.form.clear()
    request.form.update(form)
    return api.content.get_view(name, context, request)


@pytest.mark.rule("HN-5.7")
@pytest.mark.rule("HN-R/4.2")
@pytest.mark.rule("NA-6.1")
@pytest.mark.rule("NT-12.1")
def test_what_is_there_and_what_is_missing_is_kept(house, books):
    first, second, gone = books
    with as_user(house.admin):
        made = counting.take_inventory(
            house.office,
            **values(f"{first.UID()}=present", f"{second.UID()}=missing", surplus="Camera lạ\n\n"),
        )
        life.configure(first, title="Tên mới", reason="Đổi tên")
    kept = counting.count_of(house.office, made.id)
    assert [(one.title, one.result) for one in kept.lines] == [("Máy 01", "present"), ("Máy 02", "missing")]
    assert kept.surplus == ("Camera lạ",)
    assert kept.differs
    assert gone.UID() not in {one.uid for one in kept.lines}
    assert [one.id for one in counting.counts_of(house.office)] == [made.id]
    assert counting.counts_of(house.department) == []


def test_what_was_not_counted_is_said(house, books):
    with as_user(house.admin):
        made = counting.take_inventory(house.office, **values(f"{books[0].UID()}=present"))
    assert [one.result for one in made.lines] == ["present", "not_counted"]
    assert not made.differs


@pytest.mark.parametrize("wrong", ["x=present", "nonsense", "{uid}=stolen"])
def test_results_are_about_devices_of_the_unit(house, books, wrong):
    with as_user(house.admin), pytest.raises(errors.Invalid) as refused:
        counting.take_inventory(house.office, **values(wrong.format(uid=books[0].UID())))
    assert "results" in refused.value.errors
    assert counting.counts_of(house.office) == []


def test_who_counts_and_when(house, books, make):
    for who in (house.leader, house.secretary, house.outsider):
        with as_user(who), pytest.raises(errors.Denied):
            counting.take_inventory(house.office, **values())
        with as_user(who), pytest.raises(Unauthorized):
            house.office.restrictedTraverse("@@take-inventory")
    with as_user(house.admin):
        with pytest.raises(errors.Invalid):
            counting.take_inventory(house.office, **values(on=date.today() + timedelta(days=3)))
        with pytest.raises(errors.Invalid):
            counting.take_inventory(make.create_unit("Phòng Tổng hợp", "TH", parent=house.office), **values())


def test_the_pages_and_the_statement(house, books):
    with as_user(house.admin):
        made = counting.take_inventory(
            house.office, **values(f"{books[0].UID()}=present", f"{books[1].UID()}=missing", surplus="=1+1")
        )
        assert "Máy 01" in view_of(house.office, "take-inventory")()
        assert "7/BBKK" in view_of(house.office, "inventories")()
        page = view_of(house.office, "inventories", count=made.id)()
        assert "Máy 02" in page and "Máy 03" not in page
        with pytest.raises(NotFound):
            view_of(house.office, "inventories", count="none")()
        data = view_of(house.office, "inventory-statement.xlsx", count=made.id)()
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(row[1] == "Máy 02" and row[-1] in ("Thiếu", "Missing") for row in cells)
    assert any(row[1] == "'=1+1" for row in cells)
    assert entries(operation="export.kiem-ke", limit=1)

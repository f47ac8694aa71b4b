"""Pages of devices: the list with its filters, the story, the paper; only for those who may see them."""

from datetime import date
import io

from hopso.factories import as_user
from hopso.inventory.devices import custody
from hopso.inventory.devices import life
from hopso.inventory.devices.story import entries_of
from hopso.inventory.devices.tests.test_counting import view_of
from hopso.inventory.devices.tests.test_custody import loan
from hopso.inventory.devices.tests.test_life import add
from hopso.inventory.devices.tests.test_life import FAILED
from hopso.inventory.devices.views import listing
from hopso.policy.api import store_values
from openpyxl import load_workbook
import pytest
from zExceptions import NotFound


@pytest.fixture
def devices(house):
    first = add(house, title="Máy 01", serial="S1", for_loan=True, asset_number="TS-7")
    second = add(house, title="Camera 02", serial="S2", kind="camera", custodian=house.secretary)
    with as_user(house.admin):
        life.report_condition(second, condition="broken", note="")
    return first, second


def titles(house, who="secretary", **form):
    with as_user(getattr(house, who)):
        return [one.title for one in listing.find(house.office, listing.read_filter(form))]


def test_filters(house, devices):
    assert titles(house) == ["Camera 02", "Máy 01"]
    assert titles(house, kind="camera") == ["Camera 02"]
    assert titles(house, condition="broken") == ["Camera 02"]
    assert titles(house, q="ts-7") == ["Máy 01"]
    assert titles(house, q="máy s1") == ["Máy 01"]
    assert titles(house, special="for_loan") == ["Máy 01"]
    assert titles(house, special="no_custodian") == ["Máy 01"]
    assert titles(house, state="lent") == []
    assert titles(house, kind="nonsense", state="'; drop") == ["Camera 02", "Máy 01"]
    assert titles(house, special="uninspected") == []
    store_values({"device_inspection_required": True})
    assert titles(house, special="uninspected") == ["Camera 02", "Máy 01"]
    with as_user(house.admin):
        store_values({"device_inspection_required": False})
        custody.lend(devices[0], **loan(house))
    devices[0].due_on = date(2026, 1, 1)
    devices[0].reindexObject()
    assert titles(house, special="overdue") == ["Máy 01"]


def test_other_units_see_nothing(house, devices):
    assert titles(house, who="outsider") == []
    with as_user(house.outsider):
        data = view_of(house.office, "devices.xlsx")()
    assert load_workbook(io.BytesIO(data)).worksheets[0].max_row == 1


def test_the_list_and_its_spreadsheet(house, devices):
    with as_user(house.admin):
        page = view_of(house.office, "devices", q="máy")()
        data = view_of(house.office, "devices.xlsx")()
    assert "Máy 01" in page and "Camera 02" not in page and "@@add-device" in page
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]
    assert [row[0] for row in rows[1:]] == ["Camera 02", "Máy 01"]
    with as_user(house.secretary):
        assert "@@add-device" not in view_of(house.office, "devices")()


def test_the_page_tells_the_story_and_prints_the_record(house, devices):
    device = devices[0]
    with as_user(house.admin):
        custody.hand_over(
            device, to_unit=house.department.getId(), to_person=house.delegate, on=date(2026, 1, 5),
            document="3/BBBG", condition="good", accessories="Sạc",
        )  # fmt: skip
        life.inspect(device, **FAILED)
        [(key, _entry)] = entries_of(device, "hand_over")
        page = view_of(device, "view")()
        paper = view_of(device, "handover", entry=key)()
        with pytest.raises(NotFound):
            view_of(device, "handover", entry=entries_of(device, "add")[0][0])()
    assert "3/BBBG" in page and "Phạm Quang" in page and "Phòng An ninh mạng" in page
    assert "3/BBBG" in paper and "Sở Nội vụ" in paper and "Phạm Quang" in paper

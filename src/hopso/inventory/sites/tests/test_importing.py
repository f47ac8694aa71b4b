"""All sites from one spreadsheet: checked as a whole, entered as a whole or not at all."""

from io import BytesIO

from hopso.core import errors
from hopso.core.sheets import read
from hopso.factories import as_user
from hopso.inventory.sites import importing
from hopso.inventory.sites import network
from hopso.inventory.sites.api import site_brains
from hopso.inventory.sites.api import staff_of
from hopso.organisation.place import province
from openpyxl import Workbook
from plone.namedfile.file import NamedBlobFile
import pytest


HEAD = (
    "Mã hoặc tên đơn vị", "Tên điểm cầu", "Loại điểm cầu", "Loại đường truyền", "Địa chỉ và mặt nạ IPv4",
    "Tài khoản cán bộ kỹ thuật",
)  # fmt: skip
NEW = ("SYT", "Điểm cầu Sở Y tế 2", "Điểm nhánh", "Mạng cáp quang chuyên dụng", "10.20.9.10/24", "kt_khac")


def book(*rows):
    made = Workbook()
    for row in (HEAD, *rows):
        made.active.append(row)
    stream = BytesIO()
    made.save(stream)
    return NamedBlobFile(data=stream.getvalue(), filename="diem-cau.xlsx")


def bring(file):
    return importing.import_sites(province(), file=file, reason="Thiết lập hệ thống")


def test_the_operator_brings_sites_of_all_units(points):
    for user in (points.owner, points.technician, points.supplier):
        with as_user(user), pytest.raises(errors.Denied):
            bring(book(NEW))
    known = ("SNV", "Điểm cầu Sở Nội vụ", "Điểm cầu cuối", "", "10.20.8.10/24", "")
    with as_user(points.operator):
        assert bring(book(NEW, known)) == {"new": 1, "change": 1, "same": 0}
        assert bring(book(NEW, known)) == {"new": 0, "change": 0, "same": 2}
    [made] = [one._unrestrictedGetObject() for one in site_brains() if one.Title == "Điểm cầu Sở Y tế 2"]
    assert (made.kind, made.link_type, made.__parent__.__parent__) == ("branch", "fibre", points.foreign_unit)
    assert [one.user_id for one in staff_of(made)] == [points.foreign]
    assert network.network_of(points.point).ipv4 == "10.20.8.10/24"


@pytest.mark.rule("NA-2.2")
@pytest.mark.parametrize(
    "row",
    [
        ("KHÔNG CÓ", "x", "", "", "", ""),
        ("SNV", "", "", "", "", ""),
        ("SNV", "x", "Loại lạ", "", "", ""),
        ("SNV", "x", "", "", "10.20.9.10/24", ""),
        ("SNV", "x", "", "", "10.20.9.300/24", ""),
        ("SNV", "x", "", "", "", "khong-co-ai"),
        ("SYT", "Điểm cầu Sở Y tế 2", "", "", "", ""),
    ],
)
def test_one_wrong_row_and_nothing_is_done(points, row):
    before = len(site_brains())
    file = book(NEW, row)
    planned = importing.plan(read(importing.COLUMNS, file.filename, file.data))
    assert [one.what for one in planned] == ["new", "bad"] and planned[1].problems
    with as_user(points.operator), pytest.raises(errors.Invalid):
        bring(file)
    assert len(site_brains()) == before


def test_what_is_no_spreadsheet_is_told(points):
    with as_user(points.operator), pytest.raises(errors.Invalid):
        bring(NamedBlobFile(data=b"%PDF-1.7", filename="a.xlsx"))


def test_the_template_is_the_register(points):
    rows = importing.present_rows()
    assert len(rows) == 3 and all(len(row) == len(importing.COLUMNS) for row in rows)

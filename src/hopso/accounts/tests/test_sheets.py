"""Files that people hand in: what is read, and what is refused with which words."""

import io
import zipfile

from hopso.accounts import columns
from hopso.accounts import sheets
from hopso.accounts.tests.files import as_xlsx
from hopso.core import errors
from openpyxl import Workbook
import pytest


HEAD = "Họ và tên;Thư điện tử công vụ;Điện thoại;Ngày ký quyết định"


def refused(data, name="a.xlsx"):
    with pytest.raises(errors.Invalid) as caught:
        sheets.read(name, data)
    return str(caught.value.message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_in_the_ways_of_spreadsheet_programs(mark, encoding):
    text = f"{HEAD}\r\nNguyễn Văn Bình;binh@example.vn;'+84912;02/11/2026\r\n\r\n".replace(";", mark)
    [row] = sheets.read("a.csv", text.encode(encoding))
    assert row.number == 2
    assert row.values["fullname"] == "Nguyễn Văn Bình"
    assert row.values["phone"] == "+84912"
    assert f"{row.values['decided_on']:%d/%m/%Y}" == "02/11/2026"
    assert row.problems == ()


def test_headings_in_both_languages_with_and_without_accents():
    for heading in ("Họ và tên *", "ho va ten", "HỌ VÀ TÊN", "Full name", "fullname"):
        assert columns.column_of(heading) == "fullname"
    assert columns.column_of("Ghi chú") is None
    assert columns.choice_of("function", "quản trị đơn vị") == "admins"
    assert columns.choice_of("employment_kind", "Cong chuc") == "civil_servant"
    assert columns.choice_of("employment_kind", "guest") is None


def test_xlsx_keeps_row_numbers_numbers_and_dates():
    from datetime import datetime

    data = as_xlsx(
        ["Họ và tên", "Thư điện tử công vụ", "Điện thoại", "Ngày ký quyết định"],
        ["A B", "a@example.vn", 912345678, datetime(2026, 11, 2)],
        [None, None, None, None],
        ["C D", "c@example.vn", "0912", "31/02/2026"],
    )
    first, second = sheets.read("a.xlsx", data)
    assert (first.number, second.number) == (2, 4)
    assert first.values["phone"] == "912345678"
    assert first.values["decided_on"].isoformat() == "2026-11-02"
    assert [column for column, _text in second.problems] == ["decided_on"]


def test_formulas_are_named_and_not_read():
    data = as_xlsx(["Họ và tên", "Thư điện tử công vụ"], ["=1+1", '=HYPERLINK("http://x")'])
    [row] = sheets.read("a.xlsx", data)
    assert [column for column, _text in row.problems] == ["fullname", "email"]
    assert "fullname" not in row.values
    [row] = sheets.read("a.csv", b"fullname,email\n=cmd|'/c calc'!A1,a@b.vn\n")
    assert [column for column, _text in row.problems] == ["fullname"]


def test_files_that_are_no_spreadsheets():
    assert "empty" in refused(b"")
    assert "XLSX or CSV" in refused(b"%PDF-1.7 ...")
    assert "XLSX or CSV" in refused(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a.xls")
    assert "UTF-8" in refused("Họ và tên;Thư điện tử\n".encode("cp1258", "replace"), "a.csv")
    assert "damaged" in refused(b"PK\x03\x04" + b"x" * 500)
    assert "XLSX or CSV" in refused(zipped({"word/document.xml": b"<x/>"}))
    assert "larger than" in refused(b"a" * (sheets.MOST_BYTES + 1))
    assert "rows" in refused(f"{HEAD}\n".encode())
    assert "missing" in refused("Họ và tên\nA\n".encode())
    assert "twice" in refused("Họ và tên;full name;email\nA;B;c\n".encode())


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_bomb_is_not_opened():
    bomb = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (sheets.MOST_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    assert "far larger" in refused(bomb)
    assert "far larger" in refused(zipped({f"xl/{number}.xml": b"" for number in range(600)}))


def test_too_many_rows():
    lines = "".join(f"N;n{number}@example.vn\n" for number in range(sheets.MOST_ROWS + 1))
    assert "more than" in refused(("fullname;email\n" + lines).encode())


def test_a_sheet_that_claims_endless_rows_is_read_as_far_as_it_goes():
    book = Workbook()
    book.active.append(["fullname", "email"])
    book.active.append(["A", "a@b.vn"])
    book.active.cell(row=100_000, column=1).value = None
    out = io.BytesIO()
    book.save(out)
    assert len(sheets.read("a.xlsx", out.getvalue())) == 1

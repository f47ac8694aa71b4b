"""Reading a spreadsheet of accounts that somebody uploaded: XLSX or CSV, and nothing that only looks so.

Nothing here knows accounts; a bad file is refused as a whole, with the reason.
"""

import csv
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
import io
import zipfile

from hopso import _
from hopso.accounts.columns import BY_NAME
from hopso.accounts.columns import column_of
from hopso.accounts.columns import COLUMNS
from hopso.accounts.columns import said
from hopso.core import errors
from hopso.core.parameters import parse_date


MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 60
LONGEST = 2_000
FORMULA = object()


@dataclass(frozen=True)
class Row:
    """One line of the file: its number there, the values by column, what could not be read.

    values: texts, days as dates; problems: (column or "", translatable text).
    """

    number: int
    values: dict
    problems: tuple = field(default=())


def read(filename: str, data: bytes) -> list[Row]:
    """Return the rows of a file.  Raises Invalid with what is wrong with the file as a whole."""
    if not data:
        raise _bad(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise _bad(_("The file is larger than ${size} MB.", mapping={"size": MOST_BYTES // 1024**2}))
    if data[:4] == b"PK\x03\x04":
        lines = _xlsx_lines(data)
    elif data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF") or b"\x00" in data[:1000].replace(b"\xff\xfe", b""):
        lines = _utf16_lines(data)
    else:
        lines = _csv_lines(_text_of(data))
    return _rows(lines)


def _bad(message) -> errors.Invalid:
    return errors.Invalid(message, errors={"file": message})


def _xlsx_lines(data):
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {one.filename for one in parts}
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise _bad(_("The file is far larger than it seems; it was not opened."))
            if "xl/workbook.xml" not in names:
                raise _bad(_("This is not a spreadsheet. Use XLSX or CSV."))
            # The sizes of the directory may lie: what comes out is counted.
            for one in parts:
                if one.filename.startswith("xl/") and one.filename.endswith(".xml"):
                    with archive.open(one) as stream:
                        _count(stream, one.file_size)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
            yield number, [_cell(one) for one in cells]
    except errors.Invalid:
        raise
    except Exception as error:
        raise _bad(_("The file is damaged and cannot be read.")) from error


def _count(stream, promised):
    seen = 0
    while block := stream.read(1 << 20):
        seen += len(block)
        if seen > max(promised, 1) or seen > MOST_UNPACKED:
            raise _bad(_("The file is far larger than it seems; it was not opened."))


def _cell(cell):
    value = cell.value
    if getattr(cell, "data_type", "") == "f" or (isinstance(value, str) and value.startswith("=")):
        return FORMULA
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if value is None or isinstance(value, (str, date)) else str(value)


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(_("The file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX.")) from error


def _utf16_lines(data):
    # What Excel calls "Unicode text".
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise _bad(_("This is not a spreadsheet. Use XLSX or CSV."))
    try:
        return _csv_lines(data.decode("utf-16"))
    except UnicodeDecodeError as error:
        raise _bad(_("This is not a spreadsheet. Use XLSX or CSV.")) from error


def _csv_lines(text: str):
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for line in reader:
            cells = [FORMULA if one.lstrip().startswith("=") else one for one in line]
            yield reader.line_num, cells[:MOST_COLUMNS]
    except csv.Error as error:
        raise _bad(_("The file is damaged and cannot be read.")) from error


def _rows(lines) -> list[Row]:
    names, found = None, []
    for number, cells in lines:
        if all(one in (None, "") for one in cells):
            continue
        if names is None:
            names = _names(cells)
            continue
        if len(found) >= MOST_ROWS:
            raise _bad(_("The file has more than ${count} rows. Divide it.", mapping={"count": MOST_ROWS}))
        found.append(_row(number, dict(zip(names, cells, strict=False))))
    if names is None:
        raise _bad(_("The file is empty."))
    if not found:
        raise _bad(_("The file has headings, but no rows."))
    return found


def _names(cells) -> list[str]:
    names = [column_of(one) if isinstance(one, str) else None for one in cells]
    missing = [said(one.title) for one in COLUMNS if one.required and one.name not in names]
    if missing:
        raise _bad(_("Headings are missing: ${names}.", mapping={"names": ", ".join(missing)}))
    twice = sorted({said(BY_NAME[one].title) for one in names if one and names.count(one) > 1})
    if twice:
        raise _bad(_("Headings stand there twice: ${names}.", mapping={"names": ", ".join(twice)}))
    return names


def _row(number: int, cells: dict) -> Row:
    values, problems = {}, []
    for name, value in cells.items():
        if name is None:
            continue
        if value is FORMULA:
            problems.append((name, _("Formulas are not read: enter the value itself.")))
            continue
        try:
            values[name] = _day(value) if BY_NAME[name].day else _words(value)
        except ValueError:
            problems.append((name, _("Enter the date as 22/11/2026.")))
    if any(isinstance(one, str) and len(one) > LONGEST for one in values.values()):
        problems.append(("", _("A value is too long.")))
    return Row(number, values, tuple(problems))


def _day(value) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return parse_date(value.strip().lstrip("'")) if value.strip() else None


def _words(value) -> str:
    if value is None:
        return ""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    # Our own exports put an apostrophe before what a program would take for a formula.
    return " ".join(text.removeprefix("'").split())

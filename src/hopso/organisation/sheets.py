"""Spreadsheets in and out: XLSX and CSV with one line of headings."""

import csv
from datetime import date
from datetime import datetime
from io import BytesIO
from io import StringIO

from hopso import _
from hopso.core import errors


LONGEST = 20_000  # rows
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_rows(filename: str, data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet as stripped texts, empty rows left out.  Raises Invalid."""
    try:
        rows = _xlsx(data) if filename.lower().endswith(".xlsx") else _csv(data)
    except Exception as error:  # whatever a reader says about a broken file
        raise errors.Invalid(
            _("The file cannot be read: an Excel file (.xlsx) or CSV in UTF-8 is wanted."),
            errors={"file": _("The file cannot be read: an Excel file (.xlsx) or CSV in UTF-8 is wanted.")},
        ) from error
    if len(rows) > LONGEST:
        raise errors.Invalid(
            _("The file has too many rows."), errors={"file": _("The file has too many rows.")}
        )
    return rows


def _xlsx(data):
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    return [row for row in rows if any(row)]


def _csv(data):
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter=separator)]
    return [row for row in rows if any(row)]


def _text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def xlsx(title: str, headings, rows, widths=()) -> bytes:
    """Return a sheet of texts, days and numbers; no cell is taken for a formula or a link."""
    from xlsxwriter import Workbook

    output = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(output, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bg_color": "#e6eff7", "border": 1, "text_wrap": True})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, widths[column] if column < len(widths) else 18)
            sheet.write_string(0, column, heading, bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, count, column, value, day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, count), len(headings) - 1)
    return output.getvalue()


def _write(sheet, row, column, value, day):
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


def csv_file(headings, rows) -> bytes:
    """Return CSV in UTF-8 with the mark that Excel wants; cells that look like formulas are made texts."""
    output = StringIO()
    writer = csv.writer(output)
    for row in (headings, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    return output.getvalue().encode("utf-8-sig")


def _harmless(cell) -> str:
    text = "" if cell is None else f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def send(request, filename: str, kind: str, data: bytes) -> bytes:
    """Set the headers of a download and return its bytes."""
    response = request.response
    response.setHeader("Content-Type", kind)
    response.setHeader("Content-Disposition", f'attachment; filename="{filename}"')
    response.setHeader("Content-Length", str(len(data)))
    response.setHeader("Cache-Control", "private, no-store")
    return data

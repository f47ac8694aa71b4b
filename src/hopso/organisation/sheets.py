"""Spreadsheets in and out: XLSX and CSV with one line of headings."""

import csv
from datetime import date
from datetime import datetime
from io import BytesIO
from io import StringIO

from hopso import _
from hopso.core import errors
from hopso.core.sheet_writing import csv_file as csv_file
from hopso.core.sheet_writing import workbook
from hopso.core.sheets import XLSX as XLSX


LONGEST = 20_000  # rows


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
    return workbook(title, headings, rows, widths)


def send(request, filename: str, kind: str, data: bytes) -> bytes:
    """Set the headers of a download and return its bytes."""
    response = request.response
    response.setHeader("Content-Type", kind)
    response.setHeader("Content-Disposition", f'attachment; filename="{filename}"')
    response.setHeader("Content-Length", str(len(data)))
    response.setHeader("Cache-Control", "private, no-store")
    return data

"""Spreadsheets of lists."""

from io import BytesIO

from hopso.core.text import local
from hopso.core.text import now
from xlsxwriter import Workbook
from zope.i18n import translate


MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_000


def sheet(headings, rows, request) -> bytes:
    """Return an XLSX file: *headings* are (translatable title, width), *rows* lists of texts and numbers."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, (title, width) in enumerate(headings):
        page.set_column(column, column, width)
        page.write_string(0, column, translate(title, context=request), bold)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(line, column, value)
            elif value is not None:
                page.write_string(line, column, plain(translate(value, context=request)))
    page.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def send(response, name: str, data: bytes) -> bytes:
    """Set the headers of a download called ``<name>-<today>.xlsx`` and return its data."""
    response.setHeader("Content-Type", MIME)
    response.setHeader("Content-Disposition", f'attachment; filename="{name}-{local(now()):%Y%m%d}.xlsx"')
    response.setHeader("Cache-Control", "private, no-store")
    return data


def plain(text: str) -> str:
    """Return *text* so that no spreadsheet program takes it for a formula."""
    text = str(text)[:LONGEST]
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

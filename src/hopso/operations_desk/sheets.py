"""Spreadsheets of lists (``core/sheet_writing.py`` writes them)."""

from hopso.core.sheet_writing import send as _send
from hopso.core.sheet_writing import workbook
from zope.i18n import translate


def sheet(headings, rows, request) -> bytes:
    """Return an XLSX file: *headings* are (translatable title, width), *rows* lists of texts and numbers."""
    titles = [translate(title, context=request) for title, _width in headings]
    cells = (
        [value if isinstance(value, int | float) else translate(value, context=request) for value in row]
        for row in rows
    )
    return workbook("Hopso", titles, cells, [width for _title, width in headings])


def send(response, name: str, data: bytes) -> bytes:
    """Set the headers of a download called ``<name>-<today>.xlsx`` and return its data."""
    return _send(response, name, data)

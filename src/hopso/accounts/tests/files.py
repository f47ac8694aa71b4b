"""Small spreadsheets for tests."""

import io

from openpyxl import Workbook
from plone.namedfile.file import NamedBlobFile


def as_xlsx(*rows) -> bytes:
    """Return rows as an XLSX file."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(*rows, name="danh-sach.xlsx"):
    """Return rows as a file that somebody hands in."""
    return NamedBlobFile(data=as_xlsx(*rows), filename=name)

"""Writing spreadsheets: texts stay texts, days are days, nothing is taken for a formula or a link."""

from collections.abc import Iterable
import csv
from datetime import date
from datetime import datetime
import io

from hopso import _
from hopso.core.sheets import CSV
from hopso.core.sheets import FORMULA_STARTS
from hopso.core.sheets import LONGEST_CELL
from hopso.core.sheets import PREPARED_ROWS
from hopso.core.sheets import said
from hopso.core.sheets import XLSX
from hopso.core.text import local
from hopso.core.text import now
from xlsxwriter import Workbook


OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def plain(value) -> str:
    """Return a value as a text that no spreadsheet program takes for a formula."""
    text = "" if value is None else f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return f"'{text[:LONGEST_CELL]}" if text.startswith(FORMULA_STARTS) else text[:LONGEST_CELL]


def cells_of(columns, values: dict, language: str = "vi") -> list:
    """Return the cells of one thing in the order of the columns; values of lists by their titles."""
    cells = []
    for one in columns:
        value = values.get(one.name)
        if one.choices is not None:
            parts = (value or ()) if one.many else (value,) * bool(value)
            value = "; ".join(said(one.choices.get(part, part), language) for part in parts)
        cells.append(value)
    return cells


def workbook(
    title, titles: Iterable[str], rows: Iterable, widths=(), lists=None, about=(), notes=()
) -> bytes:
    """Return an XLSX file with one sheet of rows.

    title: of the sheet; titles: headings; rows: lists of texts, days and numbers;
    widths: of the columns in characters; lists: column number -> (heading, texts)
    of what may be chosen there, which go on a second sheet; notes: further (heading,
    texts) there; about: lines (lists of cells) that stand above the headings.
    """
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1, "text_wrap": True})
        # Texts stay texts: telephones keep their zero, numbers of documents do not become dates.
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        strong = book.add_format({"bold": True})
        sheet = book.add_worksheet(said(title)[:31])
        titles = list(titles)
        first = len(about)
        for number, cells in enumerate(about):
            for column, value in enumerate(cells):
                _write(sheet, number, column, value, strong if number == 0 else text, day)
        for column, heading in enumerate(titles):
            sheet.set_column(column, column, widths[column] if column < len(widths) else 22, text)
            sheet.write_string(first, column, heading, bold)
        number = first
        for number, cells in enumerate(rows, first + 1):
            for column, value in enumerate(cells):
                _write(sheet, number, column, value, text, day)
        sheet.freeze_panes(first + 1, 0)
        if number > first:
            sheet.autofilter(first, 0, number, len(titles) - 1)
        if lists:
            _lists(book, sheet, lists, notes, bold, first)
    return out.getvalue()


def _write(sheet, row, column, value, text, day):
    if value is None or value == "":
        return
    if isinstance(value, datetime | date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, plain(value), text)


def lists_of(columns, **more) -> dict:
    """Return the lists for ``workbook``: those of the columns; *more*: name -> texts."""
    found = {}
    for number, one in enumerate(columns):
        if one.choices is not None:
            found[number] = (said(one.title), [said(title) for title in one.choices.values()])
        elif one.name in more:
            found[number] = (said(one.title), list(more[one.name]))
    return found


def _lists(book, sheet, lists, notes, bold, first):
    values = book.add_worksheet(said(_("Allowed values"))[:31])
    for place, (column, (heading, texts)) in enumerate(lists.items()):
        values.write_string(0, place, heading, bold)
        for number, one in enumerate(texts, 1):
            values.write_string(number, place, plain(one))
        letter = chr(ord("A") + place)
        source = f"='{values.get_name()}'!${letter}$2:${letter}${max(2, len(texts) + 1)}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(first + 1, column, first + PREPARED_ROWS, column, rule)
    for place, (heading, texts) in enumerate(notes, len(lists)):
        values.write_string(0, place, heading, bold)
        for number, one in enumerate(texts, 1):
            values.write_string(number, place, plain(one))
    values.set_column(0, len(lists) + len(notes), 28)


def csv_file(titles, rows) -> bytes:
    """Return rows as CSV, UTF-8 with BOM, semicolons: what Excel in Viet Nam opens."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for cells in (titles, *rows):
        writer.writerow([plain(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def send(response, name: str, data: bytes, form: str = "xlsx") -> bytes:
    """Set the headers of a download called ``<name>-<today>.<form>`` and return its data."""
    response.setHeader("Content-Type", CSV if form == "csv" else XLSX)
    response.setHeader("Content-Disposition", f'attachment; filename="{name}-{local(now()):%Y%m%d}.{form}"')
    response.setHeader("Content-Length", str(len(data)))
    response.setHeader("Cache-Control", "private, no-store")
    return data

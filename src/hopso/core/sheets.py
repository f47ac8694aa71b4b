"""Spreadsheets in and out, for every room: one reader that trusts no file, one writer that makes no formulas.

A room says its columns once; template, import and export then agree:

    COLUMNS = (Column("title", _("Name"), required=True), Column("kind", _("Kind"), choices=KINDS), …)
    rows = read(COLUMNS, filename, data)
    data = workbook(_("Rooms"), headings(COLUMNS), rows, lists=lists_of(COLUMNS))  # sheet_writing.py
"""

import csv
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
import io
import re
import unicodedata
import zipfile

from hopso import _
from hopso.core import errors
from hopso.core.parameters import parse_date
from zope.i18n import translate


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LANGUAGES = ("vi", "en")
MOST_ROWS = 5_000
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 60
LONGEST = 2_000  # of a value that is read
LONGEST_CELL = 32_000  # of a value that is written
PREPARED_ROWS = 1_000  # of a template that have lists to choose from
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = object()


@dataclass(frozen=True)
class Column:
    """One column: ``name`` in code, its heading, whether a file must have it.

    day: its values are days; number: whole numbers; choices: value -> title, of a
    list; many: several of them, with semicolons between; width: in characters.
    """

    name: str
    title: object
    required: bool = False
    day: bool = False
    number: bool = False
    choices: dict | None = None
    many: bool = False
    width: int = 22


@dataclass(frozen=True)
class Row:
    """One line of a file: its number there, the values by column, what could not be read.

    values: texts, days as dates, numbers as int, None for what is empty; problems:
    (column or "", translatable text).
    """

    number: int
    values: dict
    problems: tuple = field(default=())


# ---- words ----


def said(text, language: str = "vi") -> str:
    """Return a text in a language."""
    return translate(text, target_language=language, domain="hopso")


def folded(text: str) -> str:
    """Return the form in which headings and values of lists are compared: small, without marks."""
    parts = unicodedata.normalize("NFD", (text or "").lower().replace("đ", "d").replace("ð", "d"))
    plain = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def column_of(columns, heading: str) -> str | None:
    """Return the name of the column that a heading means, Vietnamese or English; None if unknown."""
    wanted = folded(re.sub(r"\*|\(.*?\)", "", heading or ""))
    for one in columns:
        if wanted in {folded(one.name), *(folded(said(one.title, language)) for language in LANGUAGES)}:
            return one.name
    return None


def choice_of(choices: dict, text: str) -> str | None:
    """Return the value of a list that a text means; None if it is not on the list."""
    wanted = folded(text)
    for value, title in choices.items():
        if wanted in {folded(value), *(folded(said(title, language)) for language in LANGUAGES)}:
            return value
    return None


def headings(columns) -> list[str]:
    """Return the headings of a file, in Vietnamese; what must be there has a star."""
    return [said(one.title) + (" *" if one.required else "") for one in columns]


# ---- reading ----


def read(columns, filename: str, data: bytes) -> list[Row]:
    """Return the rows of an uploaded XLSX or CSV.  Raises Invalid with what is wrong with the file as a whole."""
    return list(rows_of(columns, lines_of(data)))


def lines_of(data: bytes):
    """Yield (number, cells) of a file's first sheet.  Raises Invalid; now or while one goes on."""
    if not data:
        raise bad_file(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise bad_file(_("The file is larger than ${size} MB.", mapping={"size": MOST_BYTES // 1024**2}))
    if data[:4] == b"PK\x03\x04":
        return _xlsx_lines(data)
    if data[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF") or b"\x00" in data[:1000].replace(b"\xff\xfe", b""):
        return _utf16_lines(data)
    return _csv_lines(_text_of(data))


def bad_file(message) -> errors.Invalid:
    """Return the error of a file that is refused as a whole."""
    return errors.Invalid(message, errors={"file": message})


def _xlsx_lines(data):
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {one.filename for one in parts}
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise bad_file(_("The file is far larger than it seems; it was not opened."))
            if "xl/workbook.xml" not in names:
                raise bad_file(_("This is not a spreadsheet. Use XLSX or CSV."))
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
        raise bad_file(_("The file is damaged and cannot be read.")) from error


def _count(stream, promised):
    seen = 0
    while block := stream.read(1 << 20):
        seen += len(block)
        if seen > max(promised, 1) or seen > MOST_UNPACKED:
            raise bad_file(_("The file is far larger than it seems; it was not opened."))


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
        raise bad_file(_("The file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX.")) from error


def _utf16_lines(data):
    # What Excel calls "Unicode text".
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise bad_file(_("This is not a spreadsheet. Use XLSX or CSV."))
    try:
        return _csv_lines(data.decode("utf-16"))
    except UnicodeDecodeError as error:
        raise bad_file(_("This is not a spreadsheet. Use XLSX or CSV.")) from error


def _csv_lines(text: str):
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for line in reader:
            cells = [FORMULA if one.lstrip().startswith("=") else one for one in line]
            yield reader.line_num, cells[:MOST_COLUMNS]
    except csv.Error as error:
        raise bad_file(_("The file is damaged and cannot be read.")) from error


def rows_of(columns, lines) -> list[Row]:
    """Return the rows below the line of headings.  Raises Invalid for missing or doubled headings."""
    by_name = {one.name: one for one in columns}
    names, found = None, []
    for number, cells in lines:
        if all(one in (None, "") for one in cells):
            continue
        if names is None:
            names = _names(columns, by_name, cells)
            continue
        if len(found) >= MOST_ROWS:
            count = {"count": MOST_ROWS}
            raise bad_file(_("The file has more than ${count} rows. Divide it.", mapping=count))
        found.append(_row(by_name, number, dict(zip(names, cells, strict=False))))
    if names is None:
        raise bad_file(_("The file is empty."))
    if not found:
        raise bad_file(_("The file has headings, but no rows."))
    return found


def _names(columns, by_name, cells) -> list[str]:
    names = [column_of(columns, one) if isinstance(one, str) else None for one in cells]
    missing = [said(one.title) for one in columns if one.required and one.name not in names]
    if missing:
        raise bad_file(_("Headings are missing: ${names}.", mapping={"names": ", ".join(missing)}))
    twice = sorted({said(by_name[one].title) for one in names if one and names.count(one) > 1})
    if twice:
        raise bad_file(_("Headings stand there twice: ${names}.", mapping={"names": ", ".join(twice)}))
    return names


def _row(by_name, number: int, cells: dict) -> Row:
    values, problems = {}, []
    for name, value in cells.items():
        if name is None:
            continue
        if value is FORMULA:
            problems.append((name, _("Formulas are not read: enter the value itself.")))
            continue
        try:
            values[name] = _value(by_name[name], value)
        except ValueError as error:
            problems.append((name, error.args[0] if error.args else _("This value has the wrong form.")))
    if any(isinstance(one, str) and len(one) > LONGEST for one in values.values()):
        problems.append(("", _("A value is too long.")))
    return Row(number, values, tuple(problems))


def _value(column, value):
    if column.day:
        try:
            return _day(value)
        except ValueError as error:
            raise ValueError(_("Enter the date as 22/11/2026.")) from error
    words = _words(value)
    if column.number:
        if not words:
            return None
        if not words.isdecimal():
            raise ValueError(_("Enter a whole number."))
        return int(words)
    if column.choices is not None:
        return _choice(column, words)
    return words


def _choice(column, words):
    parts = [one.strip() for one in words.split(";") if one.strip()] if column.many else [words] * bool(words)
    found = []
    for part in parts:
        value = choice_of(column.choices, part)
        if value is None:
            raise ValueError(_("“${text}” is not on the list.", mapping={"text": part}))
        found.append(value)
    return tuple(found) if column.many else (found[0] if found else None)


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

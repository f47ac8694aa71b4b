"""Spreadsheets of accounts: the template to fill in, and what is there, in the same columns."""

from collections.abc import Iterable
import csv
import io

from hopso import _
from hopso.accounts import columns
from hopso.accounts.listing import Line
from hopso.audit.exports import harmless_cell
from hopso.organisation.interfaces import FUNCTIONS
from xlsxwriter import Workbook


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STATE = _("State")
# How many rows of a new template have the lists to choose from.
PREPARED_ROWS = 1000


def cells_of(line: Line, units: dict[str, str], state: str) -> list[str]:
    """Return one account as a row; *units*: id -> code or name; *state*: its name."""
    account = line.account
    here = [one for one in line.functions if one.unit == account.unit] or list(line.functions)
    held = sorted({one.function for one in here}, key=FUNCTIONS.index)
    position = next((one.position for one in here if one.position), "")
    event = account.events[-1] if account.events else None
    kinds = columns.CHOICES["employment_kind"]
    values = {
        "user": line.user_id,
        "fullname": line.fullname,
        "email": line.email,
        "phone": account.phone,
        "unit": units.get(account.unit, account.unit),
        "employment_kind": columns.said(kinds.get(account.employment_kind, account.employment_kind)),
        "function": "; ".join(columns.said(columns.CHOICES["function"][one]) for one in held),
        "position": position,
        "event": columns.said(columns.CHOICES["event"][event.kind]) if event else "",
        "decision": event.decision if event else "",
        "decided_on": _day(event.decided_on) if event else "",
        "effective_on": _day(event.effective_on) if event else "",
        "assignment_document": account.assignment_document,
    }
    return [*(values[one.name] for one in columns.COLUMNS), state]


def _day(day) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def head() -> list[str]:
    """Return the headings of an export."""
    return [*columns.headings(), columns.said(STATE)]


def as_csv(rows: Iterable[list[str]]) -> bytes:
    """Return the rows as CSV, UTF-8 with BOM, semicolons: what Excel in Viet Nam opens."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head())
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_xlsx(rows: Iterable[list[str]], units: dict[str, str], titles: list[str] | None = None) -> bytes:
    """Return the rows as XLSX, with a second sheet of what lists allow; *units*: code -> name."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E6EEF5", "border": 1})
        # Texts stay texts: telephones keep their zero, decisions do not become dates.
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(columns.said(_("Accounts")))
        names = titles or columns.headings()
        for column, title in enumerate(names):
            sheet.write_string(0, column, title, bold)
        sheet.set_column(0, len(names) - 1, 22, text)
        sheet.freeze_panes(1, 2)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        _lists(book, sheet, units, bold)
    return out.getvalue()


def _lists(book, sheet, units, bold):
    values = book.add_worksheet(columns.said(_("Allowed values")))
    lists = {"unit": list(units)} | {
        name: [columns.said(title) for title in titles.values()] for name, titles in columns.CHOICES.items()
    }
    order = [one.name for one in columns.COLUMNS]
    for column, (name, texts) in enumerate(lists.items()):
        values.write_string(0, column, columns.said(columns.BY_NAME[name].title), bold)
        for number, text in enumerate(texts, 1):
            values.write_string(number, column, text)
        letter = chr(ord("A") + column)
        source = f"='{values.get_name()}'!${letter}$2:${letter}${len(texts) + 1}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, order.index(name), PREPARED_ROWS, order.index(name), rule)
    values.write_string(0, len(lists), columns.said(_("Name of the unit")), bold)
    for number, title in enumerate(units.values(), 1):
        values.write_string(number, len(lists), title)
    values.set_column(0, len(lists), 28)

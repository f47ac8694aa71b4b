"""Spreadsheets of accounts: the template to fill in, and what is there, in the same columns."""

from collections.abc import Iterable

from hopso import _
from hopso.accounts import columns
from hopso.accounts.listing import Line
from hopso.core import sheet_writing
from hopso.core.sheets import CSV as CSV
from hopso.core.sheets import XLSX as XLSX
from hopso.organisation.interfaces import FUNCTIONS


STATE = _("State")


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
    return sheet_writing.csv_file(head(), rows)


def as_xlsx(rows: Iterable[list[str]], units: dict[str, str], titles: list[str] | None = None) -> bytes:
    """Return the rows as XLSX, with a second sheet of what lists allow; *units*: code -> name."""
    order = [one.name for one in columns.COLUMNS]
    lists = {"unit": list(units)} | {
        name: [columns.said(title) for title in choices.values()] for name, choices in columns.CHOICES.items()
    }
    wanted = {
        order.index(name): (columns.said(columns.BY_NAME[name].title), texts) for name, texts in lists.items()
    }
    notes = [(columns.said(_("Name of the unit")), list(units.values()))]
    return sheet_writing.workbook(
        _("Accounts"), titles or columns.headings(), rows, lists=wanted, notes=notes
    )

"""The pages of the log: filters, table, export.  There is nothing here to change an entry."""

import csv
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
import io
from urllib.parse import urlencode

from hopso import _
from hopso.audit.harmless import harmless_write
from hopso.audit.log import entries
from hopso.audit.log import Entry
from hopso.audit.log import record
from hopso.core.operation import registered
from hopso.core.text import datetime_text
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.organisation.vocabularies import person_name
from Products.Five.browser import BrowserView
from xlsxwriter import Workbook
from zope.i18n import translate


PAGE = 50
EXPORT_LIMIT = 50_000
OTHER_TITLES = {
    "content.added": _("Created"),
    "content.modified": _("Changed"),
    "content.removed": _("Deleted"),
    "item.download": _("Downloaded"),
    "item.view": _("Opened"),
    "item.export": _("Exported"),
    "login": _("Logged in"),
    "logout": _("Logged out"),
    "audit.export": _("Log exported"),
    "audit.archived": _("Log archived"),
}
COLUMNS = (
    _("Time"),
    _("Person"),
    _("On behalf of"),
    _("Action"),
    _("Object"),
    _("Path"),
    _("State before"),
    _("State after"),
    _("Rules"),
    _("Reason for the exception"),
    _("Address"),
    _("Details"),
)
# What spreadsheet programs would take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def operation_titles() -> dict:
    """Return name -> translatable title of everything that the log may speak of."""
    return {one.name: one.title for one in registered()} | OTHER_TITLES


def parse_day(text: str) -> date | None:
    """Read ``2026-11-22`` or ``22/11/2026``; anything else is None."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime((text or "").strip(), form).date()
        except ValueError:
            continue
    return None


class Filters:
    """What the reader of the log asked for."""

    def __init__(self, form):
        def text(name):
            value = form.get(name, "")
            return value.strip() if isinstance(value, str) else ""

        self.person = text("person")
        self.operation = text("operation")
        self.uid = text("uid")
        self.from_day = parse_day(text("from"))
        self.to_day = parse_day(text("to"))
        page = text("page")
        self.page = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1

    def arguments(self) -> dict:
        """Return keyword arguments for ``entries``; both days are included."""
        since = datetime.combine(self.from_day, time(), tzinfo=LOCAL) if self.from_day else None
        until = (
            datetime.combine(self.to_day + timedelta(days=1), time(), tzinfo=LOCAL) if self.to_day else None
        )
        return {
            "since": since,
            "until": until,
            "who": self.person,
            "operation": self.operation,
            "uid": self.uid,
        }

    def query(self, **changes) -> str:
        """Return the filters as a query string, with *changes*."""
        values = {
            "person": self.person,
            "operation": self.operation,
            "uid": self.uid,
            "from": self.from_day or "",
            "to": self.to_day or "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})


class AuditBase(BrowserView):
    """What page and export share."""

    @property
    def filters(self) -> Filters:
        return Filters(self.request.form)

    def name_of(self, user_id: str) -> str:
        """Return a person's name; ids of the house itself stay as they are."""
        if not hasattr(self, "_names"):
            self._names = {}
            self._titles = operation_titles()
        if user_id not in self._names:
            self._names[user_id] = (person_name(user_id) or user_id) if user_id else ""
        return self._names[user_id]

    def title_of(self, operation: str) -> str:
        """Return what an operation is called in the language of the reader."""
        if not hasattr(self, "_titles"):
            self._titles = operation_titles()
        return translate(self._titles.get(operation, operation), context=self.request)

    def row(self, entry: Entry) -> dict:
        """Return an entry as texts."""
        return {
            "time": f"{local(entry.when):%d/%m/%Y %H:%M:%S}",
            "who": self.name_of(entry.who),
            "who_id": entry.who,
            "behalf": self.name_of(entry.behalf),
            "operation": self.title_of(entry.operation),
            "name": entry.operation,
            "title": entry.title,
            "path": entry.path,
            "uid": entry.uid,
            "before": entry.before,
            "after": entry.after,
            "change": f"{entry.before} → {entry.after}"
            if entry.after and entry.after != entry.before
            else "",
            "findings": ", ".join(f"{rule} ({level})" for rule, level in entry.findings),
            "override": entry.override,
            "address": entry.address,
            "details": "; ".join(f"{key}: {_text(value)}" for key, value in entry.details.items()),
        }


class AuditLogView(AuditBase):
    """``/@@audit-log``"""

    def update(self):
        filters = self.filters
        found = entries(**filters.arguments(), start=(filters.page - 1) * PAGE, limit=PAGE + 1)
        self.rows = [self.row(one) for one in found[:PAGE]]
        self.more = len(found) > PAGE
        self.chosen = filters

    def __call__(self):
        self.update()
        return super().__call__()

    def operations(self) -> list[dict]:
        """Return the choices of the filter by action."""
        choices = [
            {"value": name, "title": self.title_of(name), "selected": name == self.chosen.operation}
            for name in operation_titles()
        ]
        return sorted(choices, key=lambda one: one["title"])

    def day(self, name: str) -> str:
        """Return a chosen day for a date field."""
        value = getattr(self.chosen, name)
        return value.isoformat() if value else ""

    def page_url(self, step: int) -> str:
        """Return the address of a neighbouring page."""
        return f"{self.context.absolute_url()}/@@audit-log?{self.chosen.query(page=self.chosen.page + step)}"

    def export_url(self, form: str) -> str:
        """Return the address of the export with the present filters."""
        return f"{self.context.absolute_url()}/@@audit-log-export?{self.chosen.query(format=form)}"

    def object_url(self, row: dict) -> str:
        """Return an address that finds the object wherever it is now."""
        return f"{self.context.absolute_url()}/resolveuid/{row['uid']}"


class AuditExport(AuditBase):
    """``/@@audit-log-export?format=xlsx|csv``: the filtered log as a table; on record itself."""

    def __call__(self):
        form = "csv" if self.request.form.get("format") == "csv" else "xlsx"
        found = entries(**self.filters.arguments(), limit=EXPORT_LIMIT)
        header = [translate(one, context=self.request) for one in COLUMNS]
        rows = [list(self._cells(self.row(one))) for one in found]
        data, kind = (
            (_csv(header, rows), "text/csv; charset=utf-8")
            if form == "csv"
            else (
                _xlsx(header, rows),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        )
        with harmless_write():
            record("audit.export", details={"rows": len(rows), "format": form})
        response = self.request.response
        response.setHeader("Content-Type", kind)
        response.setHeader("Content-Disposition", f'attachment; filename="nhat-ky.{form}"')
        response.setHeader("Cache-Control", "private, no-store")
        return data

    def _cells(self, row):
        for name in ("time", "who", "behalf", "operation", "title", "path", "before", "after"):
            yield row[name]
        for name in ("findings", "override", "address", "details"):
            yield row[name]


def harmless_cell(text: str) -> str:
    """Return *text* so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv(header, rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _xlsx(header, rows) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate([header, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 22)
    return out.getvalue()


def _text(value) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {_text(one)}" for key, one in value.items())
    if isinstance(value, str) and len(value) > 18 and value[4:5] == "-" and "T" in value:
        try:
            return datetime_text(datetime.fromisoformat(value))
        except ValueError:
            return value
    return str(value)

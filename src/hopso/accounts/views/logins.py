"""``/@@logins``: the login log within one's reach, by account and time, and its export."""

import csv
import io

from hopso import _
from hopso.accounts import listings
from hopso.accounts.logins import OUTCOMES
from hopso.accounts.views import labels
from hopso.accounts.views.login import NO_STORE
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.audit.views import harmless_cell
from hopso.core import errors
from hopso.core.text import day_text
from hopso.organisation.names import person_names
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from xlsxwriter import Workbook
from zope.i18n import translate


EXPORT_LIMIT = 50_000
COLUMNS = (
    (_("Time"), 20),
    (_("Person"), 28),
    (_("User name"), 18),
    (_("Outcome"), 26),
    (_("Note"), 24),
    (_("Address"), 20),
    (_("Program"), 28),
    (_("Way"), 18),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class LoginsBase(BrowserView):
    """What page and export share."""

    def update(self):
        self.wanted = listings.read_filter(self.request.form)

    def rows(self, lines) -> list[dict]:
        """Return lines as texts, with names."""
        lines = list(lines)
        names = person_names(line.user_id for line in lines)
        return [labels.described(one) | {"name": names.get(one.user_id, "")} for one in lines]

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request)


class Logins(LoginsBase):
    """The page."""

    index = ViewPageTemplateFile("../templates/logins.pt")
    page_title = _("Login log")
    hs_section = "none"
    refused = None

    def __call__(self):
        self.update()
        self.request.response.setHeader("Cache-Control", NO_STORE)
        try:
            found = listings.search(self.wanted)
        except errors.Denied as error:
            self.request.response.setStatus(error.status)
            self.refused, self.lines, self.more = error.message, [], False
        else:
            self.lines, self.more = self.rows(found.lines), found.more
        return self.index()

    def outcomes(self) -> list[dict]:
        """Return the choices of the filter."""
        return [
            {"value": one, "title": labels.OUTCOMES[one], "selected": one == self.wanted.outcome}
            for one in OUTCOMES
        ]

    def day(self, name: str) -> str:
        """Return a chosen day for a date field."""
        return day_text(getattr(self.wanted, name))

    def url(self, **changes) -> str:
        """Return the address of this page with other filters."""
        return f"{self.context.absolute_url()}/@@logins?{self.wanted.query(**changes)}"

    def export_url(self, form: str) -> str:
        """Return the address of the export with the present filters."""
        return f"{self.context.absolute_url()}/@@logins-export?{self.wanted.query(format=form)}"


class LoginsExport(LoginsBase):
    """``/@@logins-export?format=xlsx|csv``: the filtered log as a table; on record itself."""

    def __call__(self):
        self.update()
        form = "csv" if self.request.form.get("format") == "csv" else "xlsx"
        rows = []
        try:
            for line in listings.lines(self.wanted):
                rows.append(line)
                if len(rows) >= EXPORT_LIMIT:
                    break
        except errors.Denied as error:
            self.request.response.setStatus(error.status)
            return self.say(error.message)
        cells = [self._cells(row) for row in self.rows(rows)]
        with harmless_write():
            record(
                "export.logins", details={"rows": len(cells), "format": form, "person": self.wanted.person}
            )
        response = self.request.response
        response.setHeader("Content-Type", "text/csv; charset=utf-8" if form == "csv" else XLSX)
        response.setHeader("Content-Disposition", f'attachment; filename="nhat-ky-dang-nhap.{form}"')
        response.setHeader("Cache-Control", NO_STORE)
        header = [self.say(title) for title, _width in COLUMNS]
        return _csv(header, cells) if form == "csv" else _xlsx(header, cells)

    def _cells(self, row) -> list[str]:
        names = ("time", "name", "user_id", "outcome", "note", "address", "agent", "kind")
        return [self.say(row[name]) for name in names]


def _csv(header, rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _xlsx(header, rows) -> bytes:
    out = io.BytesIO()
    # Cells are texts whatever they begin with: no formula, no link is made of them.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bg_color": "#e6eff7", "border": 1})
        for column, (title, (_title, width)) in enumerate(zip(header, COLUMNS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(header) - 1)
    return out.getvalue()

"""The filtered log as a spreadsheet, CSV or JSON Lines, written to disk row by row."""

import csv
import io
from itertools import islice
import json
import tempfile

from hopso import _
from hopso.audit.log import Entry
from hopso.audit.reading import everything
from hopso.audit.reading import Query
from hopso.audit.rows import Rows
from hopso.core.text import local
from hopso.core.text import now
from xlsxwriter import Workbook
from zope.i18n import translate
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator


LIMIT = 50_000  # rows; more are a matter of ``hopso-audit export``
BATCH = 500
CHUNK = 1 << 16
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS = (
    ("time", _("Time")),
    ("who", _("Person")),
    ("behalf", _("On behalf of")),
    ("operation", _("Action")),
    ("subject", _("About the person")),
    ("title", _("Object")),
    ("path", _("Path")),
    ("before", _("State before")),
    ("after", _("State after")),
    ("fields", _("Changed fields")),
    ("findings", _("Rules")),
    ("override", _("Reason for the exception")),
    ("address", _("Address")),
    ("details", _("Details")),
)
# What spreadsheet programs would take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless_cell(text: str) -> str:
    """Return *text* so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


@implementer(IStreamIterator)
class FileStream:
    """An open file, in pieces; gone when it was sent."""

    def __init__(self, file):
        self.file = file
        self.file.seek(0, io.SEEK_END)
        self.size = self.file.tell()
        self.file.seek(0)

    def __len__(self):
        return self.size

    def __iter__(self):
        return self

    def __next__(self):
        data = self.file.read(CHUNK)
        if not data:
            self.close()
            raise StopIteration
        return data

    def close(self):
        self.file.close()


class Export:
    """The entries of *query* in a file of the format *form*, as their reader may see them.

    count: rows written; refused: text for people if they are too many, "" otherwise.
    """

    def __init__(self, query: Query, request, form):
        self.form = form if form in FORMATS else "xlsx"
        self.request = request
        self.rows = Rows(request)
        self.count = 0
        self.refused = ""
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  (closed when it was sent)
        entries = everything(query)
        getattr(self, f"_{self.form}")(islice(entries, LIMIT))
        if self.count == LIMIT and next(entries, None) is not None:
            self._refuse()

    def _refuse(self):
        self.file.close()
        response = self.request.response
        response.setStatus(422)
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        text = _(
            "These are more than ${limit} entries. Please choose a shorter period; those who keep the server "
            "can export all of them with hopso-audit export.",
            mapping={"limit": f"{LIMIT:,}".replace(",", ".")},
        )
        self.refused = translate(text, context=self.request)

    def response(self) -> FileStream:
        """Return the file, with its headers set."""
        stream = FileStream(self.file)
        response = self.request.response
        response.setHeader("Content-Type", FORMATS[self.form])
        response.setHeader("Content-Length", str(len(stream)))
        name = f"nhat-ky-{local(now()):%Y%m%d}.{self.form}"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return stream

    def _batches(self, entries):
        while batch := list(islice(entries, BATCH)):
            self.count += len(batch)
            yield zip(batch, self.rows.of(batch), strict=True)

    def _header(self):
        return [translate(title, context=self.request) for _name, title in COLUMNS]

    def _cells(self, row):
        return [harmless_cell(row.get(name) or "") for name, _title in COLUMNS]

    def _csv(self, entries):
        out = io.TextIOWrapper(self.file, encoding="utf-8-sig", newline="")
        writer = csv.writer(out)
        writer.writerow(self._header())
        for batch in self._batches(entries):
            writer.writerows(self._cells(with_fields(row)) for _entry, row in batch)
        out.flush()
        out.detach()

    def _jsonl(self, entries):
        for batch in self._batches(entries):
            for entry, row in batch:
                self.file.write((json.dumps(as_json(entry, row), ensure_ascii=False) + "\n").encode())

    def _xlsx(self, entries):
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(self.file, options) as book:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            sheet.set_column(0, len(COLUMNS) - 1, 22)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(self._header()):
                sheet.write_string(0, column, title, bold)
            number = 0
            for batch in self._batches(entries):
                for _entry, row in batch:
                    number += 1
                    for column, text in enumerate(self._cells(with_fields(row))):
                        sheet.write_string(number, column, text)


def with_fields(row: dict) -> dict:
    """Return a row with its changed fields as one text."""
    parts = (f"{one['title']}: {one['before']} → {one['after']}" for one in row["changes"])
    return {**row, "fields": "; ".join(parts)}


def as_json(entry: Entry, row: dict) -> dict:
    """Return an entry for programs, with no more than its reader may know."""
    return {
        "when": entry.when.isoformat(),
        "who": entry.who,
        "behalf": entry.behalf,
        "operation": entry.operation,
        "title": row["operation"],
        "subject": entry.subject,
        "units": list(entry.units),
        "uid": row["uid"],
        "path": row["path"],
        "object": row["title"],
        "portal_type": entry.portal_type,
        "before": entry.before,
        "after": entry.after,
        "changes": {one["name"]: [one["before"], one["after"]] for one in row["changes"]},
        "findings": [list(one) for one in entry.findings],
        "override": row["override"],
        "address": entry.address,
        "details": row["details"],
        "hidden": row["hidden"],
    }

"""Pages of imports: handing in a file, its plan and progress; the template and the export."""

from functools import cached_property
import json

from hopso import _
from hopso.accounts import imports
from hopso.accounts.administration.sheets import STATUSES
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core import errors
from hopso.core import sheets
from hopso.core.sheet_writing import cells_of
from hopso.core.sheet_writing import csv_file
from hopso.core.sheet_writing import lists_of
from hopso.core.sheet_writing import send
from hopso.core.sheet_writing import workbook
from hopso.core.text import datetime_text
from hopso.inventory.importing import carrying_out
from hopso.inventory.importing.kinds import BAD
from hopso.inventory.importing.kinds import CHANGE
from hopso.inventory.importing.kinds import CREATE
from hopso.inventory.importing.kinds import find_kind
from hopso.inventory.importing.kinds import SAME
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import person_names
from zExceptions import NotFound


SHOWN = 200  # rows of a plan on a page
ACTIONS = {
    CREATE: (_("New"), "good"),
    CHANGE: (_("Changed"), "acc"),
    SAME: (_("Unchanged"), ""),
    BAD: (_("Wrong"), "bad"),
}


class ImportPage(DeskPage):
    """``<unit>/@@inventory-import?kind=`` and, with ``import=``, one import."""

    page_title = _("Import from a spreadsheet")

    @cached_property
    def found(self):
        """The import that is asked for, None if none is.  Raises NotFound."""
        wanted = self.request.form.get("import")
        if not wanted:
            return None
        try:
            return carrying_out.find_import(self.context, str(wanted))
        except errors.OperationError as error:
            raise NotFound("import") from error

    @cached_property
    def kind(self):
        """The list that is imported.  Raises NotFound."""
        name = self.found.kind if self.found is not None else self.request.form.get("kind", "devices")
        found = find_kind(name) if isinstance(name, str) else None
        if found is None:
            raise NotFound("kind")
        return found

    def list_url(self) -> str:
        return f"{self.url}/@@{self.kind.name}"

    def limits(self) -> dict:
        """Return what the page says about files."""
        return {"rows": sheets.MOST_ROWS, "size": sheets.MOST_BYTES // 1024**2}

    def former(self) -> list[dict]:
        """Return the latest imports of the unit."""
        found = imports.imports_of(self.context.getId(), kind=self.kind.name)
        names = person_names(one.made_by for one in found)
        return [
            {
                "title": one.filename or "–",
                "url": f"{self.url}/@@inventory-import?import={one.id}",
                "when": datetime_text(one.made_at),
                "by": names.get(one.made_by, one.made_by),
                "tag": _tag(STATUSES, one.status),
            }
            for one in found
        ]

    @property
    def status(self) -> dict:
        return _tag(STATUSES, self.found.status)

    def before(self) -> str:
        """Return when the same file was imported already, empty if it was not."""
        one = carrying_out.former(self.found)
        return datetime_text(one.made_at) if one is not None else ""

    def counts(self) -> list[dict]:
        """Return how many rows there are of each kind."""
        return [
            {"count": count, "tag": _tag(ACTIONS, action)}
            for action, count in (self.found.counts or {}).items()
            if count
        ]

    def plan(self) -> list[dict]:
        """Return the rows of the plan, the wrong ones first; at most SHOWN."""
        titles = {one.name: self.t(one.title) for one in self.kind.columns}
        rows = sorted(self.found.plan, key=lambda row: (row[1] != BAD, row[1] == SAME, row[0]))
        return [
            {
                "number": number,
                "tag": _tag(ACTIONS, action),
                "name": name,
                "changes": ", ".join(titles.get(column, column) for column in changes),
                "problems": [{"column": titles.get(column, ""), "text": text} for column, text in problems],
            }
            for number, action, _key, name, changes, problems in rows[:SHOWN]
        ]

    def more(self) -> int:
        return max(0, len(self.found.plan) - SHOWN)

    def confirms(self) -> bool:
        """Tell whether the import can be carried out now."""
        work = sum(count for action, count in (self.found.counts or {}).items() if action != SAME)
        return self.found.status == imports.CHECKED and not self.found.bad and work > 0

    def nothing_new(self) -> bool:
        """Tell whether all that stands in the file is known already."""
        counts = self.found.counts or {}
        return self.found.status == imports.CHECKED and bool(counts) and sum(counts.values()) == counts[SAME]

    def progress(self) -> dict:
        """Return how far the job is, in percent."""
        done, total = self.found.progress.done, self.found.progress.total
        return {
            "done": done,
            "total": total,
            "percent": round(100 * done / total) if total else 0,
            "url": f"{self.url}/@@inventory-import-progress?import={self.found.id}",
        }


def _tag(titles, key) -> dict:
    name, style = titles[key]
    return {"name": name, "class": f"hs-tag hs-tag--{style}" if style else "hs-tag"}


class ImportProgress(ImportPage):
    """``<unit>/@@inventory-import-progress?import=``: the same for the page that waits, as JSON."""

    def __call__(self):
        if self.found is None:
            raise NotFound("import")
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", "private, no-store")
        progress = self.progress()
        return json.dumps(
            {"running": self.found.running, "done": progress["done"], "total": progress["total"]}
        )


class Template(ImportPage):
    """``<unit>/@@inventory-template.xlsx?kind=``: an empty spreadsheet with the allowed values."""

    def __call__(self):
        columns = self.kind.columns
        data = workbook(
            self.kind.title,
            sheets.headings(columns),
            [],
            [one.width for one in columns],
            lists_of(columns, **self.kind.lists(self.context)),
        )
        return send(self.request.response, f"mau-{self.kind.name}", data)


class Export(ImportPage):
    """``<unit>/@@inventory-export?kind=&format=xlsx|csv``: what is there, in the columns of the import; on record."""

    def __call__(self):
        columns = self.kind.columns
        form = "csv" if self.request.form.get("format") == "csv" else "xlsx"
        rows = [cells_of(columns, one) for one in self.kind.rows(self.context)]
        with harmless_write():
            record(f"export.{self.kind.name}", self.context, details={"rows": len(rows), "format": form})
        if form == "csv":
            data = csv_file(sheets.headings(columns), rows)
        else:
            lists = lists_of(columns, **self.kind.lists(self.context))
            widths = [one.width for one in columns]
            data = workbook(self.kind.title, sheets.headings(columns), rows, widths, lists)
        return send(self.request.response, self.kind.name, data, form)

"""The pages of spreadsheets: handing one in, what it would do, how far it is; template and export."""

from functools import cached_property
import json

from hopso import _
from hopso.accounts import columns
from hopso.accounts import exporting
from hopso.accounts import importing
from hopso.accounts import imports
from hopso.accounts import listing
from hopso.accounts import sheets
from hopso.accounts.administration import labels
from hopso.accounts.administration.accounts import AccountsPage
from hopso.accounts.administration.accounts import read_filter
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.content import IUnit
from hopso.organisation.names import person_names
from hopso.organisation.vocabularies import unit_brains
from Products.Five.browser import BrowserView
from zExceptions import NotFound
from zope.i18n import translate


SHOWN = 200  # rows of a plan on a page
ACTIONS = {
    "create": (_("New"), "good"),
    "change": (_("Changed"), "acc"),
    "transfer": (_("Transferred"), "acc"),
    "close": (_("To be closed"), "warn"),
    "same": (_("Unchanged"), ""),
    "bad": (_("Wrong"), "bad"),
}
STATUSES = {
    imports.WAITING: (_("Being checked"), "acc"),
    imports.CHECKED: (_("Checked"), "acc"),
    imports.UNREADABLE: (_("Not readable"), "bad"),
    imports.CONFIRMED: (_("Being imported"), "acc"),
    imports.DONE: (_("Imported"), "good"),
    imports.REFUSED: (_("Nothing imported"), "bad"),
    imports.FAILED: (_("Interrupted"), "bad"),
}


def unit_codes(context) -> dict[str, str]:
    """Return unit id -> what a spreadsheet calls it: the code if it is the only one of its kind, else the id."""
    scope = listing.scope_of(context)
    found = {
        brain.getId: (brain._unrestrictedGetObject().code or "").strip()
        for brain in unit_brains()
        if brain.getId in scope
    }
    codes = [code.lower() for code in found.values()]
    return {
        unit_id: code if code and codes.count(code.lower()) == 1 else unit_id
        for unit_id, code in found.items()
    }


class ImportPage(AccountsPage):
    """``<unit>/@@import-accounts`` and, with ``import=``, one import."""

    page_title = _("Import accounts")

    @cached_property
    def found(self):
        """Return the import that is asked for, None if none is.  Raises NotFound."""
        wanted = self.request.form.get("import")
        if not wanted:
            return None
        try:
            return importing.find_import(self.context, wanted)
        except errors.OperationError as error:
            raise NotFound("import") from error

    def limits(self) -> dict:
        """Return what the page says about files."""
        return {"rows": sheets.MOST_ROWS, "size": sheets.MOST_BYTES // 1024**2}

    def former(self) -> list[dict]:
        """Return the latest imports of the unit."""
        found = imports.imports_of(self.context.getId())
        names = person_names(one.made_by for one in found)
        return [
            {
                "title": one.filename or "–",
                "url": f"{self.url}/@@import-accounts?import={one.id}",
                "when": datetime_text(one.made_at),
                "by": names.get(one.made_by, one.made_by),
                "tag": self._tag(STATUSES, one.status),
            }
            for one in found
        ]

    def _tag(self, titles, key) -> dict:
        name, style = titles[key]
        return {"name": name, "class": f"hs-tag hs-tag--{style}" if style else "hs-tag"}

    @property
    def status(self) -> dict:
        return self._tag(STATUSES, self.found.status)

    def counts(self) -> list[dict]:
        """Return how many rows there are of each kind."""
        return [
            {"count": count, "tag": self._tag(ACTIONS, action)}
            for action, count in (self.found.counts or {}).items()
            if count
        ]

    def plan(self) -> list[dict]:
        """Return the rows of the plan, the wrong ones first; at most SHOWN."""
        rows = sorted(self.found.plan, key=lambda row: (row[1] != "bad", row[1] == "same", row[0]))
        return [
            {
                "number": number,
                "tag": self._tag(ACTIONS, action),
                "user": user,
                "name": name,
                "changes": ", ".join(self._title(column) for column in changes),
                "problems": [
                    {"column": self._title(column) if column else "", "text": text}
                    for column, text in problems
                ],
            }
            for number, action, user, name, changes, problems in rows[:SHOWN]
        ]

    def _title(self, column) -> str:
        return translate(columns.BY_NAME[column].title, context=self.request)

    def more(self) -> int:
        return max(0, len(self.found.plan) - SHOWN)

    def confirms(self) -> bool:
        """Tell whether the import can be carried out now."""
        work = sum(count for action, count in (self.found.counts or {}).items() if action != "same")
        return self.found.status == imports.CHECKED and not self.found.bad and work > 0

    def progress(self) -> dict:
        """Return how far the job is, in percent."""
        done, total = self.found.progress.done, self.found.progress.total
        return {
            "done": done,
            "total": total,
            "percent": round(100 * done / total) if total else 0,
            "url": f"{self.url}/@@import-progress?import={self.found.id}",
        }


class ImportProgress(ImportPage):
    """``<unit>/@@import-progress?import=``: the same for the page that waits, as JSON."""

    def __call__(self):
        if self.found is None:
            raise NotFound("import")
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        progress = self.progress()
        return json.dumps(
            {"running": self.found.running, "done": progress["done"], "total": progress["total"]}
        )


class Template(BrowserView):
    """``<unit>/@@accounts-template.xlsx``: an empty spreadsheet with the allowed values."""

    def __call__(self):
        data = exporting.as_xlsx([], _named_units(self.context))
        return _download(self.request, data, "mau-tai-khoan.xlsx", exporting.XLSX)


class Export(BrowserView):
    """``<unit>/@@export-accounts?format=xlsx|csv`` with the filters of the list; on record."""

    def __call__(self):
        form = "csv" if self.request.form.get("format") == "csv" else "xlsx"
        found = listing.find(self.context, read_filter(self.request.form))
        codes = unit_codes(self.context)
        rows = [
            exporting.cells_of(line, codes, columns.said(labels.STATES[labels.state_of(line.account)][0]))
            for line in found
        ]
        with harmless_write():
            context = self.context if IUnit.providedBy(self.context) else None
            record("export.accounts", context, details={"rows": len(rows), "format": form})
        name = f"tai-khoan-{local(now()):%Y%m%d}.{form}"
        if form == "csv":
            return _download(self.request, exporting.as_csv(rows), name, exporting.CSV)
        data = exporting.as_xlsx(rows, _named_units(self.context), exporting.head())
        return _download(self.request, data, name, exporting.XLSX)


def _named_units(context) -> dict[str, str]:
    titles, codes = listing.scope_of(context), unit_codes(context)
    return {codes[unit_id]: title for unit_id, title in titles.items()}


def _download(request, data, name, kind):
    response = request.response
    response.setHeader("Content-Type", kind)
    response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    response.setHeader("Cache-Control", "private, no-store")
    return data

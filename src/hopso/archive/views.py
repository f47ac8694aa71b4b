"""The archive as a page: /luu-tru."""

from urllib.parse import urlencode

from hopso import _
from hopso.archive.engine import search
from hopso.archive.export import export
from hopso.archive.export import LIMIT
from hopso.archive.hits import full_hits
from hopso.archive.labels import FACET_TITLES
from hopso.archive.labels import Labels
from hopso.archive.query import PARAMETERS
from hopso.archive.query import read_query
from hopso.audit.log import record
from hopso.core.text import collation_key
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser import BrowserView


SHOWN = 8  # values of a facet before "more"
SORT_TITLES = (
    ("relevance", _("Relevance")),
    ("date", _("Newest first")),
    ("date_asc", _("Oldest first")),
    ("number", _("Number and symbol")),
)
FACET_ORDER = ("type", "kind", "unit", "year", "state", "meeting_kind", "chair")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ArchiveView(BrowserView):
    """One field, facets at the left, hits with marked words."""

    hs_section = "archive"
    page_title = _("Archive")

    def __init__(self, context, request):
        super().__init__(context, request)
        self.query = read_query(request.form)
        self.url = f"{api.portal.get().absolute_url()}/luu-tru"
        self.labels = Labels(request)

    @property
    @memoize
    def result(self):
        """The result of the query, asked for once."""
        result = search(self.query)
        self.labels.load(
            {*result.facets.get("unit", ()), *self.query.units},
            {*result.facets.get("chair", ()), *filter(None, (self.query.chair, self.query.person))},
        )
        return result

    @memoize
    def hits(self):
        """Return the hits of this page."""
        return full_hits(self.result, self.request)

    def address(self, **changes) -> str:
        """Return the address of the same query with *changes*, on its first page."""
        return f"{self.url}?{urlencode(self.query.parameters(**{'page': 1, **changes}))}"

    def facets(self) -> list[dict]:
        """Return the facets that have something to choose."""
        found = []
        for name in FACET_ORDER:
            values = self.result.facets.get(name, {})
            chosen = self._chosen(name)
            counted = dict(values) | {value: values.get(value, 0) for value in chosen}
            if not counted or (len(counted) == 1 and not chosen):
                continue
            entries = [self._entry(name, value, count, chosen) for value, count in counted.items()]
            entries.sort(key=self._by_year if name == "year" else self._by_count)
            found.append(
                {
                    "name": name,
                    "title": FACET_TITLES[name],
                    "entries": entries[:SHOWN],
                    "more": entries[SHOWN:],
                }
            )
        return found

    def _chosen(self, name) -> tuple:
        value = getattr(self.query, PARAMETERS[name])
        return value if isinstance(value, tuple) else (value,) if value else ()

    def _entry(self, name, value, count, chosen) -> dict:
        selected = value in chosen
        if name == "chair":
            new = "" if selected else value
        else:
            new = tuple(one for one in chosen if one != value) if selected else (*chosen, value)
        return {
            "value": value,
            "title": self.labels.of(name, value),
            "count": count,
            "selected": selected,
            "url": self.address(**{PARAMETERS[name]: new}),
        }

    @staticmethod
    def _by_count(entry):
        return (not entry["selected"], -entry["count"], collation_key(entry["title"]))

    @staticmethod
    def _by_year(entry):
        return -entry["value"]

    def chips(self) -> list[dict]:
        """Return the filters that hold, each with the address without it."""
        query, found = self.query, []
        for name in FACET_ORDER:
            found.extend(
                {
                    "title": self.labels.of(name, value),
                    "url": self._entry(name, value, 0, self._chosen(name))["url"],
                }
                for value in self._chosen(name)
            )
        if query.person:
            found.append({"title": self.labels.of("person", query.person), "url": self.address(person="")})
        if query.number:
            found.append({"title": query.number, "url": self.address(number="")})
        for attribute, text in (("start", _("from ${day}")), ("end", _("to ${day}"))):
            if day := getattr(query, attribute):
                title = self.labels.translate(_(text, mapping={"day": f"{day:%d/%m/%Y}"}))
                found.append({"title": title, "url": self.address(**{attribute: None})})
        return found

    def count_text(self):
        """Return how many hits there are, in words."""
        count = f"{self.result.count:,}".replace(",", ".")
        if self.result.count == 1:
            return _("1 hit")
        return _("${count} hits", mapping={"count": count})

    def exact_text(self):
        """Return how many hits have the typed accents, None if that says nothing."""
        exact = self.result.exact
        if not exact or exact == self.result.count:
            return None
        return _("${count} with exactly these accents, listed first", mapping={"count": str(exact)})

    def sorts(self) -> list[dict]:
        """Return the orders, relevance only for words."""
        return [
            {
                "title": title,
                "url": self.address(sort=name),
                "current": "true" if name == self.query.order else None,
            }
            for name, title in SORT_TITLES
            if name != "relevance" or self.query.text
        ]

    def pager(self) -> dict | None:
        """Return the addresses around this page, None if there is only one."""
        page, pages = self.query.page, self.result.pages
        if pages < 2:
            return None
        return {
            "previous": self.address(page=page - 1) if page > 1 else None,
            "next": self.address(page=page + 1) if page < pages else None,
            "text": _("Page ${page} of ${pages}", mapping={"page": str(page), "pages": str(pages)}),
        }

    def bare_url(self) -> str:
        """Return the address of the same words without any filter."""
        return f"{self.url}?{urlencode({'q': self.query.text})}"

    def export_url(self) -> str:
        """Return the address of the Excel file of this query."""
        return f"{self.url}.xlsx?{urlencode(self.query.parameters(page=1))}"

    def export_note(self):
        """Return the message about the limit of the export, None below it."""
        if self.result.count <= LIMIT:
            return None
        return _("The Excel file holds the first ${limit} hits.", mapping={"limit": str(LIMIT)})

    def kept(self) -> list[dict]:
        """Return the chosen facets as hidden fields of the search form."""
        names = ("type", "kind", "state", "meeting_kind", "year", "sort")
        return [
            {"name": f"{name}:list" if name != "sort" else name, "value": value}
            for name, value in self.query.parameters(page=1)
            if name in names
        ]

    def start_text(self) -> str:
        """Return the first day of the period for its field."""
        return f"{self.query.start:%d/%m/%Y}" if self.query.start else self._typed("from")

    def end_text(self) -> str:
        """Return the last day of the period for its field."""
        return f"{self.query.end:%d/%m/%Y}" if self.query.end else self._typed("to")

    def _typed(self, name) -> str:
        # A date that could not be read stays in its field.
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def pickers(self) -> list[dict]:
        """Return the pickers of the advanced filters with what is chosen."""
        query = self.query
        return [
            {"name": name, "kind": kind, "title": title, "many": many,
             "chosen": [{"value": v, "title": self.labels.of(name, v)} for v in values if v]}
            for name, kind, title, many, values in (
                ("unit", "unit", _("Unit"), "", query.units),
                ("chair", "user", _("Chair"), None, (query.chair,)),
                ("person", "user", _("Person named in the meeting"), None, (query.person,)),
            )
        ]  # fmt: skip

    def advanced_open(self) -> bool:
        """Tell whether one of the fields that are folded away is in use."""
        query = self.query
        return bool(query.number or query.start or query.end or query.person or query.notes)

    def asked(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.query.text or self.query.filtered())


class ArchiveExport(BrowserView):
    """The hits as an Excel file."""

    def __call__(self):
        response = self.request.response
        query = read_query(self.request.form)
        data = export(query, self.request)
        # What was looked for is nobody's business; that a list was taken out is.
        record("export.archive", details={"filtered": query.filtered() or bool(query.text)})
        response.setHeader("Content-Type", XLSX)
        response.setHeader("Content-Disposition", 'attachment; filename="luu-tru.xlsx"')
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        return data


class SearchElsewhere(BrowserView):
    """Plone's search page leads to the archive."""

    def __call__(self):
        form = self.request.form
        text = form.get("SearchableText") or form.get("q") or ""
        text = text if isinstance(text, str) else ""
        url = f"{api.portal.get().absolute_url()}/luu-tru"
        self.request.response.redirect(f"{url}?{urlencode({'q': text})}" if text else url)
        return ""

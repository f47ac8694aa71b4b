"""``@@meetings``: the meetings one may see, by period, state, unit and words."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from urllib.parse import urlencode

from DateTime import DateTime
from hopso import _
from hopso.audit.log import record
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.views import labels
from hopso.organisation.history import names_at
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.theme.start import day_bounds
from plone import api
from Products.Five.browser import BrowserView
from xlsxwriter import Workbook
from zope.i18n import translate


PAGE = 25
PERIODS = (
    ("upcoming", _("Upcoming")),
    ("week", _("This week")),
    ("past", _("Past")),
    ("all", _("All")),
)
MOST_EXPORTED = 5000
# A cell that starts with one of these is a formula for some programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Filter:
    """What is asked for; everything comes from the address and may be nonsense."""

    period: str = "upcoming"
    state: str = ""
    unit: str = ""
    words: str = ""
    page: int = 1

    def parameters(self, **changes) -> str:
        """Return the query string of this filter with *changes*."""
        values = {
            "period": self.period,
            "state": self.state,
            "unit": self.unit,
            "q": self.words,
            "page": self.page,
        }
        values.update(changes)
        return urlencode({key: value for key, value in values.items() if value not in ("", 1)})


def read_filter(form) -> Filter:
    """Return the filter in *form*; unknown values fall back to the default."""

    def text(name: str) -> str:
        value = form.get(name, "")
        return value.strip()[:200] if isinstance(value, str) else ""

    page = text("page")
    return Filter(
        text("period") if text("period") in dict(PERIODS) else "upcoming",
        text("state") if text("state") in labels.STATES else "",
        text("unit"),
        text("q"),
        max(1, min(int(page), 10_000)) if page.isdecimal() else 1,
    )


def catalog_query(wanted: Filter, moment: datetime) -> dict:
    """Return the catalog query for *wanted*; *moment* is now (aware)."""
    first, _after = day_bounds(moment)
    monday = first - timedelta(days=local(first).weekday())
    query = {"portal_type": "Meeting", "sort_on": "meeting_start"}
    if wanted.period == "upcoming":
        query["meeting_end"] = {"query": DateTime(moment), "range": "min"}
    elif wanted.period == "past":
        query["meeting_end"] = {"query": DateTime(moment), "range": "max"}
        query["sort_order"] = "descending"
    elif wanted.period == "week":
        query["meeting_end"] = {"query": DateTime(monday), "range": "min"}
        query["meeting_start"] = {"query": DateTime(monday + timedelta(days=7)), "range": "max"}
    else:
        query["sort_order"] = "descending"
    if wanted.state:
        query["review_state"] = wanted.state
    if wanted.unit:
        query["host_unit"] = wanted.unit
    if wanted.words:
        query["SearchableText"] = _safe_words(wanted.words)
    return query


def _safe_words(text: str) -> str:
    """Return the words of *text*, each to be found by its beginning, without the query's signs."""
    from hopso.archive.normalise import tokens

    return " ".join(f"{word}*" for word in tokens(text)[:20]) or "\u2003"


class MeetingList(BrowserView):
    """The list; security is the catalog's."""

    hs_section = "meetings"
    page_title = _("Meetings")

    @cached_property
    def filter(self) -> Filter:
        """What is asked for."""
        return read_filter(self.request.form)

    @cached_property
    def found(self):
        """All that match, lazily."""
        from Products.ZCTextIndex.ParseTree import ParseError

        catalog = api.portal.get_tool("portal_catalog")
        if self.filter.words and _safe_words(self.filter.words) == "\u2003":
            return []
        try:
            return catalog(**catalog_query(self.filter, now()))
        except ParseError:
            return []

    def count(self) -> int:
        """How many match."""
        return len(self.found)

    @property
    def url(self) -> str:
        """Address of the list."""
        return f"{api.portal.get().absolute_url()}/@@meetings"

    def rows(self, limit: int | None = PAGE) -> list[dict]:
        """Return the rows of the page asked for (all up to MOST_EXPORTED if *limit* is None)."""
        first = (min(self.filter.page, self.pages()) - 1) * PAGE if limit else 0
        brains = list(self.found[first : first + (limit or MOST_EXPORTED)])
        people = person_names(one.chair for one in brains if one.chair)
        units = names_at((one.host_unit, one.meeting_start) for one in brains)
        rooms = room_names({uid for one in brains for uid in one.rooms or ()})
        return [self._row(one, people, unit, rooms) for one, unit in zip(brains, units, strict=True)]

    def _row(self, brain, people, unit, rooms) -> dict:
        start, end = local(brain.meeting_start), local(brain.meeting_end)
        room = ", ".join(rooms[uid] for uid in brain.rooms or () if uid in rooms)
        return {
            "title": brain.Title,
            "url": brain.getURL(),
            "day": f"{start:%d/%m/%Y}",
            "hours": f"{start:%H:%M}–{end:%H:%M}" if start.date() == end.date() else
            f"{start:%H:%M} – {datetime_text(end)}",
            "unit": unit,
            "chair": people.get(brain.chair, "") if brain.chair else "",
            "room": room,
            "urgent": brain.urgent is True,
            "tag": labels.tag(labels.STATES, brain.review_state),
        }  # fmt: skip

    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-len(self.found) // PAGE))

    def pager(self) -> dict:
        """Return where one is, and the addresses before and after."""
        page = min(self.filter.page, self.pages())
        return {
            "page": page,
            "pages": self.pages(),
            "before": self.link(page=page - 1) if page > 1 else "",
            "after": self.link(page=page + 1) if page < self.pages() else "",
        }

    def link(self, **changes) -> str:
        """Return the address of the list with a changed filter."""
        query = self.filter.parameters(**changes)
        return f"{self.url}?{query}" if query else self.url

    def periods(self) -> list[dict]:
        """Return the switch of periods."""
        return [
            {"title": title, "url": self.link(period=name, page=1), "current": name == self.filter.period}
            for name, title in PERIODS
        ]

    def states(self) -> list[dict]:
        """Return the choice of states."""
        return [
            {"value": name, "title": title, "selected": name == self.filter.state}
            for name, (title, _style) in labels.STATES.items()
        ]

    def units(self) -> list[dict]:
        """Return the choice of units, by name."""
        from hopso.theme.people import directory

        return [
            {"value": one.value, "title": one.title, "selected": one.value == self.filter.unit}
            for one in directory("unit")
        ]

    def filtered(self) -> bool:
        """Tell whether anything but the period narrows the list."""
        return bool(self.filter.state or self.filter.unit or self.filter.words)

    def sheet_url(self) -> str:
        """Return where the same list is to be had as a spreadsheet."""
        return f"{self.url}.xlsx?{self.filter.parameters(page=1)}"

    def may_register(self) -> bool:
        """Tell whether to offer the registration of a meeting: to coordinators."""
        from hopso.organisation.assignments import functions_of

        if api.content.get_view("new-meeting", self.context, self.request) is None:
            return False
        held = functions_of(api.user.get_current().getId())
        return any(one.function in ("coordinators", "leaders") for one in held)


class MeetingSheet(MeetingList):
    """The same list as a spreadsheet, up to MOST_EXPORTED rows."""

    HEADINGS = (
        ("day", _("Date"), 12),
        ("hours", _("Time"), 14),
        ("title", _("Name of the meeting"), 60),
        ("unit", _("Host unit"), 32),
        ("chair", _("Chair"), 24),
        ("room", _("Rooms"), 28),
        ("state", _("State"), 16),
    )

    def __call__(self):
        stream = BytesIO()
        book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, (_name, title, width) in enumerate(self.HEADINGS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, translate(title, context=self.request), bold)
        rows = self.rows(limit=None)
        for line, row in enumerate(rows, 1):
            row["state"] = translate(row["tag"]["name"], context=self.request)
            for column, (name, _title, _width) in enumerate(self.HEADINGS):
                sheet.write_string(line, column, plain(row[name]))
        sheet.freeze_panes(1, 0)
        book.close()
        record("export.meetings", details={"rows": len(rows)})
        response = self.request.response
        response.setHeader(
            "Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        response.setHeader(
            "Content-Disposition", f'attachment; filename="cuoc-hop-{local(now()):%Y%m%d}.xlsx"'
        )
        return stream.getvalue()


def plain(text: str) -> str:
    """Return *text* so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

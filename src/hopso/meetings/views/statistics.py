"""``@@statistics``: how many meetings, documents, pages and delegates in a period (BD-3.1.dd)."""

from collections import defaultdict
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from urllib.parse import urlencode

from AccessControl import getSecurityManager
from DateTime import DateTime
from hopso import _
from hopso.audit.log import record
from hopso.core.text import collation_key
from hopso.core.text import day_text
from hopso.core.text import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.meetings import participation
from hopso.meetings import statistics
from hopso.meetings.views.people_card import SEES_ANSWERS
from hopso.organisation.names import unit_names
from plone import api
from Products.Five.browser import BrowserView
from xlsxwriter import Workbook
from zope.i18n import translate


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    ("meetings", _("Meetings")),
    ("documents", _("Electronic documents")),
    ("pages", _("Pages of documents")),
    ("attending", _("Delegates attending")),
    ("absent", _("Delegates not attending")),
    ("unanswered", _("No answer yet")),
)


class Statistics(BrowserView):
    """The page; counts only meetings and documents that its reader may see."""

    hs_section = "meetings"
    page_title = _("Statistics")
    day_text = staticmethod(day_text)

    @cached_property
    def first(self) -> date:
        """First day of the period: of this year if nothing is asked for."""
        return read_day(self.request.form.get("from"), date(local(now()).year, 1, 1))

    @cached_property
    def last(self) -> date:
        """Last day of the period, never before the first."""
        return max(self.first, read_day(self.request.form.get("to"), local(now()).date()))

    @cached_property
    def facts(self) -> list[statistics.MeetingFacts]:
        """One entry a meeting: one query for the meetings, one for all their documents."""
        catalog = api.portal.get_tool("portal_catalog")
        start = datetime.combine(self.first, time(), tzinfo=LOCAL)
        end = datetime.combine(self.last, time(), tzinfo=LOCAL) + timedelta(days=1, microseconds=-1)
        meetings = catalog(
            portal_type="Meeting",
            review_state=list(statistics.COUNTED_STATES),
            meeting_start={
                "query": (DateTime(start.isoformat()), DateTime(end.isoformat())),
                "range": "min:max",
            },
        )
        pages = defaultdict(list)
        if uids := [one.UID for one in meetings]:
            for brain in catalog(portal_type="MeetingDocument", review_state="published", meeting_uid=uids):
                pages[brain.meeting_uid].append(
                    brain.page_count if isinstance(brain.page_count, int) else None
                )
        return [
            statistics.MeetingFacts(one.host_unit or "", tuple(pages[one.UID]), answers_in(one.getObject()))
            for one in meetings
        ]

    @cached_property
    def figures(self) -> tuple:
        """Figures by unit, and the total."""
        return statistics.count(self.facts)

    @property
    def total(self) -> statistics.Figures:
        """The figures of all units."""
        return self.figures[1]

    @cached_property
    def rows(self) -> list[dict]:
        """One row a unit, by name; ``percent`` is the bar's length against the longest."""
        units, _total = self.figures
        names = unit_names(units)
        longest = max((one.meetings for one in units.values()), default=0)
        order = sorted(units, key=lambda unit: collation_key(names.get(unit, unit)))
        return [
            {
                "name": names.get(unit, unit),
                "percent": round(100 * units[unit].meetings / longest),
                "figures": self.cells(units[unit]),
            }
            for unit in order
        ]

    def cells(self, figures) -> list[int]:
        """Return the numbers of a row in the order of the columns."""
        return [getattr(figures, name) for name, _title in COLUMNS]

    def columns(self) -> list:
        """Return the headings of the numbers."""
        return [title for _name, title in COLUMNS]

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"{api.portal.get().absolute_url()}/@@statistics"

    def sheet_url(self) -> str:
        """Return where the same table is to be had as a spreadsheet."""
        period = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return f"{self.url}.xlsx?{urlencode(period)}"


def answers_in(meeting) -> tuple | None:
    """Return the answers of the delegates, None if they are not for the present user."""
    may = getSecurityManager().checkPermission
    if not any(may(permission, meeting) for permission in SEES_ANSWERS):
        return None
    kept = participation.records(meeting).values()
    return tuple(one.answer for one in kept if one.part in statistics.COUNTED_PARTS)


class StatisticsSheet(Statistics):
    """``@@statistics.xlsx``: the same table as a spreadsheet."""

    def __call__(self):
        stream = BytesIO()
        book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, len(COLUMNS), 18)
        sheet.write_string(0, 0, f"{self.first:%d/%m/%Y} – {self.last:%d/%m/%Y}", bold)
        for column, title in enumerate((_("Host unit"), *self.columns())):
            sheet.write_string(2, column, translate(title, context=self.request), bold)
        total = {"name": translate(_("Total"), context=self.request), "figures": self.cells(self.total)}
        for line, row in enumerate([*self.rows, total], 3):
            sheet.write_string(line, 0, plain(row["name"]))
            for column, number in enumerate(row["figures"], 1):
                sheet.write_number(line, column, number)
        sheet.freeze_panes(3, 1)
        book.close()
        period = {"from": self.first, "to": self.last}
        record("export.statistics", details={"rows": len(self.rows), **period})
        response = self.request.response
        response.setHeader("Content-Type", SHEET)
        name = f"thong-ke-{self.first:%Y%m%d}-{self.last:%Y%m%d}.xlsx"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return stream.getvalue()


def plain(text: str) -> str:
    """Return *text* so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

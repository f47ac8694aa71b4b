"""``<unit>/@@occupancy``: how much rooms and sites are used, as pictures and as tables."""

from datetime import date
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from hopso import _
from hopso.audit.log import record
from hopso.calendars.occupancy.api import occupancy_of
from hopso.calendars.occupancy.api import things_of
from hopso.core.links import add_link
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.core.text import WEEKDAYS
from hopso.operations_desk import sheets
from Products.Five.browser import BrowserView
from zope.i18n import translate


PERMISSION = "hopso: View occupancy"
LONGEST = timedelta(days=400)
USUAL = timedelta(days=89)
BAR, LINE, NAMES, WIDTH, CHART = 16, 28, 240, 680, 25
# The hours of the heat table, wider where something lies outside of them.
EARLIEST, LATEST, SHADES = 7, 18, 4
KINDS = {"room": _("Room"), "site": _("Site")}
add_link("unit", PERMISSION, _("Occupancy of rooms and sites"), "@@occupancy", order=45)


class OccupancyPage(BrowserView):
    """The page of a unit; figures only."""

    hs_section = "calendar"
    page_title = _("Occupancy of rooms and sites")
    day_text = staticmethod(day_text)

    @cached_property
    def last(self) -> date:
        """Last day: by default the end of this month."""
        today = local(now()).date()
        month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        wanted = read_day(self.request.form.get("to"), month_end)
        return min(max(wanted, date(2000, 1, 1)), date(2100, 1, 1))

    @cached_property
    def first(self) -> date:
        """First day; no more than LONGEST before the last."""
        wanted = read_day(self.request.form.get("from"), self.last - USUAL)
        return max(min(wanted, self.last), self.last - LONGEST)

    @property
    def weekly(self) -> bool:
        """Tell whether figures are told by week, else by month."""
        return self.request.form.get("by") == "week"

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    @cached_property
    def things(self):
        """The rooms and sites."""
        return things_of(self.context)

    @cached_property
    def found(self):
        """The figures."""
        return occupancy_of(self.things, self.first, self.last, self.weekly)

    def rows(self) -> list[dict]:
        """Return one row a room or site."""
        return [
            {"title": one.title, "kind": self.t(KINDS[one.kind]), "unit": one.unit}
            | self._told(self.found.things[one.key])
            for one in self.things
        ]

    def _told(self, figures) -> dict:
        return {
            "meetings": figures.meetings,
            "taken": number(figures.taken),
            "inside": number(figures.inside),
            "bookable": number(figures.bookable),
            "rate": percent(figures.rate),
            "share": figures.rate,
            "online": percent(figures.online_share),
        }

    def total(self) -> dict:
        """Return the figures of all together."""
        return self._told(self.found.total)

    def buckets(self) -> list[dict]:
        """Return one row a month or week."""
        return [
            {"title": self._bucket(day)} | self._told(self.found.buckets[day])
            for day in sorted(self.found.buckets)
        ]

    def _bucket(self, day) -> str:
        if self.weekly:
            return self.t(
                _(
                    "Week ${number}, from ${day}",
                    mapping={"number": day.isocalendar()[1], "day": day_text(day)},
                )
            )
        return self.t(_("Month ${month}", mapping={"month": f"{day:%m/%Y}"}))

    def chart_things(self) -> dict:
        """Return the picture of the rooms and sites, the busiest first."""
        rows = sorted(self.rows(), key=lambda one: -(one["share"] or 0))[:CHART]
        return chart([(one["title"], one["share"] or 0, one["rate"]) for one in rows])

    def chart_buckets(self) -> dict:
        """Return the picture of the months or weeks."""
        return chart([(one["title"], one["share"] or 0, one["rate"]) for one in self.buckets()])

    def hours(self) -> list[int]:
        """Return the hours of the heat table."""
        used = [hour for _weekday, hour in self.found.heat]
        return list(range(min([EARLIEST, *used]), max([LATEST - 1, *used]) + 1))

    def heat(self) -> list[dict]:
        """Return the rows of the heat table: title, cells (text, class)."""
        names = WEEKDAYS["vi" if (self.request.get("LANGUAGE") or "vi").startswith("vi") else "en"]
        most = max(self.found.heat.values(), default=0)
        rows = []
        for weekday in range(7):
            values = [self.found.heat.get((weekday, hour), 0) for hour in self.hours()]
            if weekday < 5 or any(values):
                cells = [
                    {"text": number(one) if one else "", "css": f"is-{shade(one, most)}"} for one in values
                ]
                rows.append({"title": names[weekday], "cells": cells})
        return rows

    def link(self, view: str = "occupancy") -> str:
        """Return the address of another view with the same choice."""
        query = {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "by": "week" if self.weekly else "month",
        }
        return f"{self.context.absolute_url()}/@@{view}?{urlencode(query)}"


class OccupancySheet(OccupancyPage):
    """``@@occupancy.xlsx``: the same rows."""

    HEADINGS = (
        ("title", _("Room or site"), 34),
        ("kind", _("Kind"), 12),
        ("unit", _("Unit"), 34),
        ("meetings", _("Meetings"), 12),
        ("taken", _("Hours taken"), 14),
        ("inside", _("Of these in bookable hours"), 18),
        ("bookable", _("Bookable hours"), 16),
        ("rate", _("Occupancy"), 12),
        ("online", _("Held online"), 14),
    )

    def __call__(self):
        rows = [[row[name] for name, _title, _width in self.HEADINGS] for row in self.rows()]
        record("export.occupancy", self.context, details={"rows": len(rows)})
        headings = [(title, width) for _name, title, width in self.HEADINGS]
        return sheets.send(
            self.request.response, "su-dung-phong-hop", sheets.sheet(headings, rows, self.request)
        )


def number(hours: float) -> str:
    """Return hours as people write them: 12 or 12,5."""
    return f"{round(hours, 1):g}".replace(".", ",")


def percent(value: float | None) -> str:
    """Return a share, a dash where there is none."""
    return "–" if value is None else f"{number(value)} %"


def shade(value: float, most: float) -> int:
    """Return which of the shades a cell gets; 0: none."""
    return 0 if not value or not most else max(1, min(SHADES, -(-int(SHADES * 1000 * value / most) // 1000)))


def chart(bars) -> dict:
    """Return what the picture draws: (name, percent, text) a bar."""
    length = WIDTH - NAMES - 60
    return {
        "box": f"0 0 {WIDTH} {max(1, LINE * len(bars))}",
        "from": NAMES,
        "length": length,
        "bars": [
            {
                "name": name if len(name) <= 34 else f"{name[:33]}…",
                "y": place * LINE + (LINE - BAR) // 2,
                "text_y": place * LINE + LINE // 2 + 5,
                "width": round(length * min(share, 100) / 100),
                "end": NAMES + length + 8,
                "share": text,
            }
            for place, (name, share, text) in enumerate(bars)
        ],
    }

"""``<unit>/@@usage``: how leaders and staff use the system (BD-12.2.a, BD-12.2.b/1)."""

from datetime import date
from datetime import timedelta
from urllib.parse import urlencode

from hopso import _
from hopso.audit.log import record
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.operations_desk import sheets
from hopso.operations_desk import usage
from hopso.operations_desk.place import ids_within
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.names import unit_names
from plone.memoize.view import memoize


PERIOD = timedelta(days=90)
CHART = 20  # bars
BAR, LINE, NAMES, WIDTH = 16, 28, 200, 640


class Period:
    """The days that are asked for: the last 90 if none are."""

    @property
    def first(self) -> date:
        """First day."""
        return read_day(self.request.form.get("from"), self.last - PERIOD)

    @property
    def last(self) -> date:
        """Last day, never after today."""
        today = local(now()).date()
        return min(read_day(self.request.form.get("to"), today), today)


class Usage(Period, DeskPage):
    """The page of a unit."""

    label = _("Use of the system")

    @property
    def page_title(self):
        return self.label

    @property
    def below(self) -> bool:
        """Tell whether the units below count as well."""
        return self.request.form.get("below") == "1"

    @property
    def everybody(self) -> bool:
        """Tell whether staff are shown beside leaders."""
        return self.request.form.get("who") == "all"

    @property
    @memoize
    def uses(self) -> list[usage.Use]:
        """One entry a person."""
        units = sorted(ids_within(self.context)) if self.below else [self.context.getId()]
        found = usage.usage(units, self.first, self.last)
        return found if self.everybody else [one for one in found if one.leader]

    @memoize
    def rows(self) -> list[dict]:
        """Return the rows of the table."""
        units = unit_names(one.unit for one in self.uses)
        return [
            {
                "name": one.name,
                "what": one.position or self.t(FUNCTION_TITLES[one.function]),
                "unit": units.get(one.unit, ""),
                "last_login": when(one.last_login),
                "meetings": one.meetings,
                "published": one.published,
                "opened": one.opened,
                "percent": one.percent,
                "share": "–" if one.percent is None else f"{one.percent} %",
                "unanswered": one.unanswered,
                "unread": one.unread,
            }
            for one in self.uses
        ]

    def never(self) -> int:
        """How many people have not come in yet."""
        return sum(1 for one in self.uses if one.last_login is None)

    def total(self) -> dict:
        """Return the sums over all rows."""
        names = ("published", "opened", "unanswered", "unread")
        sums = {name: sum(getattr(one, name) for one in self.uses) for name in names}
        sums["share"] = f"{round(100 * sums['opened'] / sums['published'])} %" if sums["published"] else "–"
        return sums

    def chart(self) -> dict | None:
        """Return what the picture draws: share of documents opened, one bar a person; None without any."""
        shown = [one for one in self.rows() if one["percent"] is not None]
        shown = sorted(shown, key=lambda one: -one["percent"])[:CHART]
        if not shown:
            return None
        length = WIDTH - NAMES - 60
        return {
            "box": f"0 0 {WIDTH} {LINE * len(shown)}",
            "from": NAMES,
            "length": length,
            "bars": [
                {
                    "name": one["name"],
                    "y": number * LINE + (LINE - BAR) // 2,
                    "text_y": number * LINE + LINE // 2 + 5,
                    "width": max(1, round(length * one["percent"] / 100)),
                    "end": NAMES + length + 8,
                    "share": one["share"],
                }
                for number, one in enumerate(shown)
            ],
        }

    def link(self, view: str = "usage", **changes) -> str:
        """Return the address of the page, or of another view, with the present choice."""
        kept = {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "below": "1" if self.below else "",
            "who": "all" if self.everybody else "",
            **changes,
        }
        return f"{self.url}/@@{view}?{urlencode({name: one for name, one in kept.items() if one})}"

    def sheet_url(self) -> str:
        """Return where the table is to be had as a spreadsheet."""
        return self.link("usage.xlsx")


class UsageSheet(Usage):
    """``<unit>/@@usage.xlsx``."""

    HEADINGS = (
        ("name", _("Full name"), 26),
        ("what", _("Position"), 26),
        ("unit", _("Unit"), 32),
        ("last_login", _("Last login"), 18),
        ("meetings", _("Meetings"), 12),
        ("published", _("Documents published"), 16),
        ("opened", _("Documents opened"), 16),
        ("share", _("Share"), 10),
        ("unanswered", _("Invitations without an answer"), 18),
        ("unread", _("Meetings not read"), 18),
    )

    def __call__(self):
        rows = [[row[name] for name, _title, _width in self.HEADINGS] for row in self.rows()]
        record("export.usage", self.context, details={"rows": len(rows)})
        headings = [(title, width) for _name, title, width in self.HEADINGS]
        return sheets.send(self.request.response, "su-dung", sheets.sheet(headings, rows, self.request))


class OwnUsage(Period, DeskPage):
    """The present user's own figures; a card for pages about oneself (macro ``card``)."""

    @memoize
    def figures(self) -> list[dict]:
        """Return title and number."""
        one = usage.usage_of(self.user_id, self.first, self.last)
        return [
            {"title": _("Meetings"), "text": one.meetings},
            {"title": _("Documents published"), "text": one.published},
            {"title": _("Documents opened"), "text": one.opened},
            {"title": _("Invitations without an answer"), "text": one.unanswered},
            {"title": _("Meetings not read"), "text": one.unread},
        ]

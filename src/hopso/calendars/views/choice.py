"""What a page of the calendar shows: whose, how, when.  Everything stands in the address."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from urllib.parse import urlencode

from hopso import _
from hopso.core.moments import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.core.text import WEEKDAYS


KINDS = (
    ("mine", _("Mine")),
    ("room", _("Room")),
    ("site", _("Site")),
    ("unit", _("Unit")),
    ("person", _("A person")),
    ("bridge", _("Bridge")),
)
VIEWS = (("day", _("Day")), ("week", _("Week")), ("month", _("Month")), ("list", _("List")))
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Choice:
    """kind and key as ``events_between`` takes them; view: one of VIEWS; day: in the time shown."""

    kind: str
    key: str
    view: str
    day: date
    given: bool = False  # the address names a view

    @property
    def first(self) -> date:
        """First day shown."""
        if self.view == "day":
            return self.day
        if self.view == "month":
            return self.day.replace(day=1)
        return monday(self.day)

    @property
    def after(self) -> date:
        """The day after the last one shown."""
        if self.view == "month":
            return (self.first + timedelta(days=32)).replace(day=1)
        return self.first + timedelta(days=1 if self.view == "day" else 7)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Beginning and end as aware moments."""
        return start_of(self.first), start_of(self.after)

    def moved(self, steps: int) -> "Choice":
        """Return the same so many days, weeks or months later."""
        if steps >= 0:
            return replace(self, day=min(self.after, LAST_DAY))
        return replace(self, day=max(self.first - timedelta(days=1), FIRST_DAY))

    def parameters(self, **changes) -> str:
        """Return the query string; an empty value leaves its name out."""
        values = {
            "kind": self.kind,
            "key": self.key,
            "view": self.view,
            "date": self.day.isoformat(),
            **changes,
        }
        return urlencode({name: value for name, value in values.items() if value})

    def heading(self, language: str = "vi") -> str:
        """Return which days these are, for people."""
        last, vietnamese = self.after - timedelta(days=1), language.startswith("vi")
        if self.view == "day":
            return f"{WEEKDAYS['vi' if vietnamese else 'en'][self.first.weekday()]} {self.first:%d/%m/%Y}"
        if self.view == "month":
            return f"Tháng {self.first:%m/%Y}" if vietnamese else f"{self.first:%m/%Y}"
        return f"{self.first:%d/%m/%Y} – {last:%d/%m/%Y}"


def read_choice(form) -> Choice:
    """Return what *form* asks for; nonsense falls back to the own week of today."""

    def text(name: str) -> str:
        value = form.get(name, "")
        return value.strip()[:200] if isinstance(value, str) else ""

    kind = text("kind") if text("kind") in dict(KINDS) else "mine"
    view = text("view") if text("view") in dict(VIEWS) else ""
    today = local(now()).date()
    day = read_day(text("date"), today)
    day = day if FIRST_DAY <= day < LAST_DAY else today
    return Choice(kind, text("key") if kind != "mine" else "", view or "week", day, bool(view))


def monday(day: date) -> date:
    """Return the Monday of the week of *day*."""
    return day - timedelta(days=day.weekday())


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Viet Nam, aware."""
    return datetime.combine(day, time(), tzinfo=LOCAL)

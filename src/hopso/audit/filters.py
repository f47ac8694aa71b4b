"""What the reader of the log asked for: the form of the page, the export and the service."""

from datetime import datetime
from datetime import time
from datetime import timedelta
from urllib.parse import urlencode

from hopso.audit.reading import Query
from hopso.core.text import LOCAL
from hopso.core.text import read_day


TEXTS = ("person", "subject", "operation", "uid", "unit", "address")
FLAGS = ("refused", "override")


class Filters:
    """The fields of the form, each checked."""

    def __init__(self, form):
        def text(name):
            value = form.get(name, "")
            return value.strip()[:200] if isinstance(value, str) else ""

        self.texts = {name: text(name) for name in TEXTS}
        self.flags = {name: bool(text(name)) for name in FLAGS}
        self.from_day = read_day(text("from"))
        self.to_day = read_day(text("to"))
        # What could not be read stays in its field, and is said.
        self.typed = {"from": text("from"), "to": text("to")}
        after = text("after")
        self.after = int(after) if after.isdecimal() and len(after) < 20 else 0

    def __getattr__(self, name):
        if name in TEXTS:
            return self.texts[name]
        if name in FLAGS:
            return self.flags[name]
        raise AttributeError(name)

    @property
    def unreadable(self) -> list[str]:
        """Return the names of date fields that could not be read."""
        days = {"from": self.from_day, "to": self.to_day}
        return [name for name, typed in self.typed.items() if typed and days[name] is None]

    def query(self, reach: frozenset | None) -> Query:
        """Return what is to be looked for; both days are included."""
        since = datetime.combine(self.from_day, time(), tzinfo=LOCAL) if self.from_day else None
        until = (
            datetime.combine(self.to_day + timedelta(days=1), time(), tzinfo=LOCAL) if self.to_day else None
        )
        return Query(since, until, **self.texts, **self.flags, reach=reach)

    def day(self, name: str) -> str:
        """Return a day for its field."""
        value = {"from": self.from_day, "to": self.to_day}[name]
        return f"{value:%d/%m/%Y}" if value else self.typed[name]

    def address_part(self, **changes) -> str:
        """Return the filters as a query string, with *changes*."""
        values = {**self.texts, "from": self.day("from"), "to": self.day("to")}
        values |= {name: "1" for name, chosen in self.flags.items() if chosen}
        return urlencode({name: value for name, value in (values | changes).items() if value})

    def plain(self) -> dict:
        """Return what was chosen, for the entry about an export."""
        values = {**self.texts, **{name: chosen for name, chosen in self.flags.items() if chosen}}
        days = {"from": self.from_day, "to": self.to_day}
        return {name: value for name, value in (values | days).items() if value}

"""The login log as far as its reader looks after the accounts: filter, lines, reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from urllib.parse import urlencode

from hopso.accounts import logins
from hopso.accounts.logins import Login
from hopso.accounts.logins import OUTCOMES
from hopso.accounts.reach import ADMINS
from hopso.accounts.reach import find_unit
from hopso.accounts.reach import is_system
from hopso.accounts.reach import units_below
from hopso.accounts.records import account_of
from hopso.core import errors
from hopso.core.moments import LOCAL
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.organisation.assignments import functions_of
from plone import api


PAGE = 50
# Without a filter by day, so much of the past is shown.
DAYS = 30
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Filter:
    """What the reader asked for; both days are included."""

    person: str = ""
    outcome: str = ""
    address: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1

    def query(self, **changes) -> str:
        """Return it as a query string, with *changes*."""
        values = {
            "person": self.person,
            "outcome": self.outcome,
            "address": self.address,
            "from": self.first or "",
            "to": self.last or "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True)
class Found:
    """One page of lines; *more*: there are older ones."""

    lines: list[Login]
    more: bool


def read_filter(form: dict) -> Filter:
    """Read the filter from a form; what makes no sense is left out."""

    def text(name):
        value = form.get(name, "")
        return value.strip()[:LONGEST_QUERY] if isinstance(value, str) else ""

    page = text("page")
    return Filter(
        text("person"),
        text("outcome") if text("outcome") in OUTCOMES else "",
        text("address"),
        read_day(text("from")),
        read_day(text("to")),
        max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,
    )


def units_in_reach() -> set[str] | None:
    """Return the ids of the units whose accounts the present user looks after, None: all.

    Raises Denied if there are none.
    """
    if is_system():
        return None
    found = set()
    for one in functions_of(api.user.get_current().getId()):
        unit = find_unit(one.unit) if one.function == ADMINS else None
        if unit is not None:
            found |= set(units_below(unit))
    if not found:
        raise errors.Denied()
    return found


def in_reach(user_id: str, units: set[str] | None) -> bool:
    """Tell whether a person's logins may be seen by somebody who looks after *units* (None: all)."""
    if units is None:
        return True
    account = account_of(user_id)
    return account is not None and account.unit in units


def lines(wanted: Filter) -> Iterator[Login]:
    """Yield the lines that fit and that the present user may see, the newest first.  Raises Denied."""
    units, book = units_in_reach(), logins.login_book()
    since, until = bounds(wanted)
    if wanted.person:
        if not in_reach(wanted.person, units):
            return
        source = book.of_user(wanted.person, since, until)
    else:
        source = book.between(since, until)
    for line in source:
        if wanted.outcome and line.outcome != wanted.outcome:
            continue
        if wanted.address and not line.address.startswith(wanted.address):
            continue
        if in_reach(line.user_id, units):
            yield line


def bounds(wanted: Filter) -> tuple[datetime, datetime | None]:
    """Return the moments between which lines are wanted."""
    first = wanted.first or local(now() - timedelta(days=DAYS)).date()
    since = datetime.combine(first, time(), tzinfo=LOCAL)
    if wanted.last is None or wanted.last == date.max:
        return since, None
    return since, datetime.combine(wanted.last + timedelta(days=1), time(), tzinfo=LOCAL)


def search(wanted: Filter, limit: int = PAGE) -> Found:
    """Return one page of what fits."""
    found, skip = [], (wanted.page - 1) * limit
    for number, line in enumerate(lines(wanted)):
        if number < skip:
            continue
        if len(found) == limit:
            return Found(found, True)
        found.append(line)
    return Found(found, False)

"""``<unit>/@@accounts``: the accounts of a unit and of those below; ``/don-vi/@@accounts`` all."""

from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from hopso import _
from hopso.accounts import functions  # noqa: F401  (its operations are known once pages are)
from hopso.accounts import guests  # noqa: F401  (likewise)
from hopso.accounts import listing
from hopso.accounts import personnel
from hopso.accounts.administration import labels
from hopso.accounts.logins import last_logins
from hopso.accounts.vocabularies import EMPLOYMENT_TITLES
from hopso.core.operation import find_operation
from hopso.core.text import date_text
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.organisation.content import IUnit
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import unit_brains
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


PAGE = 50


def read_filter(form) -> listing.Filter:
    """Return the filter in *form*; unknown values are left out."""

    def text(name, known=None):
        value = form.get(name, "")
        value = value.strip()[:200] if isinstance(value, str) else ""
        return value if known is None or value in known else ""

    return listing.Filter(
        text("q"),
        text("function", FUNCTION_TITLES),
        text("kind", EMPLOYMENT_TITLES),
        text("state", listing.STATES),
        text("below") != "no",
    )


def query_of(wanted: listing.Filter, **changes) -> str:
    """Return a filter as a query string, with *changes*."""
    values = {
        "q": wanted.words,
        "function": wanted.function,
        "kind": wanted.kind,
        "state": wanted.state,
        "below": "" if wanted.below else "no",
    } | changes
    return urlencode({name: value for name, value in values.items() if value})


class AccountsPage(BrowserView):
    """The list; the template only arranges it."""

    page_title = _("Accounts")
    dialogs_template = ViewPageTemplateFile("../../meetings/views/templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of one operation."""
        return self.dialogs_template.macros["dialog"]

    @cached_property
    def token(self) -> str:
        return createToken()

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    @property
    def is_unit(self) -> bool:
        """Tell whether this is the list of a unit, not of the province."""
        return IUnit.providedBy(self.context)

    @cached_property
    def filter(self) -> listing.Filter:
        return read_filter(self.request.form)

    @cached_property
    def found(self) -> list[listing.Line]:
        return listing.find(self.context, self.filter)

    @cached_property
    def problems(self) -> list:
        """Return the accounts that should not be open."""
        return listing.left_but_active(self.context)

    @cached_property
    def units(self) -> dict[str, dict]:
        """Return id -> title and address of the units in reach."""
        return {one.getId: {"title": one.Title, "url": one.getURL()} for one in unit_brains()}

    @property
    def page(self) -> int:
        wanted = self.request.form.get("page", "1")
        number = int(wanted) if isinstance(wanted, str) and wanted.isdecimal() and len(wanted) < 6 else 1
        return max(1, min(number, self.pages))

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.found) // PAGE))

    @property
    def count(self) -> int:
        return len(self.found)

    def crumb(self) -> list[dict]:
        """Return the units above and this one."""
        found, above = [], self.context if self.is_unit else None
        while above is not None:
            found.insert(0, {"title": above.title, "url": above.absolute_url()})
            above = unit_of(above.__parent__)
        return found

    def rows(self) -> list[dict]:
        """Return what the page shows of the list."""
        lines = self.found[(self.page - 1) * PAGE : self.page * PAGE]
        seen = last_logins([line.user_id for line in lines])
        return [self.row(line, seen.get(line.user_id)) for line in lines]

    def row(self, line: listing.Line, seen=None) -> dict:
        """Return an account as texts."""
        account = line.account
        told = account.unit == self.own or any(one.unit == account.unit for one in line.functions)
        return {
            "user": line.user_id,
            "name": line.fullname,
            "email": line.email,
            "unit": "" if told else self.units.get(account.unit, {}).get("title", ""),
            "url": self.account_url(account),
            "functions": [self.function(one) for one in line.functions],
            "kind": EMPLOYMENT_TITLES.get(account.employment_kind, ""),
            "tag": labels.tag(account),
            "seen": date_text(seen) if seen else "",
        }

    @property
    def own(self) -> str:
        """Return the id of the unit of the page."""
        return self.context.getId() if self.is_unit else ""

    def account_url(self, account) -> str:
        """Return the address of the page of an account."""
        home = self.units.get(account.unit, {}).get("url", self.url)
        return f"{home}/@@account?{urlencode({'user': account.user_id})}"

    def function(self, one) -> dict:
        """Return a function as text: what, where (if elsewhere), position."""
        where = self.units.get(one.unit, {}).get("title", "") if one.unit != self.own else ""
        return {"title": FUNCTION_TITLES[one.function], "where": where, "position": one.position}

    def choices(self, name: str) -> list[dict]:
        """Return the choices of a filter."""
        titles = {
            "function": FUNCTION_TITLES,
            "kind": EMPLOYMENT_TITLES,
            "state": labels.FILTER_STATES,
        }[name]
        chosen = getattr(self.filter, name)
        return [
            {"value": value, "title": title, "selected": value == chosen} for value, title in titles.items()
        ]

    def pager(self) -> dict:
        """Return the numbers and links below the list."""

        def link(page):
            return f"{self.url}/@@accounts?{query_of(self.filter, page=page)}"

        return {
            "page": self.page,
            "pages": self.pages,
            "before": link(self.page - 1) if self.page > 1 else "",
            "after": link(self.page + 1) if self.page < self.pages else "",
        }

    def export_url(self, form: str) -> str:
        """Return the address of the export with the present filters."""
        return f"{self.url}/@@export-accounts?{query_of(self.filter, format=form)}"

    def problem_rows(self) -> list[dict]:
        """Return the list "left but active" as texts."""
        return [
            {
                "name": line.fullname,
                "url": self.account_url(line.account),
                "unit": self.units.get(line.account.unit, {}).get("title", ""),
                "reason": labels.PROBLEMS[reason],
                "gone": reason == listing.LEFT,
            }
            for line, reason in self.problems
        ]

    def has_filter(self) -> bool:
        return self.filter != listing.Filter(below=self.filter.below)

    def lag(self) -> str:
        """Return the median of days between decision and entry within a year, "" if nothing was decided."""
        since = personnel.today() - timedelta(days=365)
        found = personnel.median_lag(listing.accounts_of(self.context), since)
        return "" if found is None else f"{found:g}".replace(".", ",")

    def dialogs(self) -> list[dict]:
        """Return the dialogs of the page: the first administrator, for those who may name her."""
        if not self.is_unit:
            return []
        onboard = find_operation(self.context, "unit.onboard")
        if not onboard.allowed(self.context) or onboard.findings(self.context):
            return []
        return [dict(button_of_quiet(onboard, self.context), came_from=f"{self.url}/@@accounts")]

    def orders(self) -> bool:
        """Tell whether people can be chosen here for an order."""
        return self.is_unit

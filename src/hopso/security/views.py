"""The pages: who can see this, what can this person see."""

import csv
import io
from urllib.parse import urlencode

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from hopso import _
from hopso.accounts.records import account_of
from hopso.audit.exports import harmless_cell
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.meetings.content import IMeeting
from hopso.meetings.place import meeting_of
from hopso.meetings.views import labels
from hopso.organisation.vocabularies import unit_brains
from hopso.security.explain import ANYBODY
from hopso.security.explain import EVERYBODY
from hopso.security.explain import who_can_see
from hopso.security.labels import ROLE_TITLES
from hopso.security.report import closed_title
from hopso.security.report import say
from hopso.security.report import what_can_see
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser import BrowserView


PAGE = 50
PARTS_OF_MEETINGS = ("MeetingDocument", "Minutes", "ConclusionNotice")
MANAGE_ACCOUNTS = "hopso: Manage accounts"
COLUMNS = (_("Full name"), _("User name"), _("Role"), _("Why"), _("Since"), _("Until"))
EVERYBODY_TITLES = {EVERYBODY: _("Everybody who is logged in"), ANYBODY: _("Anybody")}


def moment_text(moment) -> str:
    """Return a moment for a table, empty for none."""
    return datetime_text(moment) if moment else ""


def table_of(request, name: str, header, rows) -> bytes:
    """Answer with a CSV file that spreadsheet programs read and take no formula from."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(one, request) for one in header])
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    response = request.response
    response.setHeader("Content-Type", "text/csv; charset=utf-8")
    response.setHeader("Content-Disposition", f'attachment; filename="{name}.csv"')
    response.setHeader("Cache-Control", "private, no-store")
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def title_for_reader(obj):
    """Return the title of *obj*, or, to those who may not read it, only where and when its meeting is."""
    if getSecurityManager().checkPermission("View", obj):
        return obj.Title()
    meeting = meeting_of(obj)
    return closed_title(meeting) if meeting is not None else obj.getId()


class WhoCanSee(BrowserView):
    """``<object>/@@who-can-see``, ``?format=csv``."""

    @property
    def page_title(self):
        return _("Who can see this?")

    def __call__(self):
        if self.request.form.get("format") == "csv":
            return self._export()
        return super().__call__()

    def title(self) -> str:
        return say(title_for_reader(self.context), self.request)

    def readable(self) -> bool:
        return bool(getSecurityManager().checkPermission("View", self.context))

    def state(self) -> dict | None:
        """Return name and class of a meeting's state, by which rights change; None elsewhere."""
        return (
            labels.tag(labels.STATES, state_of(self.context)) if IMeeting.providedBy(self.context) else None
        )

    @property
    @memoize
    def rows(self) -> list[dict]:
        """Return the rows, one a person and reason."""
        return [access_row(one, self.request) for one in who_can_see(self.context)]

    def people(self) -> int:
        """Return how many people are named; none where everybody may."""
        named = {row["user_id"] for row in self.rows}
        return 0 if named & set(EVERYBODY_TITLES) else len(named)

    def parts(self) -> list[dict]:
        """Return the documents and minutes of a meeting that the reader may see, with their own pages."""
        if not IMeeting.providedBy(self.context):
            return []
        found = api.portal.get_tool("portal_catalog")(
            path="/".join(self.context.getPhysicalPath()),
            portal_type=PARTS_OF_MEETINGS,
            sort_on="sortable_title",
        )
        return [{"title": one.Title, "url": f"{one.getURL()}/@@who-can-see"} for one in found]

    def _export(self):
        with harmless_write():
            record("export.access", self.context, details={"rows": len(self.rows)})
        names = ("name", "user_id", "role", "cause", "since", "until")
        return table_of(
            self.request, "ai-xem-duoc", COLUMNS, ([row[name] for name in names] for row in self.rows)
        )


def access_row(one, request) -> dict:
    """Return an Access as texts."""
    return {
        "user_id": one.user_id,
        "name": say(EVERYBODY_TITLES[one.user_id], request) if one.user_id in EVERYBODY_TITLES else one.name,
        "role": say(ROLE_TITLES.get(one.role, one.role), request),
        "cause": say(one.cause, request),
        "source": one.source,
        "since": moment_text(one.since),
        "until": moment_text(one.until),
        "temporary": one.until is not None,
    }


class WhatCanSee(BrowserView):
    """``/@@what-can-see?user=``, ``&page=``, ``&format=csv``: for administrators of the home unit."""

    name = "what-can-see"

    @property
    def page_title(self):
        return _("What can this person see?")

    @property
    def user_id(self) -> str:
        value = self.request.form.get("user", "")
        return value if isinstance(value, str) else ""

    def __call__(self):
        self.found = bool(self.user_id) and api.user.get(userid=self.user_id) is not None
        if self.user_id and not self.may_ask():
            raise Unauthorized(self.name)
        if self.found and self.request.form.get("format") == "csv":
            return self._export()
        return super().__call__()

    def may_ask(self) -> bool:
        """Tell whether the present user keeps the account in question."""
        return may_ask_about(self.user_id)

    @property
    def page(self) -> int:
        value = self.request.form.get("page", "1")
        return max(1, int(value)) if isinstance(value, str) and value.isdecimal() and len(value) < 6 else 1

    @property
    @memoize
    def report(self):
        return what_can_see(self.user_id, (self.page - 1) * PAGE, PAGE)

    def lines(self, rows) -> list[dict]:
        """Return rows of the report as texts."""
        return [report_row(one, self.request) for one in rows]

    def counts(self) -> list[dict]:
        titles = {
            "Meeting": _("Meetings"),
            "MeetingDocument": _("Meeting documents"),
            "Minutes": _("Minutes"),
            "ConclusionNotice": _("Conclusion notices"),
        }
        return [{"title": titles[name], "count": count} for name, count in self.report.counts.items()]

    def expires(self) -> str:
        return moment_text(self.report.expires)

    def url(self, **changes) -> str:
        """Return the address of this page with other parameters."""
        query = {"user": self.user_id, **changes}
        return f"{self.context.absolute_url()}/@@{self.name}?{urlencode(query)}"

    def more(self) -> bool:
        return self.report.meetings_total > self.page * PAGE

    def _export(self):
        everything = what_can_see(self.user_id, 0, None)
        rows = [*everything.site, *everything.functions, *everything.meetings]
        with harmless_write():
            record("export.access", subject=self.user_id, details={"rows": len(rows)})
        lines = (
            [row["what"], row["role"], row["cause"], row["since"], row["until"]] for row in self.lines(rows)
        )
        header = (_("Unit or meeting"), _("Role"), _("Why"), _("Since"), _("Until"))
        return table_of(self.request, "xem-duoc-gi", header, lines)


class WhatCanISee(WhatCanSee):
    """``/@@what-can-i-see``: the same for oneself."""

    name = "what-can-i-see"

    @property
    def page_title(self):
        return _("What can I see?")

    @property
    def user_id(self) -> str:
        return api.user.get_current().getId()

    def may_ask(self) -> bool:
        return True


def may_ask_about(user_id: str) -> bool:
    """Tell whether the present user keeps the account of a person: by home unit, or for the whole site."""
    may = getSecurityManager().checkPermission
    if may(MANAGE_ACCOUNTS, api.portal.get()):
        return True
    account = account_of(user_id)
    if account is None or not account.unit:
        return False
    for brain in unit_brains():
        if brain.getId == account.unit:
            return bool(may(MANAGE_ACCOUNTS, brain._unrestrictedGetObject()))
    return False


def report_row(one, request) -> dict:
    """Return a Row as texts."""
    return {
        "what": say(one.what, request),
        "url": one.url,
        "role": say(ROLE_TITLES.get(one.role, one.role), request),
        "cause": say(one.cause, request),
        "since": moment_text(one.since),
        "until": moment_text(one.until),
    }

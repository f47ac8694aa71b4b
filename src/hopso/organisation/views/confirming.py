"""Confirming the data of a unit, and the list of what is overdue."""

from hopso import _
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core.text import datetime_text
from hopso.core.text import name_key
from hopso.organisation import confirming
from hopso.organisation import sheets
from hopso.organisation.content import IUnit
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.managed import position_text
from hopso.organisation.names import person_names
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.i18n import translate


class ConfirmUnit(BrowserView):
    """``<unit>/@@confirm``: what is to be confirmed, and the button."""

    page_title = _("Confirm the data of the unit")
    hs_section = "units"

    @property
    @memoize
    def data(self) -> dict:
        """What is to be looked at."""
        return confirming.to_look_at(self.context)

    def contact(self) -> list[dict]:
        """Return the fields of the form, with their values."""
        return [
            {
                "name": name,
                "title": confirming.IContact[name].title,
                "value": self.data["contact"][name],
                "long": name == "contact",
            }
            for name in confirming.CONTACT
        ]

    def head(self) -> dict | None:
        """Return the head as the picker shows it."""
        user_id = self.data["head"]
        return {"value": user_id, "title": person_names([user_id])[user_id]} if user_id else None

    def people(self) -> list[dict]:
        """Return who has which functions here."""
        functions = self.data["functions"]
        names = person_names(functions)
        rows = []
        for user_id, held in functions.items():
            titles = [translate(FUNCTION_TITLES[one.function], context=self.request) for one in held]
            position = next((one.position for one in held if one.position), "")
            rows.append(
                {"name": names[user_id], "functions": ", ".join(titles), "position": position_text(position)}
            )
        return sorted(rows, key=lambda one: name_key(one["name"]))

    def last(self) -> str:
        """Return who confirmed when, empty if nobody has."""
        kept = confirming.confirmation_of(self.context)
        if kept is None:
            return ""
        name = person_names([kept.by])[kept.by]
        mapping = {"when": datetime_text(kept.at), "who": name}
        return translate(_("Last confirmed on ${when} by ${who}", mapping=mapping), context=self.request)

    def closed(self) -> bool:
        """Tell whether the unit is closed."""
        return is_closed(self.context)

    def accounts_url(self) -> str:
        """Return where accounts are kept, empty without the right to."""
        may = api.user.has_permission("hopso: Manage accounts", obj=self.context)
        return f"{self.context.absolute_url()}/@@accounts" if may else ""

    def token(self) -> str:
        """Return the token of forms."""
        return createToken()


class Confirmations(BrowserView):
    """``@@confirmations``: all units, or those below one, with the overdue ones first."""

    page_title = _("Confirmation of the data of units")
    hs_section = "units"

    @property
    @memoize
    def found(self) -> list:
        """The units in reach."""
        rows = confirming.due_list()
        if not IUnit.providedBy(self.context):
            return rows
        reach = confirming.reach(self.context.getId())
        return [one for one in rows if one.unit.id in reach]

    def overdue(self) -> int:
        """Return how many are overdue."""
        return sum(one.overdue(today()) for one in self.found)

    def rows(self) -> list[dict]:
        """Return the rows of the table."""
        names, day = person_names(one.by for one in self.found), today()
        base = api.portal.get().absolute_url()
        return [
            {
                "title": one.title,
                "url": f"{base}/{one.address}",
                "last": f"{one.last:%d/%m/%Y}" if one.last else "",
                "by": names.get(one.by, ""),
                "due": f"{one.due:%d/%m/%Y}",
                "overdue": one.overdue(day),
                "css": confirming.tag_of(one, day)[0],
                "state": confirming.tag_of(one, day)[1],
                "days": (day - one.due).days,
            }
            for one in self.found
        ]


class ConfirmationsFile(Confirmations):
    """``@@confirmations.xlsx``."""

    def __call__(self):
        headings = (
            _("Code"),
            _("Name"),
            _("Last confirmed"),
            _("By"),
            _("To be confirmed by"),
            _("Days overdue"),
        )
        names, day = person_names(one.by for one in self.found), today()
        rows = [
            (
                one.unit.code,
                one.title,
                one.last,
                names.get(one.by, ""),
                one.due,
                max(0, (day - one.due).days),
            )
            for one in self.found
        ]
        with harmless_write():
            record("export.confirmations", self.context, details={"rows": len(rows)})
        texts = [translate(one, context=self.request) for one in headings]
        data = sheets.xlsx("Xac nhan", texts, rows, (12, 48, 16, 28, 18, 16))
        return sheets.send(self.request, "xac-nhan-thong-tin-don-vi.xlsx", sheets.XLSX, data)

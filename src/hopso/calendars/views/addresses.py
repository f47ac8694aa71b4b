"""``@@ical-addresses``: the own addresses for other calendar programs."""

from functools import cached_property

from hopso import _
from hopso.calendars import operations
from hopso.calendars.api import exists
from hopso.calendars.operations import subscribe
from hopso.calendars.subscriptions import subscription_store
from hopso.calendars.views.feeds import calendar_title
from hopso.core import errors
from hopso.core.links import add_link
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_error
from hopso.organisation.assignments import units_of
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
import transaction
from zope.i18n import translate


KINDS = ("mine", "room", "site", "unit")
BETWEEN = ":"
add_link("me", "hopso: Use the site", _("Addresses of my calendars"), "@@ical-addresses", order=60)


class Addresses(BrowserView):
    """What there is, taking back, making one; the new address is shown once."""

    hs_section = "calendar"
    page_title = _("Addresses of my calendars")
    error = None
    made = ""

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.request.get("REQUEST_METHOD") == "POST":
            PostOnly(self.request)
            CheckAuthenticator(self.request)
            self._make()
        return super().__call__()

    def _make(self):
        kind, _colon, key = str(self.request.form.get("calendar", "")).partition(BETWEEN)
        try:
            token = subscribe(self.context, kind=kind, key=key)
        except errors.OperationError as error:
            transaction.abort()
            self.error = describe_error(error, self.request)
            self.request.response.setStatus(error.status)
            return
        self.made = f"{self.context.absolute_url()}/@@ical/{token}.ics"

    @property
    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@ical-addresses"

    @cached_property
    def token(self) -> str:
        return createToken()

    def rows(self) -> list[dict]:
        """Return the addresses there are, without what opens them."""
        found = subscription_store().of_user(api.user.get_current().getId())
        return [
            {"id": one.id, "title": self.title(one.kind, one.key), "made": datetime_text(one.made_at)}
            for one in found
        ]

    def title(self, kind: str, key: str) -> str:
        """Return what a calendar is called."""
        return translate(calendar_title(kind, key), context=self.request)

    def choices(self) -> list[dict]:
        """Return what an address may be made for: the own calendar, the own units, what one came from."""
        form = self.request.form
        asked = (str(form.get("kind", "")), str(form.get("key", "")))
        offered = {("mine", ""): None}
        if asked[0] in KINDS and asked[0] != "mine" and exists(*asked):
            offered[asked] = None
        offered |= {("unit", unit): None for unit in units_of(api.user.get_current().getId())}
        chosen = asked if asked in offered else ("mine", "")
        return [
            {"value": BETWEEN.join(one), "title": self.title(*one), "checked": one == chosen}
            for one in offered
        ]

    def most(self) -> int:
        """Return how many addresses a person may have."""
        return operations.MOST

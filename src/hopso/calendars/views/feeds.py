"""Calendars for other programs: ``@@ical/<token>.ics`` and ``<meeting>/@@meeting.ics``."""

from contextlib import contextmanager
from datetime import timedelta
import hashlib
import logging

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from hopso import _
from hopso.accounts.records import account_of
from hopso.calendars.api import event_of
from hopso.calendars.api import events_between
from hopso.calendars.ical import calendar_of
from hopso.calendars.subscriptions import subscription_store
from hopso.calendars.views.choice import start_of
from hopso.core import errors
from hopso.core.text import local
from hopso.core.text import now
from plone import api
from plone.uuid.interfaces import IUUID
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


logger = logging.getLogger("hopso.calendars")
PAST, AHEAD = timedelta(days=60), timedelta(days=400)
MIME = "text/calendar; charset=utf-8"
ENDING = ".ics"


@implementer(IPublishTraverse)
class Feed(BrowserView):
    """The only address that answers without a login: its token stands for one.

    It answers what its owner may see at this moment, and 404 to everything
    else: a wrong token, one that was taken back, an account that is closed.
    Neither the token nor the address is written to a log.
    """

    token = None

    def publishTraverse(self, request, name):
        if self.token is not None:
            # Deeper addresses are wrong, too; no exception, which would be logged with the address.
            self.token = ""
        else:
            self.token = name.removesuffix(ENDING) if name.endswith(ENDING) else ""
        return self

    def __call__(self):
        self.request.response.setHeader("X-Robots-Tag", "noindex")
        one = subscription_store().find(self.token or "")
        user = active_user(one.user_id) if one is not None else None
        if user is None or self.request.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return not_here(self.request.response)
        try:
            with acting_as(user):
                data = self._calendar(one)
        except errors.OperationError:
            return not_here(self.request.response)
        except Exception as error:
            logger.error("A feed of %s could not be made: %s", one.user_id, type(error).__name__)
            self.request.response.setStatus(500)
            return ""
        return send(self.request, data, "lich-hop.ics", inline=True)

    def _calendar(self, one) -> bytes:
        today = local(now()).date()
        events = events_between(one.kind, one.key, start_of(today - PAST), start_of(today + AHEAD))
        return calendar_of(events, self._name(one), self.request)

    def _name(self, one) -> str:
        title = calendar_title(one.kind, one.key)
        return f"Họp Số: {translate(title, context=self.request)}"


class MeetingFile(BrowserView):
    """One meeting, to be put into another calendar."""

    def __call__(self):
        catalog = api.portal.get_tool("portal_catalog")
        (brain,) = catalog(UID=IUUID(self.context), portal_type="Meeting")[:1]
        data = calendar_of([event_of(brain)], self.context.title, self.request)
        return send(self.request, data, f"cuoc-hop-{local(self.context.start):%Y%m%d}.ics")


def calendar_title(kind: str, key: str):
    """Return what a calendar is called, translatable."""
    if kind == "mine":
        return _("My calendar")
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(**{"getId" if kind == "unit" else "UID": key}) if key else ()
    return found[0].Title if found else _("Calendar")


def active_user(user_id: str):
    """Return the user of an account that may be used now, else None."""
    account, folder = account_of(user_id), api.portal.get_tool("acl_users")
    if account is not None and not account.active():
        return None
    user = folder.getUserById(user_id)
    return user.__of__(folder) if user is not None else None


@contextmanager
def acting_as(user):
    """Let the block run with the rights of *user*."""
    kept = getSecurityManager()
    newSecurityManager(None, user)
    try:
        yield
    finally:
        setSecurityManager(kept)


def not_here(response) -> str:
    """Answer 404 without a word about why."""
    response.setStatus(404)
    response.setHeader("Content-Type", "text/plain; charset=utf-8")
    response.setHeader("Cache-Control", "private, no-store")
    return ""


def send(request, data: bytes, name: str, inline: bool = False) -> bytes:
    """Return a calendar, or 304 for a program that has it already."""
    response, tag = request.response, f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response.setHeader("Content-Type", MIME)
    response.setHeader("ETag", tag)
    response.setHeader("Cache-Control", "private, no-cache")
    disposition = "inline" if inline else "attachment"
    response.setHeader("Content-Disposition", f'{disposition}; filename="{name}"')
    asked = [one.strip().removeprefix("W/") for one in (request.getHeader("If-None-Match") or "").split(",")]
    if tag in asked:
        response.setStatus(304)
        return b""
    return data

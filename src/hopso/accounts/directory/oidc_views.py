"""To the login portal and back: ``/@@oidc-login``, ``/@@oidc-callback``, ``/@@oidc-logout``."""

import base64
from dataclasses import asdict
import json
import logging

from hopso import _
from hopso.accounts import entrance
from hopso.accounts import logins
from hopso.accounts.directory import door
from hopso.accounts.directory import links
from hopso.accounts.directory import oidc
from hopso.accounts.directory.person import Unreachable
from hopso.accounts.directory.strangers import no_account
from hopso.accounts.directory.strangers import whom_to_ask
from hopso.accounts.directory.takeover import arrived
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell_login
from hopso.accounts.views.login import continue_url
from hopso.accounts.views.login import destination
from hopso.accounts.views.login import leave
from jwkest import JWKESTException
from oic.exception import PyoidcError
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from requests.exceptions import RequestException
from zExceptions import NotFound
from zope.interface import alsoProvides


log = logging.getLogger("hopso.directory")
COOKIE = "hopso_oidc"
# Time enough to type a password at the portal.
SECONDS = 15 * 60
LONGEST = 4000
NOT_BELIEVED = (oidc.Refused, PyoidcError, JWKESTException, RequestException, KeyError, ValueError)


class PortalView(BrowserView):
    """What the three have in common."""

    plone_resources = False
    hs_section = "none"
    page_title = _("Log in")
    message = ""

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if not door.settings().oidc_on:
            raise NotFound(self.__name__)
        try:
            return self.go()
        except Unreachable as error:
            log.error("the login portal does not answer: %s", error)
            self.message = _("The login portal does not answer. Please try again in some minutes.")
            self.request.response.setStatus(503)
        return self.index()

    def go(self) -> str:
        raise NotImplementedError

    def away(self, url: str) -> str:
        """Send the browser on."""
        self.request.response.redirect(url, status=303)
        return ""

    def refuse(self, message, status: int = 403) -> str:
        """Say why nobody came in."""
        self.message = message
        self.request.response.setStatus(status)
        return self.index()


class ToThePortal(PortalView):
    """Begins: keeps in a cookie what the answer has to fit."""

    def go(self):
        came_from = self.request.form.get("came_from", "")
        flow = oidc.Flow.new(destination(came_from if isinstance(came_from, str) else ""))
        url = oidc.way_to_the_portal(flow)
        kept = base64.urlsafe_b64encode(json.dumps(asdict(flow)).encode()).decode()
        self.request.response.setCookie(
            COOKIE,
            kept,
            path=cookie_path(),
            http_only=True,
            same_site="Lax",
            max_age=SECONDS,
            **({"secure": True} if self.request.get("SERVER_URL", "").startswith("https:") else {}),
        )
        return self.away(url)


class BackFromThePortal(PortalView):
    """Ends: a session of ours for the account of the person, if there is one."""

    def go(self):
        flow = flow_in(self.request)
        # One answer a question.
        self.request.response.expireCookie(COOKIE, path=cookie_path())
        try:
            person = oidc.person_of(flow, self.request.environ.get("QUERY_STRING", "")[:LONGEST])
        except NOT_BELIEVED as error:
            # Errors of the packages may quote the answer, which holds a token.
            reason = error if isinstance(error, oidc.Refused) else type(error).__name__
            log.warning("an answer of the login portal was refused: %s", reason)
            tell_login("", logins.FAILED, note="portal")
            return self.refuse(_("The answer of the login portal does not fit. Please log in again."), 400)
        # A person comes in here as by the login form: by a request that writes.
        alsoProvides(self.request, IDisableCSRFProtection)
        user_id = links.match(person, door.settings().match)
        if not user_id:
            tell_login("", logins.FAILED, note="no_account")
            return self.refuse(no_account(whom_to_ask(person)))
        if not account_of(user_id).active():
            tell_login(user_id, logins.FAILED, note="disabled")
            return self.refuse(entrance.Verdict(problem=entrance.WRONG).message)
        arrived(person, user_id)
        came_from = destination(flow.came_from)
        verdict = entrance.Verdict(user_id, login=entrance.login_name(user_id))
        session = entrance.enter(verdict, self.request, came_from=came_from)
        entrance.set_cookie(self.request, entrance.COOKIE, session.token)
        return self.away(came_from if session.entered else continue_url())


class OutOfBoth(PortalView):
    """Ends the session here first, and then at the portal if it offers that."""

    def go(self):
        leave(self.request)
        try:
            url = oidc.way_out()
        except oidc.Refused:
            url = ""
        return self.away(url or f"{api.portal.get().absolute_url()}/login")


def cookie_path() -> str:
    """Return the path of the site as browsers see it."""
    return api.portal.get().absolute_url_path() or "/"


def flow_in(request) -> oidc.Flow | None:
    """Return what this browser began, None if it began nothing that fits."""
    kept = request.cookies.get(COOKIE) or ""
    try:
        values = json.loads(base64.urlsafe_b64decode(kept[:LONGEST].encode()))
        if not all(isinstance(value, str) for value in values.values()) or not values["state"]:
            return None
        return oidc.Flow(**values)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None

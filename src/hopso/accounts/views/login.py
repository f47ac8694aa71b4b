"""The login form, and the way out."""

from urllib.parse import quote
from urllib.parse import urlparse

from AccessControl import getSecurityManager
from Acquisition import aq_inner
from Acquisition import aq_parent
from hopso import _
from hopso.accounts import entrance
from hopso.accounts import logins
from hopso.accounts import sessions
from hopso.accounts.directory.door import settings
from hopso.accounts.gate import forget_presence
from hopso.accounts.gate import presence
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.PlonePAS.events import UserLoggedOutEvent
from zope.event import notify


NO_STORE = "private, no-store"
# Pages to which nobody wants to go back after logging in.
WAYS_IN = (
    "login",
    "login_form",
    "logout",
    "logged-out",
    "require_login",
    "login-help",
    "continue",
    "passwordreset",
)


def foreign(request) -> bool:
    """Tell whether a browser says that another site sent this form."""
    origin = request.getHeader("Origin")
    if not origin or origin == "null":
        return False
    return urlparse(origin).netloc != urlparse(request.get("SERVER_URL", "")).netloc


def destination(came_from: str) -> str:
    """Return where to go after logging in."""
    url = entrance.local_url(came_from)
    parts = [part.removeprefix("@@") for part in urlparse(url).path.split("/")]
    return url if url and not set(parts) & set(WAYS_IN) else api.portal.get().absolute_url()


def continue_url() -> str:
    """Return the address of the page that walks through the steps left."""
    return f"{api.portal.get().absolute_url()}/@@continue"


class Login(BrowserView):
    """The login form: the only page a stranger gets."""

    index = ViewPageTemplateFile("../templates/login.pt")
    plone_resources = False
    page_title = _("Log in")
    error = None
    login = ""

    def __call__(self):
        form = self.request.form
        self.request.response.setHeader("Cache-Control", NO_STORE)
        self.login = self._text("__ac_name")
        if self.request.method == "POST" and "__ac_password" in form:
            if foreign(self.request):
                self.request.response.setStatus(403)
                self.error = _("This form was sent by another site. Please log in here.")
            elif self._log_in():
                return ""
        return self.index()

    def _text(self, name):
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def _log_in(self) -> bool:
        came_from = destination(self.came_from())
        verdict = entrance.knock(self.login, self._text("__ac_password"), self.request)
        if verdict.user_id:
            session = entrance.enter(verdict, self.request, came_from=came_from)
            entrance.set_cookie(self.request, entrance.COOKIE, session.token)
            self.request.response.redirect(came_from if session.entered else continue_url(), status=303)
            return True
        if verdict.problem == entrance.WRONG and self._administrator_of_zope():
            self.request.response.redirect(came_from, status=303)
            return True
        self.error = verdict.message
        if verdict.problem == entrance.LOCKED:
            self.request.response.setStatus(429)
            self.request.response.setHeader("Retry-After", str(round(verdict.wait.total_seconds()) + 1))
        return False

    def _administrator_of_zope(self) -> bool:
        """Log in an account of the root of Zope: it is known above this site only."""
        user = getSecurityManager().getUser()
        folder = aq_parent(aq_inner(user))
        if (
            user.getId() is None
            or user.getUserName() != self.login
            or not hasattr(folder, "updateCredentials")
        ):
            return False
        if folder.getPhysicalPath() == api.portal.get_tool("acl_users").getPhysicalPath():
            return False
        request = self.request
        folder.updateCredentials(request, request.response, self.login, self._text("__ac_password"))
        logins.log_login(user.getId(), logins.ENTERED, address=entrance.origin_of(request).address)
        return True

    def portal(self) -> dict | None:
        """Return address and text of the button that leads to the login portal, None without one."""
        chosen = settings()
        if not chosen.oidc_on:
            return None
        url = f"{api.portal.get().absolute_url()}/@@oidc-login"
        came_from = self.came_from()
        return {
            "url": f"{url}?came_from={quote(came_from, safe='')}" if came_from else url,
            "title": chosen.portal_title or _("Log in by the portal of the province"),
        }

    def came_from(self) -> str:
        """Return the local address to go to afterwards, "" if there is none."""
        wanted = self._text("came_from") or self.request.getHeader("Referer") or ""
        return entrance.local_url(wanted)


class Logout(BrowserView):
    """Ends the session, finished or not."""

    def __call__(self):
        leave(self.request)
        self.request.response.setHeader("Cache-Control", NO_STORE)
        api.portal.show_message(_("You are logged out."), self.request)
        self.request.response.redirect(f"{api.portal.get().absolute_url()}/login", status=303)
        return ""


def leave(request) -> bool:
    """End the session of a request; tell whether there was one."""
    user = getSecurityManager().getUser()
    found, token = presence(request), entrance.token_in(request)
    ended = bool(token) and sessions.end(sessions.id_of(token))
    forget_presence(request)
    folder = aq_parent(aq_inner(user))
    if user.getId() is not None and hasattr(folder, "resetCredentials"):
        folder.resetCredentials(request, request.response)
    request.response.expireCookie(entrance.COOKIE, path="/")
    if found is not None and found.session.entered:
        line = {"address": entrance.origin_of(request).address, "kind": found.session.kind}
        logins.log_login(found.session.user_id, logins.LEFT, **line)
    if user.getId() is not None:
        notify(UserLoggedOutEvent(user))
    return ended


class RequireLogin(BrowserView):
    """Sends strangers to the login form, half-finished logins to their next step, others to "no right"."""

    def __call__(self):
        portal_url = api.portal.get().absolute_url()
        came_from = entrance.local_url(self.request.get("came_from"))
        query = f"?came_from={quote(came_from)}" if came_from else ""
        found = presence(self.request)
        if found is not None and found.due:
            page = "@@continue"
        elif api.user.is_anonymous():
            page = "login"
        else:
            page = "insufficient-privileges"
        self.request.response.redirect(f"{portal_url}/{page}{query}")
        return ""

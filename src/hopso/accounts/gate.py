"""The two plug-ins at the door (PAS): passwords, and sessions.

``hopso_accounts`` looks at passwords in place of ``source_users``;
``hopso_sessions`` is the only way to stay in.  Plone's own session cookie,
its form fields that log in at any address, and the tokens of plone.restapi are
switched off, and on again when the add-on goes.
"""

from dataclasses import dataclass
import json
import logging

from AccessControl import getSecurityManager
from AccessControl.class_init import InitializeClass
from hopso.accounts import entrance
from hopso.accounts import sessions
from hopso.accounts.distant import look_out
from hopso.accounts.passwords import being_set
from hopso.accounts.passwords import problems
from hopso.accounts.records import account_of
from hopso.accounts.sessions import Session
from hopso.core.text import now
from hopso.policy.api import current_policy
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin
from Products.PluggableAuthService.interfaces.plugins import ICredentialsResetPlugin
from Products.PluggableAuthService.interfaces.plugins import ICredentialsUpdatePlugin
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
from Products.PluggableAuthService.interfaces.plugins import IValidationPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer


log = logging.getLogger("hopso.accounts")
ACCOUNTS, SESSIONS = "hopso_accounts", "hopso_sessions"
PRESENT = "hopso.accounts.present"
BASIC = "credentials_basic_auth"
# What is switched off while we are here: (interface, plug-in).
REPLACED = (
    (IAuthenticationPlugin, "source_users"),
    (IValidationPlugin, "password_policy"),
    (IExtractionPlugin, "credentials_cookie_auth"),
    (ICredentialsUpdatePlugin, "credentials_cookie_auth"),
    (ICredentialsResetPlugin, "credentials_cookie_auth"),
    *(
        (interface, plugin)
        for plugin in ("session", "jwt_auth")
        for interface in (
            IAuthenticationPlugin,
            IExtractionPlugin,
            ICredentialsUpdatePlugin,
            ICredentialsResetPlugin,
        )
    ),
)


@dataclass(frozen=True)
class Present:
    """Whose session a request shows: *due* are the steps that keep it from counting."""

    session: Session
    token: str
    due: tuple[str, ...] = ()


@implementer(IAuthenticationPlugin, IValidationPlugin)
class AccountsPlugin(BasePlugin):
    """Passwords: whether they are right, and whether they are good."""

    meta_type = "Hopso Accounts"

    def __init__(self, id, title=""):
        self._setId(id)
        self.title = title

    def authenticateCredentials(self, credentials):
        """Return (user id, login) for a name and password that may come in by themselves.

        That is: no step is left to do and no one-time code is asked for.  Pages
        log in by their own view, which walks through the steps.
        """
        login, password = credentials.get("login"), credentials.get("password")
        if not login or password is None:
            return None
        request = getRequest()
        if request is None:
            user_id = entrance.owner_of(login, password)
            return (user_id, login) if user_id else None
        kind = "basic" if credentials.get("extractor") == BASIC else "page"
        verdict = entrance.knock(login, password, request, kind=kind)
        if not verdict.user_id:
            return None
        account, policy = account_of(verdict.user_id), current_policy()
        if account is not None:
            due = entrance.pending_steps(account, now(), policy, entrance.held_by(verdict.user_id, policy))
            if due or account.otp_secret:
                return None
        return verdict.user_id, login

    def validateUserInfo(self, user, set_id, set_info):
        """Return what is wrong with a new password."""
        password = (set_info or {}).get("password")
        if password is None:
            return []
        user_id = user.getId() if user is not None else ""
        found = problems(password, user_id or "", current_policy())
        return [{"id": "password", "error": translate(one, context=getRequest())} for one in found]


InitializeClass(AccountsPlugin)


@implementer(
    IExtractionPlugin,
    IAuthenticationPlugin,
    ICredentialsUpdatePlugin,
    ICredentialsResetPlugin,
    IChallengePlugin,
)
class SessionsPlugin(BasePlugin):
    """The cookie ``__ac`` and the bearer token: both are secrets of sessions kept here."""

    meta_type = "Hopso Sessions"

    def __init__(self, id, title=""):
        self._setId(id)
        self.title = title

    def extractCredentials(self, request):
        """Return the secret of a session that exists."""
        found = presence(request)
        return {} if found is None else {"hopso_session": found.token}

    def authenticateCredentials(self, credentials):
        """Return (user id, login) of a session that has no step left to do."""
        if credentials.get("extractor") != self.getId():
            return None
        found = presence(getRequest())
        if found is None or found.due:
            return None
        return found.session.user_id, entrance.login_name(found.session.user_id)

    def updateCredentials(self, request, response, login, new_password):
        """Start a session for somebody whom another plug-in has let in (a directory).

        PAS calls this after every change of a password as well, whoever made it.
        """
        me = getSecurityManager().getUser().getId()
        folder = self._getPAS()
        known = folder._verifyUser(folder.plugins, login=login)
        if known is None or presence(request) is not None or me not in (None, known["id"]) or being_set():
            return
        session = entrance.enter(entrance.Verdict(known["id"], login=login), request)
        entrance.set_cookie(request, entrance.COOKIE, session.token)

    def resetCredentials(self, request, response):
        """End the session of the request."""
        token = entrance.token_in(request)
        if token:
            sessions.end(sessions.id_of(token))
        IAnnotations(request).pop(PRESENT, None)
        response.expireCookie(entrance.COOKIE, path="/")

    def challenge(self, request, response, **kw):
        """Answer scripts of our pages with a status, not with a login form."""
        if "application/json" not in (request.getHeader("Accept") or ""):
            return False
        from hopso.accounts.answers import refusal

        answer = refusal(request)
        response.setHeader("Content-Type", "application/json")
        response.setStatus(answer["status"], lock=1)
        response.setBody(json.dumps(answer, ensure_ascii=False), lock=1)
        return True


InitializeClass(SessionsPlugin)


def presence(request) -> Present | None:
    """Return the session that a request shows, if it counts or may still come to count."""
    kept = IAnnotations(request)
    if PRESENT not in kept:
        kept[PRESENT] = _presence(request)
    return kept[PRESENT]


def forget_presence(request) -> None:
    """Look again: a step was done."""
    IAnnotations(request).pop(PRESENT, None)


def _presence(request):
    token = entrance.token_in(request)
    session = sessions.find(token)
    if session is None:
        return None
    policy, moment = current_policy(), now()
    account = account_of(session.user_id)
    if not session.alive(moment, policy) or (account is not None and not account.active(moment)):
        return None
    folder = api.portal.get_tool("acl_users")
    if account is None and folder._verifyUser(folder.plugins, user_id=session.user_id) is None:
        return None
    due = entrance.steps_due(session, account, policy, moment)
    if not due:
        _seen(session, moment, policy)
    return Present(session, token, due)


def _seen(session, moment, policy):
    if moment - session.seen_at < sessions.seen_every(policy):
        return
    try:
        sessions.change(session.id, seen_at=moment)
        look_out(session, policy)
    except ConflictError:
        log.debug("somebody else wrote down that session %s was seen", session.id[:8])


def install(portal) -> None:
    """Put the plug-ins in the place of Plone's; repeating it is harmless."""
    folder = portal.acl_users
    if ACCOUNTS not in folder:
        folder._setObject(ACCOUNTS, AccountsPlugin(ACCOUNTS, "Passwords"))
    if SESSIONS not in folder:
        folder._setObject(SESSIONS, SessionsPlugin(SESSIONS, "Sessions"))
    for plugin_id, interfaces in (
        (ACCOUNTS, (IAuthenticationPlugin, IValidationPlugin)),
        (
            SESSIONS,
            (
                IExtractionPlugin,
                IAuthenticationPlugin,
                ICredentialsUpdatePlugin,
                ICredentialsResetPlugin,
                IChallengePlugin,
            ),
        ),
    ):
        for interface in interfaces:
            if plugin_id not in folder.plugins.listPluginIds(interface):
                folder.plugins.activatePlugin(interface, plugin_id)
                # Before all others: a session is one look into a tree.
                folder.plugins.movePluginsTop(interface, [plugin_id])
    replaced = list(getattr(folder[SESSIONS], "replaced", ()))
    for interface, plugin_id in REPLACED:
        if plugin_id in folder.plugins.listPluginIds(interface):
            folder.plugins.deactivatePlugin(interface, plugin_id)
            replaced.append((interface, plugin_id))
    folder[SESSIONS].replaced = tuple(replaced)


def uninstall(portal) -> None:
    """Take the plug-ins out and switch Plone's on again."""
    folder = portal.acl_users
    replaced = getattr(folder.get(SESSIONS, None), "replaced", ())
    if mine := [one for one in (ACCOUNTS, SESSIONS) if one in folder]:
        folder.manage_delObjects(mine)
    for interface, plugin_id in replaced:
        if plugin_id in folder and plugin_id not in folder.plugins.listPluginIds(interface):
            folder.plugins.activatePlugin(interface, plugin_id)

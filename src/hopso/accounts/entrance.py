"""Coming in: who may, after which steps, and what the browser gets.

    verdict = knock(login, password, request)      # counts, waits, checks
    session = enter(verdict, request)              # session and cookie
    due = steps_due(session, …)                    # what is still to do before it counts

Until all steps are done a session authenticates nobody.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import timedelta
import hmac
import secrets

from hopso import _
from hopso.accounts import attempts
from hopso.accounts import logins
from hopso.accounts import sessions
from hopso.accounts.attempts import Origin
from hopso.accounts.directory.door import Answer
from hopso.accounts.directory.door import ask
from hopso.accounts.directory.door import own_password_counts
from hopso.accounts.directory.strangers import no_account
from hopso.accounts.directory.strangers import whom_to_ask
from hopso.accounts.directory.takeover import arrived
from hopso.accounts.distant import look_out
from hopso.accounts.lockout import MANY
from hopso.accounts.passwords import CODE
from hopso.accounts.passwords import hash_of
from hopso.accounts.passwords import matches
from hopso.accounts.passwords import pending_steps
from hopso.accounts.records import Account
from hopso.accounts.records import account_of
from hopso.accounts.trace import tell_login
from hopso.audit.describe import client_address
from hopso.core.text import now
from hopso.organisation.assignments import functions_of
from hopso.policy.api import current_policy
from hopso.policy.policy import Policy
from hopso.tasks.queue import enqueue
from plone import api
from Products.PlonePAS.events import UserLoggedInEvent
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from zope.event import notify


COOKIE = "__ac"
DEVICE_COOKIE = "hopso_device"
DEVICE_DAYS = 90
# What a password is compared with when there is no account: the same work, the same time.
NOBODY = "{SSHA}wAana95VoBdozEF3PJKHeEwToHqLrx2mzW1C"
OURS = ("hopso_accounts", "hopso_sessions")
WRONG, LOCKED, STRANGER, DOWN = "wrong", "locked", "stranger", "down"
BASIC_KIND = "basic"
LONGEST_NAME, LONGEST_PASSWORD = 200, 1000


@dataclass(frozen=True)
class Verdict:
    """What became of a name and a password.

    user_id: whose they are, "" if nobody may come in; problem: WRONG, LOCKED,
    STRANGER (the directory knows the person, we have no account), DOWN (the
    directory does not answer) or ""; wait: until the next try counts; login: as
    typed; help: for a stranger, who issues accounts.
    """

    user_id: str = ""
    problem: str = ""
    wait: timedelta = timedelta()
    login: str = ""
    help: str = ""

    @property
    def message(self):
        """What people are told: the same for a wrong password, an unknown name and a disabled account."""
        if self.problem == LOCKED:
            return too_many(self.wait)
        if self.problem == STRANGER:
            return no_account(self.help)
        if self.problem == DOWN:
            return _("The directory does not answer. Please try again in some minutes.")
        return _(
            "Login name or password is wrong, or the account is not in use."
            " The administrator of your unit can help."
        )


def too_many(wait: timedelta):
    """Return the message for somebody who has to wait."""
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 120:
        text = _("Too many failed tries. Please wait ${count} seconds.", mapping={"count": str(seconds)})
    else:
        minutes = str(-(-seconds // 60))
        text = _("Too many failed tries. Please wait ${count} minutes.", mapping={"count": minutes})
    return text


def origin_of(request) -> Origin:
    """Return where a request comes from."""
    return Origin(client_address(), (request.cookies.get(DEVICE_COOKIE) or "")[:100])


def knock(login: str, password: str, request, *, kind: str = "page") -> Verdict:
    """Check a name and a password; failures are counted and logged, at once."""
    login = login.strip()[:LONGEST_NAME]
    origin, policy = origin_of(request), current_policy()
    wait = attempts.wait_for(login, origin, policy)
    if wait:
        tell_login(known_id(login), logins.LOCKED, kind=kind)
        return Verdict(problem=LOCKED, wait=wait, login=login)
    answer = checked(login, password)
    user_id, account = answer.user_id, account_of(answer.user_id)
    if answer.stranger:
        tell_login("", logins.FAILED, kind=kind, note="no_account")
        return Verdict(problem=STRANGER, login=login, help=whom_to_ask(answer.person))
    if user_id and (account is None or account.active()):
        # A program that sends its password with every request is no moment to write.
        if answer.person is not None and kind != BASIC_KIND:
            arrived(answer.person, user_id)
        return Verdict(user_id, login=login)
    why = "disabled" if user_id else "directory_down" if answer.down else "password"
    verdict = failed(login, user_id or known_id(login), request, kind, why)
    return replace(verdict, problem=DOWN) if answer.down and verdict.problem == WRONG else verdict


def failed(login: str, user_id: str, request, kind: str, note: str) -> Verdict:
    """Count and log a failure of any step; return what to say."""
    origin, policy = origin_of(request), current_policy()
    count, wait = attempts.count_failure(login, origin, policy)
    tell_login(user_id, logins.FAILED, kind=kind, note=note)
    if user_id and count:
        _warn_owner(user_id, count)
    if wait:
        return Verdict(problem=LOCKED, wait=wait, login=login)
    return Verdict(problem=WRONG, login=login)


def _warn_owner(user_id, count):
    if count % MANY == 0:
        # The request ends with a refusal: the job is queued whatever becomes of it.
        enqueue("accounts.notice", kind="many_failures", user=user_id, stamp=f"{now():%Y-%m-%d}")


def known_id(login: str) -> str:
    """Return the user id for a login name, "" if there is none."""
    return api.portal.get_tool("acl_users").source_users._login_to_userid.get(login) or ""


def owner_of(login: str, password: str) -> str:
    """Return the id of the person whose name and password these are, "" if they are nobody's.

    Takes as long for unknown names as for wrong passwords.
    """
    return checked(login, password).user_id


def checked(login: str, password: str) -> Answer:
    """Return whose name and password these are, here or in the directory."""
    password = password[:LONGEST_PASSWORD]
    user_id = known_id(login)
    right = matches(hash_of(user_id) if user_id else NOBODY, password)
    if user_id and right and own_password_counts(account_of(user_id)):
        return Answer(user_id)
    answer = ask(login, password)
    if user_id or answer.person is not None or answer.down:
        return answer
    return Answer(_elsewhere(login, password))


def _elsewhere(login, password) -> str:
    """Ask the other sources of accounts in ``acl_users``, if there are any."""
    folder = api.portal.get_tool("acl_users")
    for plugin_id, plugin in folder.plugins.listPlugins(IAuthenticationPlugin):
        if plugin_id in OURS:
            continue
        found = plugin.authenticateCredentials({"login": login, "password": password})
        if found and found[0]:
            return found[0]
    return ""


def held_by(user_id: str, policy: Policy) -> frozenset:
    """Return functions in units and roles of a person, as far as the policy asks for them."""
    if not policy.otp_required:
        return frozenset()
    roles = api.portal.get_tool("acl_users").portal_role_manager._principal_roles.get(user_id, ())
    return frozenset({one.function for one in functions_of(user_id)} | set(roles))


def steps_due(session, account: Account | None, policy: Policy, moment=None) -> tuple[str, ...]:
    """Return the steps that a session has to do before it counts, in their order."""
    if account is None:
        return ()
    due = pending_steps(account, moment or now(), policy, held_by(account.user_id, policy))
    return (CODE, *due) if account.otp_secret and session.code_at is None else due


def enter(verdict: Verdict, request, *, kind: str = sessions.PAGE, came_from: str = "", **fields):
    """Start the session of a person whose password was right; return it.

    The login counts (log, event) when no step is left; see ``settle``.
    """
    former = token_in(request)
    if former:
        sessions.end(sessions.id_of(former))  # a new secret with every login
    session = sessions.start(verdict.user_id, request, kind=kind, came_from=came_from, **fields)
    if not account_steps(session):
        settle(session, request, verdict.login)
        session.entered = True  # of our own copy
    return session


def account_steps(session) -> tuple[str, ...]:
    """Return the steps that a session has to do now."""
    return steps_due(session, account_of(session.user_id), current_policy())


def settle(session, request, login: str = "") -> None:
    """All steps are done: the login counts, the place is known, failures are forgotten."""
    origin = origin_of(request)
    if session.kind == sessions.PAGE and not origin.device:
        origin = Origin(origin.address, secrets.token_urlsafe(24))
        set_cookie(request, DEVICE_COOKIE, origin.device, days=DEVICE_DAYS)
    attempts.forget_failures(login or login_name(session.user_id), origin)
    if session.entered:
        return
    sessions.change(session.id, entered=True)
    user = api.portal.get_tool("acl_users").getUserById(session.user_id)
    logins.log_login(
        session.user_id, logins.ENTERED, address=session.address, agent=session.agent, kind=session.kind
    )
    if user is not None:
        notify(UserLoggedInEvent(user))
    look_out(session, current_policy())


def login_name(user_id: str) -> str:
    """Return the login name of a person; the id where that is not known."""
    return api.portal.get_tool("acl_users").source_users._userid_to_login.get(user_id) or user_id


# ---- the client's side ----


def token_in(request) -> str:
    """Return the secret of the session that a request shows, "" if it shows none."""
    authorization = request._auth or ""
    if authorization[:7].lower() == "bearer ":
        return authorization[7:].strip()
    return request.cookies.get(COOKIE) or ""


def set_cookie(request, name: str, value: str, days: int = 0) -> None:
    """Give the browser a cookie that scripts cannot read and other sites cannot send."""
    options = {"path": "/", "http_only": True, "same_site": "Lax"}
    if str(request.get("SERVER_URL", "")).startswith("https:"):
        options["secure"] = True
    if days:
        options["max_age"] = days * 24 * 3600
    request.response.setCookie(name, value, **options)


def form_token(token: str) -> str:
    """Return the forgery token for the pages of a half-finished session: only its browser can know it."""
    return hmac.new(token.encode(), b"hopso.continue", "sha256").hexdigest()


def own_form(request, token: str) -> bool:
    """Tell whether a form was made for this session."""
    sent = request.form.get("token", "")
    return bool(token) and isinstance(sent, str) and hmac.compare_digest(sent, form_token(token))


def local_url(url) -> str:
    """Return *url* if it leads into this site, else ""."""
    if not url or not isinstance(url, str) or not url.startswith(("http://", "https://", "/")):
        return ""
    if "\\" in url or not url.isprintable():
        return ""
    return url if api.portal.get_tool("portal_url").isURLInPortal(url) else ""

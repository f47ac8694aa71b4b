"""``@login``, ``@login-renew``, ``@logout``: sessions for programs, in place of plone.restapi's tokens."""

from hopso import _
from hopso.accounts import codes
from hopso.accounts import entrance
from hopso.accounts import passwords
from hopso.accounts import sessions
from hopso.accounts.answers import refusal
from hopso.accounts.gate import presence
from hopso.accounts.records import account_of
from hopso.accounts.seal import NoKey
from hopso.accounts.views.login import leave
from hopso.accounts.views.steps import NO_KEY
from hopso.core.text import now
from hopso.policy.api import current_policy
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
from zope.i18n import translate
from zope.interface import alsoProvides


PROGRAM = sessions.PROGRAM


class SessionService(Service):
    """What the services share: answers with status, type and message."""

    def check_permission(self):
        """Strangers log in here."""

    def refuse(self, status: int, kind: str, message, **more) -> dict:
        """Answer with an error."""
        self.request.response.setStatus(status)
        text = translate(message, context=self.request)
        # ``error`` is where clients of plone.restapi look.
        return {"type": kind, "message": text, "error": {"type": kind, "message": text}, **more}


class Login(SessionService):
    """``POST @login`` with ``login``, ``password`` and, for accounts that have them, ``code``."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        data = json_body(self.request)
        login, password, code = (data.get(name, "") for name in ("login", "password", "code"))
        if not all(isinstance(one, str) for one in (login, password, code)) or not login or not password:
            return self.refuse(400, "Missing credentials", _("Login name and password are needed."))
        verdict = entrance.knock(login, password, self.request, kind=PROGRAM)
        if not verdict.user_id:
            return self._no(verdict)
        account, policy = account_of(verdict.user_id), current_policy()
        code_at = None
        if account is not None and account.otp_secret:
            if not code:
                return self._steps((passwords.CODE,))
            wrong = self._spend(verdict, code)
            if wrong is not None:
                return wrong
            code_at = now()
        due = ()
        if account is not None:
            held = entrance.held_by(verdict.user_id, policy)
            due = passwords.pending_steps(account, now(), policy, held)
        if due:
            # These steps need a person in front of a page.
            return self._steps(due)
        session = entrance.enter(verdict, self.request, kind=PROGRAM, code_at=code_at)
        return {"token": session.token}

    def _spend(self, verdict, code):
        try:
            if codes.use(verdict.user_id, code):
                return None
        except NoKey:
            return self.refuse(503, "NoKey", NO_KEY)
        failed = entrance.failed(verdict.login, verdict.user_id, self.request, PROGRAM, "code")
        if failed.problem == entrance.LOCKED:
            return self._no(failed)
        return self.refuse(401, "CodeNeeded", _("This code is wrong, too old, or was used already."))

    def _no(self, verdict):
        if verdict.problem == entrance.LOCKED:
            seconds = round(verdict.wait.total_seconds()) + 1
            self.request.response.setHeader("Retry-After", str(seconds))
            return self.refuse(429, "TooManyFailures", verdict.message, wait=seconds)
        return self.refuse(401, "Invalid credentials", verdict.message)

    def _steps(self, due):
        answer = refusal(self.request, due)
        self.request.response.setStatus(401)
        return answer | {"error": {"type": answer["type"], "message": answer["message"]}}


class Renew(SessionService):
    """``POST @login-renew``: a new secret for the session at hand; the old one opens nothing any more."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        found = presence(self.request)
        if found is None or found.due:
            self.request.response.setStatus(401)
            return refusal(self.request)
        old = found.session
        # The end of the whole session stays where it was.
        fresh = sessions.start(
            old.user_id, self.request, kind=old.kind, code_at=old.code_at, entered=True, since=old.since
        )
        sessions.end(old.id)
        return {"token": fresh.token}


class Logout(SessionService):
    """``POST @logout``: the session ends."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        if api.user.is_anonymous() and presence(self.request) is None:
            self.request.response.setStatus(401)
            return refusal(self.request)
        leave(self.request)
        return self.reply_no_content()

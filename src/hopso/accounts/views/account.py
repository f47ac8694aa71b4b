"""``/@@my-account`` and ``/@@change-password``: what everybody may see and do about the own account."""

from hopso import _
from hopso.accounts import attempts
from hopso.accounts import codes
from hopso.accounts import entrance
from hopso.accounts import logins
from hopso.accounts import passwords
from hopso.accounts import sessions
from hopso.accounts import terms
from hopso.accounts import upkeep  # noqa: F401  (its jobs are known to the queue wherever pages are)
from hopso.accounts.gate import presence
from hopso.accounts.records import account_of
from hopso.accounts.seal import NoKey
from hopso.accounts.trace import tell_login
from hopso.accounts.views import labels
from hopso.accounts.views.login import NO_STORE
from hopso.accounts.views.steps import change_own_password
from hopso.accounts.views.steps import NO_KEY
from hopso.accounts.views.steps import offered_secret
from hopso.core.text import datetime_text
from hopso.core.text import now
from hopso.organisation.assignments import functions_of
from hopso.organisation.vocabularies import unit_title
from hopso.policy.api import current_policy
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


SHOWN_LOGINS = 15


class Own(BrowserView):
    """What both pages share: who it is, tokens, answers."""

    shared = ViewPageTemplateFile("../templates/macros.pt")
    plone_resources = False
    hs_section = "none"

    def update(self):
        self.request.response.setHeader("Cache-Control", NO_STORE)
        self.errors = {}
        self.user_id = api.user.get_current().getId()
        self.account = account_of(self.user_id)
        self.policy = current_policy()
        self.present = presence(self.request)

    def token(self) -> str:
        """Return the token that a POST must carry."""
        return createToken()

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request)

    def rules(self) -> list:
        """Return the rules for a new password."""
        return passwords.rules_in_words(self.policy)

    def back(self, message):
        """Go to the page of the account with a message."""
        api.portal.show_message(message, self.request)
        self.request.response.redirect(f"{self.context.absolute_url()}/@@my-account", status=303)
        return ""


class ChangePassword(Own):
    """Asks for the present password and twice for the new one."""

    index = ViewPageTemplateFile("../templates/change_password.pt")
    page_title = _("Change password")

    def __call__(self):
        self.update()
        if self.request.method == "POST" and self.ours():
            CheckAuthenticator(self.request)
            self.errors = change_own_password(self.user_id, self.request.form, self.request)
            if not self.errors:
                return self.back(_("The password was changed. You are logged out everywhere else."))
            self.request.response.setStatus(400)
        return self.index()

    def ours(self) -> bool:
        """Tell whether the password is kept here (not by a directory, not above the site)."""
        return bool(passwords.hash_of(self.user_id))


class MyAccount(Own):
    """Sessions, logins, password, codes, terms."""

    index = ViewPageTemplateFile("../templates/my_account.pt")
    page_title = _("My account")
    fresh_codes = ()
    ACTIONS = ("end", "end_others", "begin", "confirm", "cancel", "renew", "off")

    def __call__(self):
        self.update()
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            for name in self.ACTIONS:
                if name in self.request.form:
                    answer = getattr(self, f"_do_{name}")()
                    if answer is not None:
                        return answer
        return self.index()

    # ---- actions ----

    def _text(self, name) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def _refuse(self, field, text, status=400):
        self.errors = {field: text}
        self.request.response.setStatus(status)

    def _do_end(self):
        wanted = self._text("end")
        if wanted not in [one.id for one in sessions.sessions_of(self.user_id)]:
            return self.back(_("This session had ended already."))
        sessions.end(wanted)
        tell_login(self.user_id, logins.ENDED)
        return self.back(_("The session was ended."))

    def _do_end_others(self):
        count = sessions.end_all(self.user_id, except_id=self._own_id())
        if count:
            tell_login(self.user_id, logins.ENDED, note=str(count))
        return self.back(_("All other sessions were ended: ${count}.", mapping={"count": str(count)}))

    def _own_id(self) -> str:
        return self.present.session.id if self.present is not None else ""

    def _do_begin(self):
        if self._own_id() and self.account is not None and not self.account.otp_secret:
            codes.offer(self._own_id())
        self.request.response.redirect(f"{self.context.absolute_url()}/@@my-account#codes", status=303)
        return ""

    def _do_confirm(self):
        if self.account is None or self.account.otp_secret:
            return self.back(_("One-time codes are switched on."))
        try:
            found = codes.confirm(self.user_id, self._own_id(), self._text("code"))
        except NoKey:
            return self._refuse("code", NO_KEY, 503)
        if not found:
            return self._refuse("code", _("This code does not belong to the picture. Is the clock right?"))
        self.fresh_codes = found
        return None

    def _do_cancel(self):
        sessions.change(self._own_id(), offer="")
        return self.back(_("Nothing was changed."))

    def _do_renew(self):
        self.fresh_codes = self._proved(codes.renew_recovery) or ()

    def _do_off(self):
        if set(self.policy.otp_required) & entrance.held_by(self.user_id, self.policy):
            return self._refuse("proof", _("The rules of the province ask for codes with your rights."), 403)
        if self._proved(codes.switch_off):
            return self.back(_("One-time codes are switched off."))
        return None

    def _proved(self, act):
        """Ask for password and code, and do *act* with the code; return what it returns, None if refused."""
        login = entrance.login_name(self.user_id)
        wait = attempts.wait_for(login, entrance.origin_of(self.request), self.policy)
        if wait:
            return self._refuse("proof", entrance.too_many(wait), 429)
        try:
            right = entrance.owner_of(login, self._text("current")) == self.user_id
            if right and (done := act(self.user_id, self._text("code"))):
                return done
        except NoKey:
            return self._refuse("proof", NO_KEY, 503)
        verdict = entrance.failed(login, self.user_id, self.request, "page", "code")
        locked = verdict.problem == entrance.LOCKED
        text = verdict.message if locked else _("Password or code is wrong.")
        return self._refuse("proof", text, 429 if locked else 400)

    # ---- what the page shows ----

    def profile(self) -> list[dict]:
        """Return the facts about the person."""
        member = api.user.get_current()
        account = self.account
        functions = [
            " · ".join(
                part
                for part in (
                    one.position or self.say(labels.function_title(one.function)),
                    unit_title(one.unit),
                )
                if part
            )
            for one in functions_of(self.user_id)
        ]
        rows = [
            (_("User name"), self.user_id),
            (_("Full name"), member.getProperty("fullname") or "–"),
            (_("Unit"), (unit_title(account.unit) if account is not None else "") or "–"),
            (_("Functions"), "; ".join(functions) or "–"),
            (_("E-mail"), member.getProperty("email") or "–"),
            (_("Telephone"), (account.phone if account is not None else "") or "–"),
        ]
        return [{"title": title, "text": text} for title, text in rows]

    def password(self) -> dict | None:
        """Return when the password was set and how long it holds, None for accounts from elsewhere."""
        if self.account is None or not passwords.hash_of(self.user_id):
            return None
        end = passwords.expires_on(self.account, self.policy)
        left = passwords.days_left(self.account, now(), self.policy)
        return {
            "since": datetime_text(self.account.password_set_at) if self.account.password_set_at else "–",
            "until": datetime_text(end) if end else "",
            "soon": left is not None and left <= passwords.WARN_DAYS[0],
            "left": _("${count} days left", mapping={"count": str(left)}) if left is not None else "",
        }

    def sessions(self) -> list[dict]:
        """Return the sessions that count now."""
        return [
            {
                "id": one.id,
                "place": one.address or "–",
                "agent": labels.agent_name(one.agent) or self.say(_("Unknown program")),
                "mark": "WEB" if one.kind == sessions.PAGE else "API",
                "since": datetime_text(one.since),
                "seen": datetime_text(one.seen_at),
                "current": one.id == self._own_id(),
            }
            for one in sessions.sessions_of(self.user_id)
        ]

    def logins(self) -> list[dict]:
        """Return the latest lines of the login log about this account."""
        return [labels.described(one) for one in logins.logins_of(self.user_id, limit=SHOWN_LOGINS)]

    def codes(self) -> dict | None:
        """Return the state of one-time codes, None where there can be none."""
        if self.account is None:
            return None
        return {
            "on": bool(self.account.otp_secret),
            "since": datetime_text(self.account.otp_since) if self.account.otp_since else "",
            "left": len(self.account.recovery),
            "required": bool(set(self.policy.otp_required) & entrance.held_by(self.user_id, self.policy)),
            "session": bool(self._own_id()),
        }

    def offered(self) -> dict | None:
        """Return the secret that waits to be confirmed: text and picture."""
        return offered_secret(self.present.session) if self.present is not None else None

    def terms(self) -> dict | None:
        """Return what was accepted, None if nothing."""
        if self.account is None or self.account.terms_at is None:
            return None
        return {
            "version": self.account.terms_version,
            "when": datetime_text(self.account.terms_at),
            "lines": terms.paragraphs(self.policy),
        }

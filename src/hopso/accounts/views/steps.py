"""``/@@continue``: what a login still has to do before it counts, one step a page."""

from urllib.parse import urlencode

from hopso import _
from hopso.accounts import attempts
from hopso.accounts import codes
from hopso.accounts import entrance
from hopso.accounts import passwords
from hopso.accounts import terms
from hopso.accounts.directory.door import own_password_counts
from hopso.accounts.gate import presence
from hopso.accounts.records import account_of
from hopso.accounts.seal import NoKey
from hopso.accounts.seal import open_seal
from hopso.accounts.views.login import continue_url
from hopso.accounts.views.login import destination
from hopso.accounts.views.login import NO_STORE
from hopso.core import errors
from hopso.core.text import now
from hopso.policy.api import current_policy
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


REASONS = {
    "first": _("Your password was given to you by somebody else. Please choose one of your own."),
    "order": _("Everybody concerned has been ordered to change the password: ${reference}."),
    "expired": _("Your password has reached its greatest age. Please choose a new one."),
}
NO_KEY = _("One-time codes cannot be checked at the moment. Please tell the administrator of the system.")


def change_own_password(user_id: str, form: dict, request) -> dict:
    """Change the password after asking for the present one; return field -> what is wrong ({}: done)."""
    values = {name: form.get(name, "") for name in ("current", "password", "again")}
    if not all(isinstance(one, str) for one in values.values()):
        return {"current": _("Please check what you entered.")}
    if not own_password_counts(account_of(user_id)):
        return {"current": _("Your password is kept by the directory. Please change it there.")}
    login = entrance.login_name(user_id)
    wait = attempts.wait_for(login, entrance.origin_of(request), current_policy())
    if wait:
        return {"current": entrance.too_many(wait)}
    if entrance.owner_of(login, values["current"]) != user_id:
        verdict = entrance.failed(login, user_id, request, "page", "password")
        locked = verdict.problem == entrance.LOCKED
        return {"current": verdict.message if locked else _("This is not your present password.")}
    if values["password"] != values["again"]:
        return {"again": _("The two new passwords differ.")}
    if values["password"] == values["current"]:
        return {"password": _("Please choose another password than the present one.")}
    found = passwords.problems(values["password"], user_id, current_policy())
    if found:
        return {"password": found[0]}
    try:
        passwords.set_password(user_id, values["password"], by_other=False)
    except errors.Invalid as error:
        return error.errors
    return {}


def offered_secret(session) -> dict | None:
    """Return the secret of a session that waits to be confirmed: as text in groups, and as a picture."""
    if not session.offer:
        return None
    try:
        secret = open_seal(session.offer)
    except NoKey:
        return None
    uri = codes.uri(secret, entrance.login_name(session.user_id))
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"secret": groups, "picture": codes.picture(uri)}


class Continue(BrowserView):
    """Shows the first step left, and the next one when that is done."""

    index = ViewPageTemplateFile("../templates/continue.pt")
    shared = ViewPageTemplateFile("../templates/macros.pt")
    plone_resources = False
    hs_section = "none"
    page_title = _("Log in")
    fresh_codes = ()

    def __call__(self):
        self.request.response.setHeader("Cache-Control", NO_STORE)
        self.errors = {}
        self.found = presence(self.request)
        if self.found is None:
            self.request.response.redirect(f"{api.portal.get().absolute_url()}/login", status=303)
            return ""
        self.session, self.due = self.found.session, self.found.due
        self.account = account_of(self.session.user_id)
        self.policy = current_policy()
        if not self.due:
            return self._go_on()
        if self.request.method == "POST":
            if not entrance.own_form(self.request, self.found.token):
                self.request.response.setStatus(403)
                self.errors = {"form": _("This form has expired. Please try again.")}
            elif self.request.form.get("step") == self.step and getattr(self, f"_do_{self.step}")():
                return self._done()
            if self.request.response.getStatus() == 303:
                return ""
        return self.index()

    @property
    def step(self) -> str:
        """The step that is shown."""
        return self.due[0]

    def _done(self):
        rest = self.due[1:]
        if not rest:
            entrance.settle(self.session, self.request)
        if self.fresh_codes:
            return self.index()
        return self._next_step() if rest else self._go_on()

    def _next_step(self):
        wanted = self.came_from()
        query = f"?{urlencode({'came_from': wanted})}" if wanted else ""
        self.request.response.redirect(continue_url() + query, status=303)
        return ""

    def _go_on(self):
        self.request.response.redirect(self.next_url(), status=303)
        return ""

    def next_url(self) -> str:
        """Return where to go when all steps are done."""
        return destination(self.came_from() or self.session.came_from)

    def came_from(self) -> str:
        """Return the local address that was asked for, "" if none."""
        return entrance.local_url(self.request.form.get("came_from"))

    # ---- steps ----

    def _do_code(self) -> bool:
        code, login = self.request.form.get("code", ""), entrance.login_name(self.session.user_id)
        wait = attempts.wait_for(login, entrance.origin_of(self.request), self.policy)
        if wait:
            return self._refuse("code", entrance.too_many(wait), 429)
        try:
            if isinstance(code, str) and codes.open_session(self.session.user_id, self.session.id, code):
                return True
        except NoKey:
            return self._refuse("code", NO_KEY, 503)
        verdict = entrance.failed(login, self.session.user_id, self.request, "page", "code")
        locked = verdict.problem == entrance.LOCKED
        text = verdict.message if locked else _("This code is wrong, too old, or was used already.")
        return self._refuse("code", text, 429 if locked else 400)

    def _refuse(self, field, text, status) -> bool:
        self.errors = {field: text}
        self.request.response.setStatus(status)
        return False

    def _do_password(self) -> bool:
        self.errors = change_own_password(self.session.user_id, self.request.form, self.request)
        if self.errors:
            self.request.response.setStatus(400)
        return not self.errors

    def _do_terms(self) -> bool:
        if self.request.form.get("version") != self.policy.terms_version:
            return self._refuse(
                "form", _("The terms have changed in the meantime. Please read them again."), 409
            )
        if not self.request.form.get("accept"):
            return self._refuse("accept", _("Without your consent the system cannot be used."), 400)
        terms.accept(self.session.user_id, self.policy.terms_version)
        return True

    def _do_enrol(self) -> bool:
        if "begin" in self.request.form:
            codes.offer(self.session.id)
            self._next_step()
            return False
        code = self.request.form.get("code", "")
        try:
            found = codes.confirm(
                self.session.user_id, self.session.id, code if isinstance(code, str) else ""
            )
        except NoKey:
            return self._refuse("code", NO_KEY, 503)
        if not found:
            return self._refuse(
                "code", _("This code does not belong to the picture. Is the clock right?"), 400
            )
        self.fresh_codes = found
        return True

    # ---- what the page shows ----

    def token(self) -> str:
        """Return the forgery token of this session."""
        return entrance.form_token(self.found.token)

    def reason(self):
        """Return why the password has to be changed."""
        why = passwords.must_change(self.account, now(), self.policy)
        if why == "order":
            return Message(REASONS[why], mapping={"reference": self.account.order})
        return REASONS.get(why, REASONS["expired"])

    def rules(self) -> list:
        """Return the rules for a new password."""
        return passwords.rules_in_words(self.policy)

    def terms(self) -> list:
        """Return the paragraphs of the terms of use."""
        return terms.paragraphs(self.policy)

    def offered(self) -> dict | None:
        """Return the secret that waits to be confirmed: text and picture."""
        return offered_secret(self.session)

"""``@@invitation``: choosing a password by the link of a mail.  Whoever has the link is nobody yet."""

from hopso import _
from hopso.accounts import invitations
from hopso.accounts import passwords
from hopso.accounts.identities import fullname_of
from hopso.core import errors
from hopso.policy.api import current_policy
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
import transaction
from zope.i18n import translate


class Invitation(BrowserView):
    """GET asks for a new password twice, POST sets it; a link that opens nothing says so (410)."""

    page_title = _("Choose a password")
    plone_resources = False
    problem = ""
    done = False

    def __call__(self):
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        # The key in the address is nobody else's business.
        response.setHeader("Referrer-Policy", "no-referrer")
        self.account = invitations.opened_by(self._text("user"), self._text("key"))
        if self.account is None:
            response.setStatus(410)
        elif self.request.method == "POST":
            self._accept()
        return self.index()

    def _text(self, name) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def _accept(self):
        CheckAuthenticator(self.request)
        password = self._text("password")
        if password != self._text("again"):
            self.problem = _("The two passwords differ.")
        else:
            try:
                invitations.accept(self.account, password)
                self.done = True
            except errors.OperationError as error:
                transaction.abort()
                self.problem = error.message
        if self.problem:
            self.request.response.setStatus(400)

    def name(self) -> str:
        return fullname_of(self.account.user_id)

    def token(self) -> str:
        return createToken()

    def fields(self) -> dict:
        """Return what the form sends back."""
        return {"user": self._text("user"), "key": self._text("key")}

    def rules(self) -> list[str]:
        """Return what a password must be like."""
        said = passwords.rules_in_words(current_policy())
        return [translate(one, context=self.request) for one in said]

    def login_url(self) -> str:
        return f"{api.portal.get().absolute_url()}/login"

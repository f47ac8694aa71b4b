"""``/@@login-help``: a forgotten password; and the old ways to it, which lead here."""

from hopso import _
from hopso.accounts import entrance
from hopso.accounts.help import ask_for_link
from hopso.accounts.views.login import foreign
from hopso.accounts.views.login import NO_STORE
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class LoginHelp(BrowserView):
    """Asks for a name or an address, and says the same whoever asks."""

    index = ViewPageTemplateFile("../templates/login_help.pt")
    plone_resources = False
    hs_section = "none"
    page_title = _("Help with logging in")
    error = None
    asked = False

    def __call__(self):
        self.request.response.setHeader("Cache-Control", NO_STORE)
        if self.request.method == "POST":
            self._ask()
        return self.index()

    def _ask(self):
        name = self.request.form.get("name", "")
        if not isinstance(name, str) or not name.strip():
            self.error = _("Please give your login name or e-mail address.")
        elif foreign(self.request):
            self.error = _("This form was sent by another site. Please log in here.")
        else:
            wait = ask_for_link(name, self.request)
            self.asked = wait is None
            self.error = entrance.too_many(wait) if wait else None
        if self.error:
            self.request.response.setStatus(400)


class ToHelp(BrowserView):
    """Plone's other pages for forgotten passwords know neither our rules nor closed accounts."""

    def __call__(self, *args, **kw):
        self.request.response.redirect(f"{api.portal.get().absolute_url()}/@@login-help", status=303)
        return ""

    def publishTraverse(self, request, name):
        """Take whatever stands behind the name (keys of old mails)."""
        return self

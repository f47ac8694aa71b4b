"""What the pages of the policy share: tokens, refusals, rows, macros that several of them draw."""

from hopso import _
from hopso.core import errors
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.views.answers import describe_error
from hopso.policy import showing
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import transaction
from zope.i18n import translate


class PolicyPage(BrowserView):
    """What the pages of the policy share."""

    hs_section = "rules"
    day_text = staticmethod(day_text)
    error = None

    effects_template = ViewPageTemplateFile("templates/effects_table.pt")
    overrides_template = ViewPageTemplateFile("templates/overrides_table.pt")
    figure_template = ViewPageTemplateFile("templates/figure.pt")
    period_template = ViewPageTemplateFile("templates/period.pt")

    @property
    def effects_macro(self):
        """The table of meetings and what would be otherwise."""
        return self.effects_template.macros["table"]

    @property
    def overrides_macro(self):
        """The table of lifted rules."""
        return self.overrides_template.macros["table"]

    @property
    def figure_macro(self):
        """How often a rule was kept."""
        return self.figure_template.macros["figure"]

    @property
    def period_macro(self):
        """The two fields of a period."""
        return self.period_template.macros["period"]

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request)

    def token(self) -> str:
        """Return the token that a POST must carry."""
        return createToken()

    @property
    def url(self) -> str:
        """Address of the context."""
        return self.context.absolute_url()

    def posted(self) -> bool:
        """Tell whether this is a POST; refuses one without token."""
        if self.request.method != "POST":
            return False
        PostOnly(self.request)
        CheckAuthenticator(self.request)
        return True

    def attempt(self, act) -> bool:
        """Call *act*; on a refusal nothing is kept and ``error`` says why."""
        try:
            act()
        except errors.OperationError as error:
            transaction.abort()
            self.error = describe_error(error, self.request)
            self.request.response.setStatus(error.status)
            return False
        return True

    def back(self, message, view: str) -> str:
        """Send the browser to *view* with a message."""
        api.portal.show_message(message, self.request)
        self.request.response.redirect(f"{self.url}/@@{view}", status=303)
        return ""

    def effect_rows(self, found) -> list[dict]:
        """Return effects on meetings as rows: when, title, url, unit, lines of rule, before, after."""
        return [
            {
                "uid": one.uid,
                "when": datetime_text(one.start),
                "title": one.title or self.say(_("A meeting that you may not read")),
                "url": one.url,
                "unit": one.unit,
                "lines": [
                    {
                        "rule": line.rule,
                        "kind": self.say(_("Deadline") if line.kind == "deadline" else _("Statement")),
                        "before": line.before or showing.NOTHING,
                        "after": line.after or showing.NOTHING,
                    }
                    for line in one.differences
                ],
            }
            for one in found
        ]

"""What all pages of the desk share."""

from AccessControl import getSecurityManager
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.organisation.place import unit_of
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


class DeskPage(BrowserView):
    """A page with dialogs of operations."""

    hs_section = "units"
    day_text = staticmethod(day_text)
    dialogs_template = ViewPageTemplateFile("../../meetings/views/templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of one operation, shared by all pages."""
        return self.dialogs_template.macros["dialog"]

    @property
    @memoize
    def token(self) -> str:
        return createToken()

    @property
    def url(self) -> str:
        """Address of the context."""
        return self.context.absolute_url()

    @property
    def portal_url(self) -> str:
        """Address of the site."""
        return api.portal.get().absolute_url()

    @property
    @memoize
    def user_id(self) -> str:
        """Id of the present user."""
        return getSecurityManager().getUser().getId() or ""

    def may(self, permission: str) -> bool:
        """Tell whether the present user has *permission* here."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def crumb(self) -> list[dict]:
        """Return the units around, from the top."""
        found, unit = [], unit_of(self.context)
        while unit is not None:
            found.insert(0, {"title": unit.title, "url": unit.absolute_url()})
            unit = unit_of(unit.__parent__)
        return found


def when(moment) -> str:
    """Return a moment for people, empty for None."""
    return datetime_text(moment) if moment is not None else ""


def day(value) -> str:
    """Return a day for people, empty for None."""
    return f"{value:%d/%m/%Y}" if value is not None else ""

"""What the cards and pages of rooms share."""

from AccessControl import getSecurityManager
from hopso.core.operation import find_operation
from hopso.core.static import address
from hopso.core.text import day_text
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.theme.cards import Card
from plone.protect.authenticator import createToken
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


class RoomCard(Card):
    """A card of a room's page, with dialogs of operations."""

    dialogs_template = ViewPageTemplateFile("../../../meetings/views/templates/dialog.pt")
    day_text = staticmethod(day_text)
    verb = ""

    @property
    def dialog_macro(self):
        return self.dialogs_template.macros["dialog"]

    @property
    def token(self) -> str:
        return createToken()

    @property
    def css(self) -> str:
        return address("inventory", "inventory.css")

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    def may(self, permission: str) -> bool:
        """Tell whether the present user has *permission* on the room."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def dialog(self) -> dict | None:
        """Return the dialog of the card's operation, None if it may not be done."""
        one = find_operation(self.context, self.verb)
        return button_of_quiet(one, self.context) if one is not None and one.allowed(self.context) else None

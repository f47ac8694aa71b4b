"""One's own duties on the start page."""

from AccessControl import getSecurityManager
from hopso.operations_desk.duty.views import my_duties
from hopso.theme.cards import Card
from plone.memoize.view import memoize
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class MyDuties(Card):
    """Where the person is on duty."""

    place, order = "todo", 16
    template = ViewPageTemplateFile("templates/start_card.pt")

    def shown(self):
        return bool(self.rows)

    @property
    @memoize
    def rows(self) -> list[dict]:
        user_id = getSecurityManager().getUser().getId()
        return my_duties(user_id, 5) if user_id else []

    def all_url(self) -> str:
        return f"{self.context.absolute_url()}/@@my-duties"

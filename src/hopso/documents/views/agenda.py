"""An agenda item has no page of its own: it is a place on the meeting's."""

from hopso.meetings.place import meeting_of
from Products.Five.browser import BrowserView


class AgendaItemView(BrowserView):
    """``<item>/view`` leads to the item on the meeting page."""

    def __call__(self):
        url = f"{meeting_of(self.context).absolute_url()}#item-{self.context.getId()}"
        self.request.response.redirect(url, status=302)
        return ""

"""Drafts: where those are that I prepare, and taking one away."""

from functools import cached_property

from hopso import _
from hopso.core.operation import operation
from hopso.core.text import span_text
from hopso.meetings.content import IMeeting
from hopso.organisation.assignments import functions_of
from hopso.theme.cards import Card
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


SHOWN = 5


@operation(
    "meeting.delete_draft", IMeeting, title=_("Delete the draft"), permission="Delete objects",
    states=("draft",), order=320, danger=True,
)  # fmt: skip
def delete_draft(meeting):
    """Take a draft away with all that is in it."""
    # The right to delete it was checked; folders of years have no rights of their own.
    meeting.__parent__._delObject(meeting.getId())


def my_drafts(user_id: str) -> list:
    """Return the catalog's records of the drafts and returned registrations that a person prepares, newest first.

    Those are the meetings that name the person as preparer; the catalog shows only what one may see.
    """
    from hopso.meetings.participation import participation_store

    store = participation_store()
    mine = {uid for uid, held in store.items_of(f"user:{user_id}") if "preparer" in held.names}
    if not mine:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(
        portal_type="Meeting", review_state=["draft", "returned"], sort_on="modified", sort_order="descending"
    )
    return [one for one in found if one.UID in mine]


class DraftRows:
    """What the card and the page show of drafts."""

    @cached_property
    def brains(self) -> list:
        """The drafts, each asked for once."""
        return my_drafts(api.user.get_current().getId())

    def count(self) -> int:
        """How many there are."""
        return len(self.brains)

    def token(self) -> str:
        """Return the token of forms."""
        return createToken()

    def rows(self, limit: int | None = None) -> list[dict]:
        """Return title, time, state and addresses of the drafts."""
        language = api.portal.get_current_language() or "vi"
        found = []
        for one in self.brains[:limit]:
            url = one.getURL()
            found.append(
                {
                    "title": one.Title,
                    "url": f"{url}/@@guide-review",
                    "guide": f"{url}/@@guide-what",
                    "action": f"{url}/@@do",
                    "span": span_text(one.meeting_start, one.meeting_end, language),
                    "returned": one.review_state == "returned",
                }
            )
        return found


class DraftsCard(DraftRows, Card):
    """On the start page: what I have begun to register."""

    place, order = "side", 20
    template = ViewPageTemplateFile("templates/drafts_card.pt")

    def shown(self):
        user_id = api.user.get_current().getId()
        return any(one.function == "coordinators" for one in functions_of(user_id)) or bool(self.brains)

    def few(self) -> list[dict]:
        """Return the newest rows."""
        return self.rows(SHOWN)


class MyDrafts(DraftRows, BrowserView):
    """``/@@my-drafts``: all of them."""

    hs_section = "meetings"
    page_title = _("My drafts")

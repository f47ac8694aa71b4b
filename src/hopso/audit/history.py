"""``@@history``: who did what on a meeting, a document or a unit, and who was told.

For those who prepare and chair; reading, addresses and refused access are
matters of the audit log and stand only there.
"""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from hopso import _
from hopso.audit.log import history_of
from hopso.audit.rows import Rows
from hopso.core.text import datetime_text
from hopso.notifications.log import notification_log
from hopso.notifications.messages import KINDS
from hopso.organisation.names import person_names
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate


LIMIT = 500
RESULTS = {
    "sent": (_("sent"), "hs-tag hs-tag--good"),
    "not_sent": (_("not sent"), "hs-tag hs-tag--warn"),
    "failed": (_("failed"), "hs-tag hs-tag--bad"),
    "skipped": (_("left out"), "hs-tag"),
}


class History(BrowserView):
    """The page; who may not see the thing itself does not see its history."""

    def update(self):
        if not getSecurityManager().checkPermission("View", self.context):
            raise Unauthorized("View")
        found = history_of(self.context, limit=LIMIT + 1)
        self.more = len(found) > LIMIT
        self.rows = Rows(self.request).of(found[:LIMIT])

    def __call__(self):
        self.update()
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return super().__call__()

    def page_title(self) -> str:
        """Return what stands in the title bar."""
        text = _("History of ${title}", mapping={"title": self.context.title})
        return translate(text, context=self.request)

    @property
    def own_uid(self) -> str:
        return self.context.UID()

    def notices(self) -> list[dict]:
        """Return who was told what about the thing and what is in it, the latest first."""
        brains = api.content.find(context=self.context)
        log = notification_log()
        found = [(one, brain) for brain in brains for one in log.of_object(brain.UID)]
        found.sort(key=lambda pair: pair[0].when, reverse=True)
        names = person_names(one.who for one, _brain in found[:LIMIT])
        return [
            {
                "when": datetime_text(one.when),
                "who": names.get(one.who, one.who),
                "what": translate(self._kind(one.kind), context=self.request),
                "title": brain.Title if self.own_uid != brain.UID else "",
                "result": RESULTS.get(one.result, (one.result, "hs-tag"))[0],
                "tag": RESULTS.get(one.result, ("", "hs-tag"))[1],
                "reason": one.reason,
            }
            for one, brain in found[:LIMIT]
        ]

    def _kind(self, name):
        return KINDS[name].text if name in KINDS else name

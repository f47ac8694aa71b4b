"""Who supplied what on a page, and what it was before (BD-12.3.b/2)."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.audit.log import history_of
from hopso.core.text import datetime_text
from hopso.documents.approval import may_see_history
from hopso.documents.content import IMeetingDocument
from hopso.documents.versions import versions
from hopso.meetings.views.people_card import SEES_ANSWERS
from hopso.organisation.names import person_names
from plone.dexterity.utils import iterSchemata
from plone.memoize.view import memoize
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.schema import getFieldsInOrder


LOOKED_AT, SHOWN = 200, 12
TYPES = {
    "Meeting": _("Meeting"),
    "AgendaItem": _("Agenda item"),
    "MeetingDocument": _("Document"),
    "Minutes": _("Minutes"),
    "ConclusionNotice": _("Conclusion notice"),
}
SHORT = 80


class Source(BrowserView):
    """``<thing>/@@source``: author, last change, versions of the file, fields with before and after.

    Everybody who may see the thing sees its author and its last change; what it
    was before is for those who prepare it: a draft is nobody else's business.
    """

    @property
    @memoize
    def entries(self) -> list:
        """The entries of the log about the thing and what is in it that say what was changed."""
        return [one for one in history_of(self.context, LOOKED_AT) if one.changes]

    @property
    @memoize
    def names(self) -> dict[str, str]:
        """Names of the people of the block."""
        ids = {
            self.context.Creator(),
            *(one.who for one in self.entries),
            *(one.who for one in self._versions),
        }
        return person_names(ids)

    @property
    @memoize
    def _versions(self):
        return versions(self.context) if IMeetingDocument.providedBy(self.context) else []

    @memoize
    def sees_before(self) -> bool:
        """Tell whether the reader may know what it was before."""
        if IMeetingDocument.providedBy(self.context):
            return may_see_history(self.context)
        may = getSecurityManager().checkPermission
        wanted = ("Modify portal content", "hopso: Archive meeting", *SEES_ANSWERS)
        return any(may(permission, self.context) for permission in wanted)

    def author(self) -> dict:
        """Return who entered it, and when."""
        creator = self.context.Creator()
        return {
            "who": self.names.get(creator, creator),
            "when": datetime_text(self.context.created().asdatetime()),
        }

    def last(self) -> dict | None:
        """Return who changed it last, None if nobody has."""
        if not self.entries:
            return None
        one = self.entries[0]
        return {"who": self.names.get(one.who, one.who), "when": datetime_text(one.when)}

    def versions(self) -> list[dict]:
        """Return the files that a document had, the latest first."""
        if not self.sees_before():
            return []
        return [
            {
                "number": one.number,
                "name": one.filename,
                "who": self.names.get(one.who, one.who),
                "when": datetime_text(one.when),
                "digest": one.digest[:12],
            }
            for one in reversed(self._versions)
        ]

    def changes(self) -> list[dict]:
        """Return what was changed from what to what, the latest first."""
        if not self.sees_before():
            return []
        titles = self._titles()
        return [
            {
                "thing": TYPES.get(one.portal_type, one.title) if one.uid != self.context.UID() else "",
                "fields": [
                    {
                        "title": titles.get(name, name),
                        "before": _short(before),
                        "after": _short(after),
                    }
                    for name, (before, after) in sorted(one.changes.items())
                ],
                "who": self.names.get(one.who, one.who),
                "when": datetime_text(one.when),
            }
            for one in self.entries[:SHOWN]
        ]

    def _titles(self) -> dict[str, str]:
        """Return name of a field -> its title, for the thing and what may be in it."""
        from hopso.documents.content import IMeetingDocument as document
        from hopso.meetings.content import IAgendaItem
        from hopso.minutes.content import IConclusionNotice

        found = {}
        for schema in (document, IAgendaItem, IConclusionNotice, *iterSchemata(self.context)):
            for name, field in getFieldsInOrder(schema):
                found[name] = translate(field.title, context=self.request)
        return found


def _short(value) -> str:
    text = ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
    if not text:
        return "–"
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"

"""The card on the page of a meeting: on which channels it was announced."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.findings import WARN
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.notifications import channels
from hopso.notifications import log
from hopso.organisation.names import person_names
from hopso.policy.api import policy_for
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


SHOWN_FROM = ("scheduled", "convened", "in_session", "ended", "concluded", "archived")
SHOWN_MISSED = 5


class Channels(BrowserView):
    """``<meeting>/@@channels``: a card, for those who prepare the meeting."""

    dialogs_template = ViewPageTemplateFile("../../meetings/views/templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of one operation, shared by all pages."""
        return self.dialogs_template.macros["dialog"]

    @property
    @memoize
    def token(self) -> str:
        return createToken()

    def shown(self) -> bool:
        """Tell whether the card is for the reader, and the meeting far enough."""
        may = getSecurityManager().checkPermission("hopso: Prepare meeting", self.context)
        return bool(may) and state_of(self.context) in SHOWN_FROM

    @property
    @memoize
    def announced(self):
        """What was announced so far."""
        return channels.announcement_of(self.context)

    def rows(self) -> list[dict]:
        """Return one row a channel: title, text, tag."""
        wanted = policy_for(self.context).notice_channels
        rows = []
        if "email" in wanted:
            sent, tried = len(self.announced.sent), len(self.announced.mails)
            good = bool(sent) and sent == tried
            nothing = (
                _("No invitation was sent by e-mail.")
                if self.context.published_at is not None
                else _("Invitations go out when the meeting is published.")
            )
            text = (
                _("${sent} of ${all} invitations sent", mapping={"sent": sent, "all": tried})
                if tried
                else nothing
            )
            rows.append(
                {
                    "title": _("Official e-mail"),
                    "text": text,
                    "tag": _tag(good, tried or self.context.published_at),
                }
            )
        if "qlvb" in wanted:
            letters = self.announced.letters
            names = person_names(one.who for one in letters)
            lines = [
                _(
                    "No. ${number} of ${day}, recorded by ${who} at ${when}",
                    mapping={
                        "number": one.number,
                        "day": f"{one.dated:%d/%m/%Y}",
                        "who": names.get(one.who, one.who),
                        "when": datetime_text(one.when),
                    },
                )
                for one in letters
            ]
            rows.append({"title": _("Document system"), "text": "", "tag": _tag(bool(lines), 1)})
            rows[-1]["lines"] = lines
        return rows

    def missed(self) -> str:
        """Return the names of those whom no mail reached, the first few."""
        people = [one.who for one in self.announced.mails if one.result != log.SENT]
        names = person_names(people[:SHOWN_MISSED])
        more = ", …" if len(people) > SHOWN_MISSED else ""
        return ", ".join(names[one] for one in people[:SHOWN_MISSED]) + more

    def notes(self) -> list[dict]:
        """Return what the rule misses, once the meeting is published."""
        if self.context.published_at is None:
            return []
        return [
            {"text": one.text, "article": one.article}
            for one in channels.findings_of(self.context)
            if one.level == WARN
        ]

    @memoize
    def dialog(self) -> dict | None:
        """Return the dialog that records a letter, None if that is not possible now."""
        if not channels.record_qlvb.allowed(self.context):
            return None
        return button_of_quiet(channels.record_qlvb, self.context)


def _tag(good, tried) -> dict:
    if good:
        return {"name": _("Done"), "class": "hs-tag hs-tag--good"}
    return {"name": _("Still missing"), "class": "hs-tag hs-tag--warn" if tried else "hs-tag"}

"""Help on pages of other rooms: on the meeting's, and on the start page of those who help."""

from AccessControl import getSecurityManager
from hopso.core.operation import state_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings import participation
from hopso.operations_desk.help import needs
from hopso.operations_desk.help import operations
from hopso.operations_desk.help import records
from hopso.operations_desk.help.views import request_line
from hopso.operations_desk.views.base import when
from hopso.organisation.assignments import functions_of
from hopso.organisation.names import person_names
from hopso.organisation.views.units import term
from hopso.theme.cards import Card
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from plone.uuid.interfaces import IUUID
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


def _me() -> str:
    return getSecurityManager().getUser().getId() or ""


class HelpCard(Card):
    """“Trợ giúp” on the page of a meeting: asking, one's own requests, all to those who help."""

    place, order, permission = "aside", 70, "hopso: Ask for help"
    template = ViewPageTemplateFile("templates/help_card.pt")

    def shown(self):
        return state_of(self.context) in operations.ASK_STATES and not (
            state_of(self.context) == "scheduled" and not self.helps
        )

    @property
    def helps(self) -> bool:
        return bool(getSecurityManager().checkPermission(operations.HELP, self.context))

    @property
    @memoize
    def rows(self) -> list[dict]:
        found = records.help_store().of_meeting(IUUID(self.context))
        if not self.helps:
            found = [one for one in found if one.asker == _me()]
        found = [one for one in found if one.state != records.SOLVED or one.asker == _me()][-5:]
        names = person_names({one.asker for one in found} | {one.taken_by for one in found})
        moment = now()
        return [request_line(one, names, moment) for one in found]

    def url(self) -> str:
        return f"{self.context.absolute_url()}/@@help"

    def readiness_url(self) -> str:
        """Return where the preparation is looked through, empty for those who may not."""
        may = getSecurityManager().checkPermission("hopso: Prepare meeting", self.context)
        return f"{self.context.absolute_url()}/@@readiness" if may else ""


class NeedCard(Card):
    """What the invited person lacks: told with the answer, and what becomes of it (BD-8.2)."""

    place, order, permission = "top", 60, "hopso: Answer invitation"
    template = ViewPageTemplateFile("templates/need_card.pt")

    def shown(self):
        return (
            state_of(self.context) in ("convened", "in_session")
            and participation.record_of(self.context, _me()) is not None
            and needs.tell_need.allowed(self.context)
        )

    @property
    @memoize
    def need(self) -> dict | None:
        """What the person has told."""
        one = records.help_store().need(IUUID(self.context), _me())
        if one is None:
            return None
        return {
            "device": one.device,
            "account": one.account,
            "note": one.note,
            "told": when(one.told_at),
            "late": one.late,
            "met": when(one.met_at),
            "how": term(records.WaysToMeet, one.how) if one.how else "",
            "answer": one.answer,
        }

    def deadline(self) -> str:
        return when(needs.notice_deadline(self.context))

    def token(self) -> str:
        return createToken()

    def action(self) -> str:
        return f"{self.context.absolute_url()}/@@do"


class HelpWanted(Card):
    """Open requests to the units in which the person helps."""

    place, order = "todo", 12
    template = ViewPageTemplateFile("templates/start_card.pt")

    def shown(self):
        return bool(self.rows)

    @property
    @memoize
    def rows(self) -> list[dict]:
        held = functions_of(_me()) if _me() else ()
        units = {
            one.unit
            for one in held
            if one.function in ("admins", "coordinators", "secretaries", "technicians")
        }
        store, found = records.help_store(), []
        for unit in sorted(units):
            found += store.open_of_unit(unit)[-10:]
        if not found:
            return []
        names, moment = person_names(one.asker for one in found), now()
        catalog = api.portal.get_tool("portal_catalog")
        uids = list({one.meeting for one in found if one.meeting})
        brains = catalog.unrestrictedSearchResults(UID=uids) if uids else ()
        urls = {one.UID: f"{one.getURL()}/@@help" for one in brains}
        home = catalog.unrestrictedSearchResults(portal_type="Unit", getId=sorted(units))
        desks = {one.getId: f"{one.getURL()}/@@help-requests" for one in home}
        return [
            {
                **request_line(one, names, moment),
                "time": f"{local(one.asked_at):%H:%M}",
                "day": f"{local(one.asked_at):%d/%m}",
                "url": urls.get(one.meeting) or desks.get(one.unit, ""),
            }
            for one in sorted(found, key=lambda one: one.id)[:8]
        ]

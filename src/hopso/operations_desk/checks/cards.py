"""What technical checks add to pages of other rooms: the meeting's, and the start page."""

from datetime import timedelta

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks.api import check_of
from hopso.operations_desk.checks.api import checks_of
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.checks.views import tag
from hopso.operations_desk.place import operator_unit
from hopso.operations_desk.views.base import when
from hopso.organisation.assignments import functions_of
from hopso.organisation.groups import SERVES_FOR_UNIT
from hopso.organisation.names import person_names
from hopso.security.matrix import LOGISTICS
from hopso.theme.cards import Card
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


AHEAD = timedelta(days=7)
BEHIND = timedelta(days=3)
MOST = 8


def served_units() -> set[str]:
    """Return the ids of the units in which the present user looks after lines and rooms."""
    user_id = getSecurityManager().getUser().getId()
    return (
        {one.unit for one in functions_of(user_id) if one.function in SERVES_FOR_UNIT} if user_id else set()
    )


class MeetingChecks(Card):
    """“Kiểm tra kỹ thuật” on the page of a meeting: the state at each site."""

    place, order, permission = "main", 60, LOGISTICS
    template = ViewPageTemplateFile("templates/meeting_card.pt")

    def shown(self):
        return bool(self.checks)

    @property
    @memoize
    def checks(self):
        return checks_of(self.context)

    def rows(self) -> list[dict]:
        """Return a line for each place."""
        names = person_names(one.signed_by for one in self.checks)
        url = self.context.absolute_url()
        may = getSecurityManager().checkPermission(SERVE, self.context)
        return [
            {
                "title": one.title,
                "due": when(one.due),
                "tag": tag(one),
                "late": one.late,
                "ready": one.ready_at is not None,
                "signed": when(one.signed_at),
                "who": names.get(one.signed_by, ""),
                "progress": f"{one.answered}/{one.total}",
                "url": f"{url}/@@check?place={one.site_uid}" if may else "",
                "mine": may and not one.done and may_serve(self.context, one.site_uid, one.unit),
            }
            for one in self.checks
        ]

    def links(self) -> list[dict]:
        """Return where the rest of the technical work is done."""
        may, url = getSecurityManager().checkPermission, self.context.absolute_url()
        prepares = may("hopso: Prepare meeting", self.context)
        pages = (
            ("service", _("Technical service"), may(SERVE, self.context)),
            ("run-of-show", _("Run-of-show"), prepares),
            ("backdrop", _("Backdrop"), prepares),
        )
        return [{"title": title, "url": f"{url}/@@{name}"} for name, title, allowed in pages if allowed]

    def done(self) -> int:
        """Return how many have been signed."""
        return sum(1 for one in self.checks if one.done)


class StartCard(Card):
    """Base of the cards of the start page: a few checks with their meeting's time."""

    place = "todo"
    template = ViewPageTemplateFile("templates/start_card.pt")
    kind = ""

    def shown(self):
        return bool(self.rows)

    def records(self) -> list:
        """Return the checks to show."""
        raise NotImplementedError

    @property
    @memoize
    def rows(self) -> list[dict]:
        """The lines; checks of meetings that are gone are left out."""
        records = self.records()[:MOST]
        if not records:
            return []
        titles = place_titles({one.place for one in records})
        catalog = api.portal.get_tool("portal_catalog")
        uids = list({one.meeting for one in records})
        urls = {b.UID: b.getURL() for b in catalog.unrestrictedSearchResults(UID=uids)}
        found = []
        for record in records:
            if record.meeting in urls:
                check = check_of(record, titles.get(record.place, "–"))
                found.append(
                    {
                        "title": check.title,
                        "time": f"{local(check.start):%H:%M}",
                        "day": f"{local(check.start):%d/%m}",
                        "due": when(check.due),
                        "tag": tag(check),
                        "url": f"{urls[check.meeting]}/@@check?place={check.site_uid}",
                    }
                )
        return found

    def all_url(self) -> str:
        return f"{self.context.absolute_url()}/@@checks"


class DueChecks(StartCard):
    """The checks of the coming days that wait for the present user's units."""

    order, kind = 15, "due"

    def records(self):
        units, store, moment = served_units(), check_store(), now()
        if not units:
            return []
        return store.between(store.waiting, moment - timedelta(hours=1), moment + AHEAD, units)


class MissedChecks(StartCard):
    """The checks that were missed and are still not done: one's own units', all to the operator."""

    order, kind = 14, "missed"

    def records(self):
        units, store, moment = served_units(), check_store(), now()
        if not units:
            return []
        operator = operator_unit()
        everywhere = operator is not None and operator.getId() in units
        found = store.between(store.missed, moment - BEHIND, moment, None if everywhere else units)
        return [
            one for one in found if one.state == rules.MISSED and one.start > moment - timedelta(hours=12)
        ]

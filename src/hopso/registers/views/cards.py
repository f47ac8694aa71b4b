"""What registers and reports add to the start page."""

from hopso import _
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.assignments import functions_of
from hopso.organisation.names import unit_names
from hopso.organisation.vocabularies import unit_brains
from hopso.registers.duties import duties_in
from hopso.theme.cards import Card
from plone import api
from plone.memoize.instance import memoize
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


WRITERS = ("admins", "leaders")
SHOWN = 5


class ReportsDue(Card):
    """Start page: periodic reports that the person's units owe, the most overdue first."""

    place, order = "todo", 60
    template = ViewPageTemplateFile("templates/due_card.pt")

    def shown(self):
        return bool(self.rows())

    @memoize
    def rows(self) -> list[dict]:
        """Return the reports: unit, period, day, address."""
        user_id = api.user.get_current().getId()
        units = {one.unit for one in functions_of(user_id) if one.function in WRITERS}
        if not units:
            return []
        owed = [one for one in duties_in(units) if not one.done]
        owed.sort(key=lambda one: one.due)
        names, today = unit_names({one.unit for one in owed}), local(now()).date()
        places = {brain.getId: brain.getURL() for brain in unit_brains()} if owed else {}
        return [
            {
                "title": _(
                    "Report ${first} – ${last}",
                    mapping={"first": f"{one.period.first:%d/%m/%Y}", "last": f"{one.period.last:%d/%m/%Y}"},
                ),
                "unit": names.get(one.unit, ""),
                "due": f"{one.due:%d/%m/%Y}",
                "overdue": one.overdue(today),
                "url": one.url or f"{places.get(one.unit, '')}/@@reports",
            }
            for one in owed[:SHOWN]
        ]

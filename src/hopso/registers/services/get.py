"""For other systems: ``GET <unit>/@register?book=…``, ``@reports``, ``@adoption``; what the pages show."""

from hopso.operations_desk.personal import plain
from hopso.operations_desk.services.lists import ListGet
from hopso.registers.views.adoption import Adoption
from hopso.registers.views.entries import Register
from hopso.registers.views.reports import Reports
from plone.restapi.services import Service


class RegisterGet(ListGet):
    """One register; ``book`` as on the page."""

    page = Register


class ReportsGet(Service):
    """The duties of the unit, and at the operator those of all units in a period."""

    def reply(self):
        page = Reports(self.context, self.request)
        return {
            "@id": f"{self.context.absolute_url()}/@reports",
            "items": [self._plain(one, page) for one in page.own()],
            "period": page.period,
            "units": [self._plain(one, page) for one in page.of_units()],
            "total": page.sums() if page.is_operator else {},
        }

    def _plain(self, row, page):
        return plain({**row, "tag": page.t(row["tag"]["name"])})


class AdoptionGet(Service):
    """How much units and sites use the system."""

    def reply(self):
        page = Adoption(self.context, self.request)
        return {
            "@id": f"{self.context.absolute_url()}/@adoption",
            "from": page.first.isoformat(),
            "to": page.last.isoformat(),
            "saved": page.saved(),
            "terms": page.terms(),
            **{block["id"]: block["rows"] for block in page.blocks()},
        }

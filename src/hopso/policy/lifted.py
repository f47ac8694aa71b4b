"""``@@overrides``: what was done although a rule forbade it, with the reason; for leaders and administrators."""

from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from AccessControl import getSecurityManager
from hopso import _
from hopso.audit.log import record
from hopso.audit.reading import reach_of
from hopso.core.links import add_link
from hopso.core.operation import registered
from hopso.core.text import datetime_text
from hopso.core.text import LOCAL
from hopso.core.text import read_day
from hopso.operations_desk import sheets
from hopso.organisation.assignments import units_of
from hopso.organisation.content import IUnit
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.policy.bodies import find_unit
from hopso.policy.overrides import overrides
from hopso.policy.pages import PolicyPage
from hopso.policy.register import catalogue
from plone import api


SEE = "hopso: View overrides"
PAGE = 50

add_link("unit", SEE, _("Lifted rules"), "@@overrides", order=70)
add_link("tools", SEE, _("Lifted rules"), "@@overrides", order=70)


def reach_of_reader(portal) -> frozenset | None:
    """Return the ids of the units whose overrides the present user may see; None: of all, empty: of none."""
    may = getSecurityManager().checkPermission
    if may(SEE, portal):
        return None
    found: frozenset = frozenset()
    for unit_id in units_of(getSecurityManager().getUser().getId() or ""):
        unit = find_unit(unit_id)
        if unit is not None and may(SEE, unit):
            found |= reach_of(unit)
    return found


def override_rows(found) -> list[dict]:
    """Return overrides for people; titles of meetings only where the reader may see them."""
    names, units = person_names(one.who for one in found), unit_names(one.unit for one in found)
    titles = {one.name: one.title for one in registered()}
    uids = sorted({one.uid for one in found if one.uid})
    brains = api.portal.get_tool("portal_catalog")(UID=uids) if uids else ()
    seen = {brain.UID: brain for brain in brains}
    return [
        {
            "when": datetime_text(one.when),
            "what": titles.get(one.operation, one.operation),
            "title": seen[one.uid].Title if one.uid in seen else "",
            "url": seen[one.uid].getURL() if one.uid in seen else "",
            "unit": units.get(one.unit, ""),
            "rules": [{"id": rule_id, "url": urlencode({"id": rule_id})} for rule_id in one.rules],
            "articles": "; ".join(one.articles),
            "texts": " ".join(one.texts),
            "reason": one.reason,
            "who": names.get(one.who, one.who),
        }
        for one in found
    ]


class Overrides(PolicyPage):
    """On the site all of them, on a unit its own and those of the units below."""

    page_title = _("Lifted rules")

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return super().__call__()

    def unit_crumb(self) -> dict | None:
        """Return the unit whose list this is, None on the site."""
        if not IUnit.providedBy(self.context):
            return None
        return {"title": self.context.title, "url": self.url}

    @property
    def portal_url(self) -> str:
        """Address of the site."""
        return api.portal.get().absolute_url()

    @property
    def rule(self) -> str:
        """Id of the rule asked for, empty for all."""
        wanted = str(self.request.form.get("rule", ""))
        return wanted if wanted in catalogue() else ""

    @property
    def unit(self) -> str:
        """Id of the unit asked for, empty for all."""
        return str(self.request.form.get("unit", ""))

    @property
    def first(self):
        """First day asked for, None for no border."""
        return read_day(self.request.form.get("from"), None)

    @property
    def last(self):
        """Last day asked for, None for no border."""
        return read_day(self.request.form.get("to"), None)

    @cached_property
    def found(self) -> list:
        """All that match, the latest first."""
        reach = reach_of(self.context)
        if self.unit:
            reach = frozenset({self.unit}) if reach is None else reach & {self.unit}
        since = datetime.combine(self.first, time(), tzinfo=LOCAL) if self.first else None
        until = datetime.combine(self.last, time(), tzinfo=LOCAL) + timedelta(days=1) if self.last else None
        return list(overrides(since=since, until=until, rule=self.rule, units=reach))

    def rows(self) -> list[dict]:
        """Return the rows of the first page."""
        return override_rows(self.found[:PAGE])

    def more(self) -> int:
        """Return how many match beyond those shown."""
        return max(0, len(self.found) - PAGE)

    @cached_property
    def _all(self) -> list:
        return list(overrides(units=reach_of(self.context)))

    def rules(self) -> list[dict]:
        """Return the rules that were lifted at all, as choices."""
        ids = sorted({rule_id for one in self._all for rule_id in one.rules})
        return [{"value": one, "selected": one == self.rule} for one in ids]

    def units(self) -> list[dict]:
        """Return the units in which rules were lifted, as choices."""
        names = unit_names(one.unit for one in self._all)
        return [
            {"value": unit_id, "title": title, "selected": unit_id == self.unit}
            for unit_id, title in sorted(names.items(), key=lambda pair: pair[1])
        ]

    def sheet_url(self) -> str:
        """Return where the same list is to be had as a spreadsheet."""
        names = ("rule", "unit", "from", "to")
        kept = {
            name: self.request.form[name] for name in names if isinstance(self.request.form.get(name), str)
        }
        return f"{self.url}/@@overrides.xlsx?{urlencode({name: text for name, text in kept.items() if text})}"


class OverridesSheet(Overrides):
    """The same list as a spreadsheet; that it was taken away is on record."""

    columns = (
        (_("When"), 17), (_("Rules"), 22), (_("Article"), 30), (_("What was done"), 28), (_("Meeting"), 50), (_("Unit"), 34),
        (_("What the rule said"), 70), (_("Reason"), 50), (_("Lifted by"), 26),
    )  # fmt: skip

    def __call__(self):
        rows = [
            [
                row["when"], ", ".join(one["id"] for one in row["rules"]), row["articles"], self.say(row["what"]),
                row["title"], row["unit"], row["texts"], row["reason"], row["who"],
            ]
            for row in override_rows(self.found)
        ]  # fmt: skip
        record("export.vuot-quy-dinh", self.context, details={"rows": len(rows)})
        return sheets.send(
            self.request.response, "vuot-quy-dinh", sheets.sheet(self.columns, rows, self.request)
        )

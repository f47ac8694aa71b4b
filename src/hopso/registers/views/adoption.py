"""``<unit>/@@adoption``: how much the unit and those below use the system; at the operator the whole province."""

from collections import defaultdict
from datetime import date

from hopso import _
from hopso.accounts.records import account_store
from hopso.audit.log import record
from hopso.core.text import collation_key
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.inventory.sites.vocabularies import _all_sites
from hopso.meetings import calls
from hopso.meetings.facts import head_count
from hopso.meetings.statistics import COUNTED_STATES
from hopso.meetings.vocabularies import MeetingTypes
from hopso.operations_desk import sheets
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import unit_names
from hopso.organisation.views.units import term
from hopso.policy.api import current_policy
from hopso.registers import adoption
from hopso.registers.adoption import terms_accepted
from hopso.registers.figures import span_of
from hopso.registers.operations.reports import within
from plone import api
from plone.memoize.view import memoize


class Adoption(DeskPage):
    """The page: figures only, of meetings whoever may see them."""

    page_title = label = _("Use by units and sites")

    @property
    @memoize
    def first(self) -> date:
        """First day of the period: of this year if nothing is asked for."""
        return read_day(self.request.form.get("from"), date(local(now()).year, 1, 1))

    @property
    @memoize
    def last(self) -> date:
        """Last day of the period, never before the first."""
        return max(self.first, read_day(self.request.form.get("to"), local(now()).date()))

    @property
    @memoize
    def _brains(self) -> list:
        paths, _ids = within(self.context)
        search = api.portal.get_tool("portal_catalog").unrestrictedSearchResults
        return search(
            portal_type="Meeting", path={"query": paths}, review_state=list(COUNTED_STATES),
            meeting_start=span_of(adoption.year_before(self.first), self.last),
        )  # fmt: skip

    @property
    @memoize
    def held(self) -> list[adoption.Held]:
        """The meetings of the period and of the year before."""
        return [
            adoption.Held(
                one.host_unit or "", local(one.meeting_start).date(), one.mode or "", one.meeting_type or "",
                tuple(one.sites or ()) if isinstance(one.sites, tuple | list) else (),
            )
            for one in self._brains
        ]  # fmt: skip

    def units(self) -> list[dict]:
        """Return use by unit, by name."""
        found = adoption.by_unit(self.held, self.first, self.last)
        return self._rows(found, unit_names(found))

    def sites(self) -> list[dict]:
        """Return use by site, by name."""
        return self._rows(adoption.by_site(self.held, self.first, self.last), dict(_all_sites()))

    def types(self) -> list[dict]:
        """Return use by type of meeting."""
        found = adoption.by_type(self.held, self.first, self.last)
        return self._rows(found, {one: self.t(term(MeetingTypes, one)) for one in found})

    def _rows(self, found, names) -> list[dict]:
        most = max((one.now for one in found.values()), default=0)
        rows = [
            {
                "title": names.get(key, key) or "–",
                "now": use.now,
                "before": use.before,
                "change": "–" if use.change is None else f"{use.change:+d} %",
                "online": use.online,
                "share": "–" if use.share is None else f"{use.share} %",
                "percent": round(100 * use.now / most) if most else 0,
            }
            for key, use in found.items()
        ]
        return sorted(rows, key=lambda one: (-one["now"], collation_key(one["title"])))

    @memoize
    def saved(self) -> dict:
        """Return how many pages were not printed, and how many were (BD-5.4)."""
        catalog = api.portal.get_tool("portal_catalog")
        present = [one for one in self._brains if local(one.meeting_start).date() >= self.first]
        uids, pages, of_document = [one.UID for one in present], defaultdict(int), {}
        documents = (
            catalog.unrestrictedSearchResults(
                portal_type="MeetingDocument", review_state="published", meeting_uid=uids
            )
            if uids
            else ()
        )
        for one in documents:
            if isinstance(one.page_count, int):
                pages[one.meeting_uid] += one.page_count
                of_document[one.UID] = one.page_count
        readings = []
        for brain in present:
            if not pages[brain.UID]:
                continue
            meeting = brain._unrestrictedGetObject()
            paper = sum(one.copies * of_document.get(one.uid, 0) for one in calls.papers_of(meeting))
            readings.append(adoption.Reading(pages[brain.UID], head_count(meeting), paper))
        saved, printed = adoption.pages_saved(readings)
        return {"saved": f"{saved:,}".replace(",", "."), "printed": f"{printed:,}".replace(",", ".")}

    def terms(self) -> dict:
        """Return how many people of the units have accepted the rules in force (NT-8.1)."""
        _paths, ids = within(self.context)
        version, moment = current_policy().terms_version, now()
        people = [
            one
            for one in account_store().by_id.values()
            if one.unit in ids and one.active(moment) and one.employment_kind != "guest"
        ]
        return terms_accepted([one.terms_version for one in people], version)

    def blocks(self) -> list[dict]:
        """Return the tables of the page."""
        return [
            {"id": "units", "title": _("By unit"), "rows": self.units(), "online": True},
            {"id": "sites", "title": _("By site"), "rows": self.sites(), "online": False},
            {"id": "types", "title": _("By type of meeting"), "rows": self.types(), "online": True},
        ]

    def sheet_url(self) -> str:
        """Return where the same tables are to be had as a spreadsheet."""
        return f"{self.url}/@@adoption.xlsx?from={self.first}&to={self.last}"


class AdoptionSheet(Adoption):
    """``<unit>/@@adoption.xlsx``."""

    def __call__(self):
        headings = [
            (_("Table"), 22), (_("Name"), 40), (_("In the period"), 14), (_("In the year before"), 16),
            (_("Change"), 10), (_("Held online"), 14), (_("Share"), 10),
        ]  # fmt: skip
        rows = [
            [
                self.t(block["title"]),
                one["title"],
                one["now"],
                one["before"],
                one["change"],
                one["online"],
                one["share"],
            ]
            for block in self.blocks()
            for one in block["rows"]
        ]
        record("export.adoption", self.context, details={"rows": len(rows)})
        return sheets.send(
            self.request.response, "muc-do-su-dung", sheets.sheet(headings, rows, self.request)
        )

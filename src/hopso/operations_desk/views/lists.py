"""Lists of a unit: incidents, feedback, violations, requests; with filters, figures and a spreadsheet.

Each list asks the catalog once, with the rights of the reader, and shows what
the catalog keeps; nothing is woken.
"""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from urllib.parse import urlencode

from DateTime import DateTime
from hopso import _
from hopso.audit.log import record
from hopso.core.moments import LOCAL
from hopso.core.text import read_day
from hopso.operations_desk import links  # noqa: F401  (menus know them wherever the pages are)
from hopso.operations_desk import rules
from hopso.operations_desk import sheets
from hopso.operations_desk import vocabularies
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.indexers import times_of
from hopso.operations_desk.views import labels
from hopso.operations_desk.views.base import day
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.names import unit_names
from hopso.organisation.views.units import term
from hopso.organisation.vocabularies import unit_brains
from plone import api
from plone.memoize.view import memoize


MOST = 5000
PAGE = 50


class ListPage(DeskPage):
    """Base of the lists; ``portal_type`` says of what."""

    portal_type = ""
    label: object = ""
    lead: object = ""
    empty: object = ""
    file_name = ""
    columns: tuple = ()  # (translatable title, width in a spreadsheet)
    kinds = None  # vocabulary of the filter by kind
    add: tuple = ()  # permission, title, view
    exports = True  # there is a spreadsheet of it

    @property
    def page_title(self):
        return self.label

    # ---- what is asked for ----

    @property
    def state(self) -> str:
        """State that is asked for, empty for all."""
        wanted = self.request.form.get("state", "")
        return wanted if wanted in labels.STATES[self.portal_type] else ""

    @property
    def kind(self) -> str:
        """Kind that is asked for, empty for all."""
        wanted = self.request.form.get("kind", "")
        return wanted if self.kinds is not None and wanted in self.kinds(None) else ""

    @property
    def first(self) -> date | None:
        """First day of the period, None for no border."""
        return read_day(self.request.form.get("from"), None)

    @property
    def last(self) -> date | None:
        """Last day of the period, None for no border."""
        return read_day(self.request.form.get("to"), None)

    def query(self) -> dict:
        """Return what the catalog is asked."""
        query = {
            "portal_type": self.portal_type,
            "path": "/".join(self.context.getPhysicalPath()),
            "sort_on": "created",
            "sort_order": "reverse",
            "sort_limit": MOST,
        }
        if self.state:
            query["review_state"] = self.state
        begin = datetime.combine(self.first, time(), tzinfo=LOCAL) if self.first else None
        end = datetime.combine(self.last, time(), tzinfo=LOCAL) + timedelta(days=1) if self.last else None
        borders = [DateTime(one.isoformat()) for one in (begin, end) if one]
        if borders:
            how = "min:max" if len(borders) == 2 else "min" if begin else "max"
            query["created"] = {"query": borders if len(borders) == 2 else borders[0], "range": how}
        return query

    @property
    @memoize
    def brains(self) -> list:
        """All that match, the latest first, at most MOST."""
        catalog = api.portal.get_tool("portal_catalog")
        found = [one for one in catalog(**self.query())[:MOST] if isinstance(one.desk_facts, dict)]
        if self.kind:
            found = [one for one in found if self.kind_of(one.desk_facts) == self.kind]
        return found

    def kind_of(self, facts: dict) -> str:
        """Return the kind of a thing from its facts."""
        return facts.get("kind", "")

    # ---- what is shown ----

    def count(self) -> int:
        """How many match."""
        return len(self.brains)

    def rows(self, limit: int = PAGE) -> list[dict]:
        """Return the rows of the first *limit*: title, address, state, cells."""
        shown = self.brains[:limit]
        self.prepare(shown)
        return [
            {
                "title": brain.Title,
                "url": brain.getURL(),
                "tag": labels.tag(self.portal_type, brain.review_state),
                "cells": self.cells(brain, brain.desk_facts),
            }
            for brain in shown
        ]

    def prepare(self, brains) -> None:
        """Look up the names that the rows need, all at once."""
        facts = [one.desk_facts for one in brains]
        people = ("reporter", "taken_by", "sender", "person", "recorded_by", "decided_by")
        self.names = person_names(one.get(name) for one in facts for name in people if one.get(name))
        units = {one.get(name) for one in facts for name in ("from_unit", "concerned_unit")}
        self.units = unit_names(units)
        self.rooms = room_names({one.get("room") for one in facts})
        self.places = {brain.getPath(): brain.Title for brain in unit_brains()}

    def unit_of(self, brain) -> str:
        """Return the name of the unit in which a thing stands."""
        path = brain.getPath()
        while path:
            if path in self.places:
                return self.places[path]
            path = path.rpartition("/")[0]
        return ""

    def cells(self, brain, facts: dict) -> list:
        """Return the texts of a row in the order of the columns."""
        raise NotImplementedError

    def figures(self) -> list[dict]:
        """Return figures: title and number."""
        return []

    def more(self) -> int:
        """Return how many match beyond those shown."""
        return max(0, len(self.brains) - PAGE)

    def states(self) -> list[dict]:
        """Return the choice of states."""
        return [
            {"value": name, "title": title, "selected": "selected" if name == self.state else None}
            for name, (title, _style) in labels.STATES[self.portal_type].items()
        ]

    def kind_choices(self) -> list[dict]:
        """Return the choice of kinds, empty if there is none."""
        terms = self.kinds(None) if self.kinds is not None else ()
        return [
            {
                "value": one.value,
                "title": one.title,
                "selected": "selected" if one.value == self.kind else None,
            }
            for one in terms
        ]

    def link(self, view: str = "") -> str:
        """Return the address of the list, or of another view, with the present filter."""
        names = ("state", "kind", "from", "to")
        kept = {n: self.request.form[n] for n in names if isinstance(self.request.form.get(n), str)}
        kept = {name: value for name, value in kept.items() if value}
        address = f"{self.url}/@@{view or self.__name__}"
        return f"{address}?{urlencode(kept)}" if kept else address

    def sheet_url(self) -> str:
        """Return where the same list is to be had as a spreadsheet."""
        return self.link(f"{self.__name__}.xlsx")

    def action(self) -> dict | None:
        """Return the link to add one, None without the right."""
        if not self.add or not self.may(self.add[0]):
            return None
        return {"title": self.add[1], "url": f"{self.url}/@@{self.add[2]}"}


class SheetMixin:
    """The same list as a spreadsheet; that it was taken away is on record."""

    def __call__(self):
        rows = [[row["title"], row["tag"]["name"], *row["cells"]] for row in self.rows(limit=MOST)]
        headings = [(_("Subject line"), 50), (_("State"), 14), *self.columns]
        record(f"export.{self.file_name}", self.context, details={"rows": len(rows)})
        return sheets.send(self.request.response, self.file_name, sheets.sheet(headings, rows, self.request))


class Incidents(ListPage):
    """``<unit>/@@incidents``: those of the unit and below that the reader may see."""

    portal_type = "Incident"
    label = _("Incidents")
    lead = _("Difficulties and broken devices reported in this unit and those below it")
    empty = _("Nobody has reported an incident.")
    file_name = "su-co"
    kinds = staticmethod(vocabularies.IncidentKinds)
    add = ("hopso: Report incident", _("Report an incident"), "../@@report-incident")
    columns = (
        (_("Kind of incident"), 20),
        (_("Unit"), 28),
        (_("Site or room"), 24),
        (_("Cause"), 16),
        (_("Reported by"), 22),
        (_("Reported"), 17),
        (_("Taken in hand by"), 22),
        (_("Time to resolve"), 16),
    )

    def action(self):
        found = super().action()
        if found:
            found["url"] = f"{self.portal_url}/@@report-incident"
        return found

    def prepare(self, brains):
        super().prepare(brains)
        self.sites = place_titles({one.desk_facts.get("site") for one in brains})

    def cells(self, brain, facts):
        return [
            term(vocabularies.IncidentKinds, facts["kind"]),
            self.unit_of(brain),
            self.rooms.get(facts["room"], "") or self.sites.get(facts.get("site"), ""),
            term(vocabularies.IncidentCauses, facts["cause"]) if facts.get("cause") else "",
            self.names.get(facts["reporter"], ""),
            when(facts["reported_at"]),
            self.names.get(facts["taken_by"], ""),
            labels.minutes_text(times_of(facts).to_resolve),
        ]

    def figures(self):
        facts = [one.desk_facts for one in self.brains]
        found = rules.count_incidents(times_of(one) for one in facts)
        return [
            {"title": _("Unresolved"), "text": found.open},
            {"title": _("Resolved"), "text": found.resolved},
            {"title": _("Reported after (median)"), "text": labels.minutes_text(found.to_report) or "–"},
            {"title": _("Taken in hand after (median)"), "text": labels.minutes_text(found.to_take) or "–"},
            {"title": _("Resolved after (median)"), "text": labels.minutes_text(found.to_resolve) or "–"},
            {"title": _("Interruption in all"), "text": labels.minutes_text(rules.total_interruption(facts))},
            *(
                {
                    "title": term(vocabularies.IncidentCauses, cause),
                    "text": _("${count} (${minutes} min)", mapping={"count": count, "minutes": minutes}),
                }
                for cause, (count, minutes) in rules.interruption_by(facts, "cause").items()
                if cause
            ),
        ]


class FeedbackList(ListPage):
    """``<unit>/@@feedback``: for the unit that runs the system."""

    portal_type = "Feedback"
    label = _("Feedback")
    lead = _("Difficulties and proposals of units and people, to be answered or taken to the committee")
    empty = _("Nobody has sent anything.")
    file_name = "phan-anh"
    kinds = staticmethod(vocabularies.FeedbackCategories)
    columns = (
        (_("Category"), 18),
        (_("Sending unit"), 28),
        (_("Sender"), 22),
        (_("Sent"), 17),
        (_("Answered"), 17),
    )

    def kind_of(self, facts):
        return facts["category"]

    def cells(self, brain, facts):
        return [
            term(vocabularies.FeedbackCategories, facts["category"]),
            self.units.get(facts["from_unit"], ""),
            self.names.get(facts["sender"], ""),
            when(facts["sent_at"]),
            when(facts["answered_at"]),
        ]

    def figures(self):
        states = [one.review_state for one in self.brains]
        return [
            {"title": title, "text": states.count(name)}
            for name, (title, _style) in labels.STATES[self.portal_type].items()
        ]


class Violations(ListPage):
    """``<unit>/@@violations``: only those that the reader may see."""

    portal_type = "Violation"
    label = _("Violations")
    lead = _("Confidential: leaders see those of their unit, others what they recorded or what concerns them")
    empty = _("No violation that you may see was recorded.")
    file_name = "vi-pham"
    add = ("hopso: Record violation", _("Record a violation"), "record-violation")
    columns = (
        (_("Concerned"), 28),
        (_("Provision violated"), 40),
        (_("Recorded by"), 22),
        (_("Recorded"), 17),
        (_("Number of the decision"), 18),
        (_("Date of the decision"), 14),
    )

    def cells(self, brain, facts):
        return [
            self.names.get(facts["person"]) or self.units.get(facts["concerned_unit"], ""),
            vocabularies.rule_title(facts["rule"]),
            self.names.get(facts["recorded_by"], ""),
            when(facts["recorded_at"]),
            facts["decision_number"] or "",
            day(facts["decided_on"]),
        ]


class DataRequests(ListPage):
    """``<unit>/@@data-requests``: for those who decide."""

    portal_type = "DataRequest"
    label = _("Requests about personal data")
    lead = _("People whose accounts this unit keeps ask for correction or erasure")
    empty = _("Nobody has asked for anything.")
    exports = False
    kinds = staticmethod(vocabularies.DataRequestKinds)
    columns = (
        (_("Asked by"), 24),
        (_("Asked"), 17),
        (_("Decided"), 17),
        (_("Decided by"), 24),
    )

    def cells(self, brain, facts):
        return [
            self.names.get(facts["person"], ""),
            when(facts["asked_at"]),
            when(facts["decided_at"]),
            self.names.get(facts["decided_by"], ""),
        ]


class IncidentSheet(SheetMixin, Incidents):
    """``<unit>/@@incidents.xlsx``."""


class FeedbackSheet(SheetMixin, FeedbackList):
    """``<unit>/@@feedback.xlsx``."""


class ViolationSheet(SheetMixin, Violations):
    """``<unit>/@@violations.xlsx``."""

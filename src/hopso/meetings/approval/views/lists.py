"""Lists of registrars: the inbox of registrations, and the register of urgent meetings; with spreadsheets."""

from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from DateTime import DateTime
from hopso import _
from hopso.audit.log import record
from hopso.booking import api as booking
from hopso.booking.spans import with_margins
from hopso.core.links import add_link
from hopso.core.moments import LOCAL
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.core.text import span_text
from hopso.meetings.approval import inbox
from hopso.meetings.views import labels
from hopso.meetings.vocabularies import UrgentReasons
from hopso.operations_desk import sheets
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.policy.api import current_policy
from hopso.theme.start import whoami
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate


MOST = 5000
PAGE = 50
KINDS = (
    (inbox.URGENT, _("Urgent")),
    (inbox.LATE, _("Registered late")),
    (inbox.IN_TIME, _("In time")),
)
NAMES = ("kind", "unit", "state", "from", "to")


def receives(portal) -> bool:
    """Tell whether the present user arranges the calendar of somebody."""
    return bool(whoami().units("admins", "registrars"))


add_link("me", "hopso: Use the site", _("Registrations received"), "@@inbox", order=20, when=receives)
add_link("tools", "hopso: Use the site", _("Urgent meetings"), "@@urgent-meetings", order=60, when=receives)


class RegistrarList(BrowserView):
    """Base of the two lists: filters from the address, rows of cells, a spreadsheet of the same."""

    hs_section = "meetings"
    label: object = ""
    lead: object = ""
    empty: object = ""
    file_name = ""
    columns: tuple = ()
    # On the page some cells stand below the title, the others in columns: (number, class).
    below: tuple[int, ...] = ()
    beside: tuple[tuple[int, str], ...] = ()
    state_choices: tuple = ()
    by_day = False

    @property
    def page_title(self):
        return self.label

    @cached_property
    def moment(self):
        """Now; the whole page agrees on it."""
        return now()

    @property
    def language(self) -> str:
        """``vi`` or ``en``."""
        return "en" if self.request.get("LANGUAGE", "vi").startswith("en") else "vi"

    @cached_property
    def wanted(self) -> inbox.Wanted:
        """What is asked for; nonsense counts as nothing."""
        form = self.request.form
        text = {name: form[name] for name in ("kind", "unit", "state") if isinstance(form.get(name), str)}
        kind = text.get("kind", "") if text.get("kind") in dict(KINDS) else ""
        state = text.get("state", "") if text.get("state") in self.state_choices else ""
        return inbox.Wanted(kind, text.get("unit", "")[:100], state)

    @property
    def first(self):
        """First day of the period, None for no border."""
        return read_day(self.request.form.get("from"), None)

    @property
    def last(self):
        """Last day of the period, None for no border."""
        return read_day(self.request.form.get("to"), None)

    day_text = staticmethod(day_text)

    @cached_property
    def found(self) -> list:
        """Everything that is the person's business, before it is narrowed."""
        raise NotImplementedError

    @cached_property
    def brains(self) -> list:
        """What is shown, all of it."""
        return inbox.narrowed(self.found, self.wanted)

    def count(self) -> int:
        """How many match."""
        return len(self.brains)

    def more(self) -> int:
        """Return how many match beyond those shown."""
        return max(0, len(self.brains) - PAGE)

    @cached_property
    def units(self) -> dict:
        """Names of the host units."""
        return unit_names({one.host_unit for one in self.found})

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def rows(self, limit: int = PAGE) -> list[dict]:
        """Return the rows: title, url, facts, tags, cells, action."""
        return [self.row(one) for one in self.brains[:limit]]

    def row(self, brain) -> dict:
        """Return one row."""
        raise NotImplementedError

    def headings(self) -> list:
        """Return the headings of the columns on the page."""
        return [self.columns[number][0] for number, _style in self.beside]

    def shown(self) -> list[dict]:
        """Return the rows as the page arranges them: facts below the title, cells with their class."""
        return [
            row
            | {
                "facts": " · ".join(self.t(row["cells"][one]) for one in self.below if row["cells"][one]),
                "columns": [{"text": row["cells"][one], "class": style} for one, style in self.beside],
            }
            for row in self.rows()
        ]

    def figures(self) -> list[dict]:
        """Return figures above the list."""
        return []

    def kinds(self) -> list[dict]:
        """Return the choice of kinds."""
        return [
            {"value": value, "title": title, "selected": "selected" if value == self.wanted.kind else None}
            for value, title in KINDS
        ]

    def states(self) -> list[dict]:
        """Return the choice of states."""
        return [
            {
                "value": value,
                "title": labels.STATES[value][0],
                "selected": "selected" if value == self.wanted.state else None,
            }
            for value in self.state_choices
        ]

    def unit_choices(self) -> list[dict]:
        """Return the choice of host units, by name."""
        return [
            {"value": one, "title": title, "selected": "selected" if one == self.wanted.unit else None}
            for one, title in sorted(self.units.items(), key=lambda pair: pair[1])
        ]

    def link(self, view: str = "") -> str:
        """Return the address of the list, or of another view, with the present filter."""
        form = self.request.form
        kept = {name: form[name] for name in NAMES if isinstance(form.get(name), str) and form[name]}
        address = f"{self.context.absolute_url()}/@@{view or self.__name__}"
        return f"{address}?{urlencode(kept)}" if kept else address

    def sheet_url(self) -> str:
        """Return where the same list is to be had as a spreadsheet."""
        return self.link(f"{self.__name__}.xlsx")

    def tags(self, brain) -> list[dict]:
        """Return the marks of a registration."""
        facts, found = inbox.facts_of(brain), []
        if brain.urgent:
            found.append({"name": _("Urgent"), "class": "hs-tag hs-tag--bad"})
        if facts.get("late"):
            found.append({"name": _("Registered late"), "class": "hs-tag hs-tag--warn"})
        if facts.get("breach"):
            found.append({"name": _("Called too late"), "class": "hs-tag hs-tag--warn"})
        return found


class Inbox(RegistrarList):
    """``@@inbox``: registrations that wait for the present user as registrar (NA-4.1/1, NT-10.2, TQ-P7/3)."""

    label = _("Registrations received")
    lead = _("Check time, room and people; schedule the meeting or return the registration")
    empty = _(
        "No registration waits. Those that are handed in will appear here with the time of their receipt."
    )
    file_name = "dang-ky-cho-xep-lich"
    below = (2, 3)
    beside = ((0, "hs-nowrap"), (1, "hs-nowrap"), (4, ""), (5, ""))
    state_choices = inbox.RECEIVED
    columns = (
        (_("Received"), 17),
        (_("Waiting for"), 12),
        (_("Host unit"), 32),
        (_("Time of the meeting"), 28),
        (_("Conflicts"), 40),
        (_("Next step"), 30),
    )

    @cached_property
    def found(self):
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog(portal_type="Meeting", review_state=list(inbox.RECEIVED), sort_limit=MOST)
        mine = inbox.to_receive(whoami(), brains)
        # Urgent ones first, then the one that has waited longest.
        return sorted(mine, key=lambda one: (not one.urgent, one.registered_at or self.moment))

    def row(self, brain):
        return {
            "title": brain.Title,
            "url": brain.getURL(),
            "tags": self.tags(brain),
            "cells": [
                datetime_text(brain.registered_at) if brain.registered_at else "",
                inbox.age_text(brain.registered_at, self.moment),
                self.units.get(brain.host_unit, ""),
                span_text(brain.meeting_start, brain.meeting_end, self.language),
                self.conflicts(brain),
                inbox.next_step(brain),
            ],
        }

    @cached_property
    def margins(self):
        """Minutes that a meeting takes before and after, by the policy in force."""
        policy = current_policy()
        return policy.setup_minutes, policy.teardown_minutes

    @cached_property
    def places(self) -> dict:
        """Names of the rooms and sites that are asked for, looked up once."""
        wanted = {uid for one in self.found for uid in (*(one.rooms or ()), *(one.sites or ()))}
        catalog = api.portal.get_tool("portal_catalog")
        found = catalog.unrestrictedSearchResults(UID=sorted(wanted)) if wanted else ()
        return {one.UID: one.Title for one in found}

    def conflicts(self, brain):
        """Return what else has the rooms and sites that were asked for, for people; nothing if they are free."""
        wanted = [f"room:{uid}" for uid in brain.rooms or ()] + [f"site:{uid}" for uid in brain.sites or ()]
        start, end = with_margins(brain.meeting_start, brain.meeting_end, *self.margins)
        taken = {one.resource for one in booking.conflicts(wanted, start, end, brain.UID)}
        uids = sorted(one.partition(":")[2] for one in taken)
        names = ", ".join(self.places.get(uid, uid) for uid in uids)
        return _("Taken: ${names}", mapping={"names": names}) if taken else _("No conflict")

    def figures(self):
        marks = [inbox.facts_of(one) for one in self.found]
        return [
            {"title": _("Waiting"), "text": len(self.found)},
            {"title": _("Urgent"), "text": sum(1 for one in self.found if one.urgent)},
            {"title": _("Registered late"), "text": sum(1 for one in marks if one.get("late"))},
        ]


class UrgentRegister(RegistrarList):
    """``@@urgent-meetings``: the register of urgent meetings and of the decisions on them (NA-3.1/2)."""

    label = _("Urgent meetings")
    lead = _("Reason, decision and calls of every urgent meeting that you may see")
    empty = _("No urgent meeting was registered. Its reason, decision and calls will stand here.")
    file_name = "hop-dot-xuat"
    below = (0, 1)
    beside = ((2, "hs-nowrap"), (3, "is-main"), (4, ""), (5, "is-main"), (6, "is-main"))
    state_choices = (
        "registered",
        "returned",
        "scheduled",
        "convened",
        "ended",
        "concluded",
        "archived",
        "cancelled",
    )
    by_day = True
    columns = (
        (_("Host unit"), 30),
        (_("Time of the meeting"), 28),
        (_("Registered"), 17),
        (_("Reason"), 40),
        (_("First call"), 34),
        (_("Decision"), 40),
        (_("Evidence"), 40),
    )

    @cached_property
    def found(self):
        query = {
            "portal_type": "Meeting",
            "sort_on": "meeting_start",
            "sort_order": "descending",
            "sort_limit": MOST,
        }
        begin = datetime.combine(self.first, time(), tzinfo=LOCAL) if self.first else None
        end = datetime.combine(self.last, time(), tzinfo=LOCAL) + timedelta(days=1) if self.last else None
        borders = [DateTime(one.isoformat()) for one in (begin, end) if one]
        if borders:
            how = "min:max" if len(borders) == 2 else "min" if begin else "max"
            query["meeting_start"] = {"query": borders if len(borders) == 2 else borders[0], "range": how}
        brains = api.portal.get_tool("portal_catalog")(**query)[:MOST]
        return [one for one in brains if one.urgent is True and one.registered_at]

    @cached_property
    def people(self) -> dict:
        """Names of those who decided."""
        made = [inbox.facts_of(one).get("decision") or {} for one in self.found]
        return person_names({one["by"] for one in made if one.get("by")})

    def row(self, brain):
        facts = inbox.facts_of(brain)
        terms = UrgentReasons(None)
        reason = self.t(terms.getTerm(facts["reason"]).title) if facts.get("reason") in terms else ""
        call = f"{datetime_text(facts['called_at'])}: {facts['called']}" if facts.get("called_at") else ""
        decision = facts.get("decision") or {}
        return {
            "title": brain.Title,
            "url": brain.getURL(),
            "tags": [labels.tag(labels.STATES, brain.review_state), *self.tags(brain)[1:]],
            "cells": [
                self.units.get(brain.host_unit, ""),
                span_text(brain.meeting_start, brain.meeting_end, self.language),
                datetime_text(brain.registered_at),
                ". ".join(one for one in (reason, facts.get("note", "")) if one),
                call,
                self.decision_text(facts, decision),
                decision.get("evidence", ""),
            ],
        }

    def decision_text(self, facts, decision):
        """Return who decided what and when, for people."""
        if not facts.get("approver"):
            return _("No decision needed")
        if not decision:
            return _("Waits for the decision")
        who = self.people.get(decision["by"], decision["by"])
        mapping = {"who": who, "when": datetime_text(decision["at"]), "reference": decision["reference"]}
        if not decision["approved"]:
            return _("Refused by ${who}, ${when}", mapping=mapping)
        if decision["deputy"]:
            return _("Allowed by ${who} as a delegate, ${when}: ${reference}", mapping=mapping)
        return _("Allowed by ${who}, ${when}: ${reference}", mapping=mapping)

    def figures(self):
        marks = [inbox.facts_of(one) for one in self.found]
        return [
            {"title": _("Urgent meetings"), "text": len(self.found)},
            {
                "title": _("Allowed"),
                "text": sum(1 for one in marks if (one.get("decision") or {}).get("approved")),
            },
            {"title": _("Called too late"), "text": sum(1 for one in marks if one.get("breach"))},
        ]


class SheetMixin:
    """The same list as a spreadsheet; that it was taken away is on record."""

    def __call__(self):
        rows = []
        for row in self.rows(limit=MOST):
            marks = ", ".join(self.t(one["name"]) for one in row["tags"])
            rows.append([row["title"], *row["cells"], marks])
        headings = [(_("Name of the meeting"), 50), *self.columns, (_("Marks"), 24)]
        record(f"export.{self.file_name}", self.context, details={"rows": len(rows)})
        return sheets.send(self.request.response, self.file_name, sheets.sheet(headings, rows, self.request))


class InboxSheet(SheetMixin, Inbox):
    """``@@inbox.xlsx``."""


class UrgentSheet(SheetMixin, UrgentRegister):
    """``@@urgent-meetings.xlsx``."""

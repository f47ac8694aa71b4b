"""Pages of units: what a unit is, its rooms, its meetings that one may see, its people."""

from urllib.parse import urlencode

from AccessControl import getSecurityManager
from hopso import _
from hopso.accounts.listing import left_but_active
from hopso.accounts.records import is_guest
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core.links import links_of
from hopso.core.text import collation_key
from hopso.core.text import initials
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.organisation import sheets
from hopso.organisation.assignments import assignment_store
from hopso.organisation.confirming import due_list
from hopso.organisation.confirming import tag_of as confirmation_tag
from hopso.organisation.history import changes_of
from hopso.organisation.history import former_names
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.interfaces import FUNCTIONS
from hopso.organisation.listing import COLUMNS
from hopso.organisation.listing import export_rows
from hopso.organisation.listing import matching
from hopso.organisation.listing import STATES
from hopso.organisation.listing import Wanted
from hopso.organisation.listing import WIDTHS as COLUMN_WIDTHS
from hopso.organisation.managed import position_text
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.records import FAILED
from hopso.organisation.records import PLANNED
from hopso.organisation.records import QUEUED
from hopso.organisation.tree import all_units
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from hopso.organisation.views.reorganising import plan_rows
from hopso.organisation.vocabularies import Levels
from hopso.organisation.vocabularies import Sectors
from hopso.organisation.vocabularies import UnitTypes
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zope.i18n import translate


UPCOMING = 20
CHANGES = {
    "founded": _("Founded"),
    "renamed": _("Renamed"),
    "moved": _("Put below another unit"),
    "merged": _("Merged into another unit"),
    "absorbed": _("Took over another unit"),
    "split": _("Split up"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
}


def term(vocabulary, value) -> str:
    """Return the title of a value of a small vocabulary."""
    terms = vocabulary(None)
    return terms.getTerm(value).title if value in terms else value or ""


class UnitPage(BrowserView):
    """``/don-vi/<unit>``."""

    hs_section = "units"

    def may(self, permission: str) -> bool:
        """Tell whether the present user has *permission* on the unit."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    @property
    @memoize
    def path(self) -> str:
        return "/".join(self.context.getPhysicalPath())

    def crumb(self) -> list[dict]:
        """Return the units above."""
        found, above = [], unit_of(self.context.__parent__)
        while above is not None:
            found.insert(0, {"title": above.title, "url": above.absolute_url()})
            above = unit_of(above.__parent__)
        return found

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        unit = self.context
        head = person_names([unit.head]).get(unit.head, "")
        rows = [
            (_("Code"), unit.code),
            (_("Type of unit"), term(UnitTypes, unit.unit_type)),
            (_("Sector"), term(Sectors, unit.sector)),
            (_("Level"), term(Levels, unit.level)),
            (_("Head of unit"), head),
            (_("Address"), unit.address),
            (_("Telephone"), unit.telephone),
            (_("E-mail"), unit.email),
            (_("Official e-mail"), unit.official_email),
            (_("Other ways of contact"), unit.contact),
            (_("In existence from"), _day(unit.valid_from)),
            (_("In existence until"), _day(unit.valid_to)),
            (
                _("Former names"),
                "; ".join(
                    self._t(_("${name} (until ${day})", mapping={"name": name, "day": _day(day)}))
                    for name, day in former_names(unit.getId())
                ),
            ),
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    @property
    @memoize
    def every(self) -> dict:
        """All units, asked for once."""
        return all_units()

    def units(self) -> list[dict]:
        """Return the units directly below, closed ones last."""
        mine = [one for one in self.every.values() if one.parent == self.context.getId()]
        mine.sort(key=lambda one: (one.closed(), collation_key(one.title)))
        return [self._link(one) for one in mine]

    def _link(self, one) -> dict:
        base = api.portal.get().absolute_url()
        url = f"{base}/{'/'.join(one.path.split('/')[2:])}"
        return {"title": one.title, "url": url, "code": one.code, "closed": one.closed()}

    def closed(self) -> bool:
        """Tell whether the unit is closed."""
        return is_closed(self.context)

    def relatives(self) -> list[dict]:
        """Return the units that it came from and that came after it."""
        unit = self.context
        pairs = ((_("Came from"), unit.predecessors), (_("Followed by"), unit.successors))
        found = []
        for title, ids in pairs:
            links = [self._link(self.every[one]) for one in ids or () if one in self.every]
            if links:
                found.append({"title": title, "units": links})
        return found

    def history(self) -> list[dict]:
        """Return what happened to the unit, the latest first."""
        return [self._change(one) for one in reversed(changes_of(self.context.getId()))]

    def _change(self, one) -> dict:
        others = ", ".join(self.every[key].title for key in one.others if key in self.every)
        before = dict(one.before)
        details = {
            "renamed": " → ".join(
                str(values.get("title") or values.get("code") or "") for values in (before, dict(one.after))
            ),
            "moved": " → ".join(
                self.every[key].title if key in self.every else self._t(_("the province itself"))
                for key in (before.get("parent"), dict(one.after).get("parent"))
            ),
        }
        decision = ""
        if one.decision:
            day = _day(one.decided_on)
            decision = self._t(
                _("Decision ${number} of ${day}", mapping={"number": one.decision, "day": day})
            )
        return {
            "what": self._t(CHANGES.get(one.kind, one.kind)),
            "day": _day(one.effective),
            "details": details.get(one.kind, others),
            "decision": decision,
            "reason": one.reason,
        }

    def _t(self, text) -> str:
        return translate(text, context=self.request)

    def confirmation(self) -> dict | None:
        """Return the state of the confirmation for those who look after the unit, else None."""
        if self.closed() or not self.may("hopso: Maintain unit"):
            return None
        here = {self.context.getId(): self.every[self.context.getId()]}
        due = next(iter(due_list(here)), None)
        if due is None:
            return None
        css, state = confirmation_tag(due, today())
        return {"text": self._t(due.about()), "css": css, "state": state}

    def plans(self) -> list[dict]:
        """Return what is planned here, for those who reorganise."""
        if not self.may("hopso: Manage organisation"):
            return []
        return plan_rows(self.request, PLANNED, QUEUED, FAILED, unit_id=self.context.getId())

    def token(self) -> str:
        """Return the token of forms."""
        return createToken()

    @memoize
    def rooms(self) -> list[dict]:
        """Return the rooms of this unit (not of those below)."""
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.searchResults(
            portal_type="Room", path={"query": f"{self.path}/phong-hop", "depth": 1}
        )
        found = [{"title": brain.Title, "url": brain.getURL()} for brain in brains]
        return sorted(found, key=lambda one: collation_key(one["title"]))

    def meetings(self) -> list[dict]:
        """Return the next meetings that the present user may see."""
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog.searchResults(
            portal_type="Meeting",
            host_unit=self.context.getId(),
            meeting_end={"query": now(), "range": "min"},
            sort_on="meeting_start",
            sort_limit=UPCOMING,
        )[:UPCOMING]
        language = api.portal.get_current_language(self.context) or "vi"
        return [
            {
                "title": brain.Title,
                "url": brain.getURL(),
                "span": span_text(brain.meeting_start, brain.meeting_end, language),
            }
            for brain in brains
        ]

    def people(self) -> list[dict]:
        """Return who holds which function here: leaders first, then by given name.  A guest sees nobody."""
        if is_guest(api.user.get_current().getId() or ""):
            return []
        held: dict[str, list] = {}
        for user_id, one in assignment_store().of_unit(self.context.getId()):
            held.setdefault(user_id, []).append(one)
        names = person_names(held)
        found = []
        for user_id, assignments in held.items():
            assignments.sort(key=lambda one: FUNCTIONS.index(one.function))
            position = next((one.position for one in assignments if one.position), "")
            found.append(
                {
                    "name": names[user_id],
                    "initials": initials(names[user_id]),
                    "what": position_text(position) or FUNCTION_TITLES[assignments[0].function],
                    "rank": FUNCTIONS.index(assignments[0].function),
                }
            )
        return sorted(found, key=lambda one: (one["rank"], name_key(one["name"])))

    def account_problems(self) -> int:
        """Return how many accounts of this unit should not be open, to those who keep them (BD-4.3.b)."""
        return len(left_but_active(self.context, below=False)) if self.may("hopso: Manage accounts") else 0

    def actions(self) -> list[dict]:
        """Return the links for those who keep the unit."""
        url = self.context.absolute_url()
        if self.closed():
            return []
        links = (
            ("hopso: Manage organisation", _("Edit the unit"), f"{url}/edit"),
            ("hopso: Manage organisation", _("Reorganise"), f"{url}/@@reorganise"),
            ("hopso: Maintain unit", _("Head, contact, confirmation"), f"{url}/@@confirm"),
            ("hopso: View usage", _("Confirmation of the data of units"), f"{url}/@@confirmations"),
            ("hopso: Add Unit", _("Add a unit below"), f"{url}/@@add-unit"),
            ("hopso: Add Room", _("Add a room"), f"{url}/@@add-room"),
            ("hopso: Explain access", _("Who can see this?"), f"{url}/@@who-can-see"),
            ("hopso: View audit log", _("Audit log"), f"{url}/@@audit-log"),
            ("hopso: View usage", _("Use of the system"), f"{url}/@@usage"),
            ("hopso: Handle incident", _("Incidents"), f"{url}/@@incidents"),
            ("hopso: Configure device", _("Devices"), f"{url}/@@devices"),
            ("hopso: Record violation", _("Violations"), f"{url}/@@violations"),
            ("hopso: Decide data request", _("Requests about personal data"), f"{url}/@@data-requests"),
            ("hopso: Manage accounts", _("Accounts"), f"{url}/@@accounts"),
        )
        own = [{"title": title, "url": link} for permission, title, link in links if self.may(permission)]
        return own + links_of("unit", self.context)


class Province(BrowserView):
    """``/don-vi``: the tree of units, or those that were looked for."""

    page_title = _("Units")

    @property
    @memoize
    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted.read(self.request.form)

    @property
    @memoize
    def found(self) -> list:
        """The (unit, depth) pairs of the page."""
        return matching(self.wanted)

    @memoize
    def units(self) -> list[dict]:
        """Return the rows of the page."""
        base, flat = api.portal.get().absolute_url(), self.wanted.filtered
        every = all_units() if flat else {}
        found = []
        for one, depth in self.found:
            found.append(
                {
                    "title": one.title,
                    "code": one.code,
                    "url": f"{base}/{'/'.join(one.path.split('/')[2:])}",
                    "css": f"hs-depth-{min(depth, 8)}",
                    "closed": one.closed(),
                    "where": every[one.parent].title if flat and one.parent in every else "",
                }
            )
        return found

    def options(self, name: str) -> list[dict]:
        """Return the options of a filter."""
        pairs = {
            "sector": [("", _("All sectors")), *((term.value, term.title) for term in Sectors(None))],
            "level": [("", _("All levels")), *((term.value, term.title) for term in Levels(None))],
            "state": list(STATES.items()),
        }[name]
        chosen = getattr(self.wanted, name)
        return [
            {"value": value, "title": title, "selected": "selected" if value == chosen else None}
            for value, title in pairs
        ]

    def query(self) -> str:
        """Return the filters as a query string."""
        one = self.wanted
        return urlencode({"q": one.text, "sector": one.sector, "level": one.level, "state": one.state})

    def actions(self) -> list[dict]:
        """Return the links of the page."""
        url, may = self.context.absolute_url(), getSecurityManager().checkPermission
        links = (
            ("hopso: Use the site", _("Organisation chart"), f"{url}/@@chart"),
            ("hopso: Use the site", _("Export to Excel"), f"{url}/@@units.xlsx?{self.query()}"),
            ("hopso: Use the site", _("Export as CSV"), f"{url}/@@units.csv?{self.query()}"),
            ("hopso: Manage organisation", _("Reorganise many units"), f"{url}/@@reorganise"),
            ("hopso: Manage organisation", _("Check of the organisation"), f"{url}/@@check"),
            ("hopso: Manage organisation", _("Confirmation of the data of units"), f"{url}/@@confirmations"),
            ("hopso: Add Unit", _("Add a unit"), f"{url}/@@add-unit"),
        )
        return [
            {"title": title, "url": link}
            for permission, title, link in links
            if may(permission, self.context)
        ]


class UnitsFile(Province):
    """``/don-vi/@@units.xlsx``: what the page lists, as a spreadsheet."""

    def __call__(self):
        headings = [translate(one, context=self.request) for one in COLUMNS]
        rows = export_rows(self.found, self.request)
        with harmless_write():
            record("export.units", self.context, details={"rows": len(rows)})
        return self.send(headings, rows)

    def send(self, headings, rows) -> bytes:
        """Return the file."""
        data = sheets.xlsx("Don vi", headings, rows, COLUMN_WIDTHS)
        return sheets.send(self.request, "don-vi.xlsx", sheets.XLSX, data)


class UnitsCsv(UnitsFile):
    """``/don-vi/@@units.csv``."""

    def send(self, headings, rows) -> bytes:
        """Return the file."""
        return sheets.send(
            self.request, "don-vi.csv", "text/csv; charset=utf-8", sheets.csv_file(headings, rows)
        )


class SectionPage(BrowserView):
    """Folders of the floor plan have no page: they lead to where their things are listed."""

    def __call__(self):
        unit = unit_of(self.context)
        target = unit if unit is not None else api.portal.get()
        self.request.response.redirect(target.absolute_url(), status=302)
        return ""


def _day(day) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

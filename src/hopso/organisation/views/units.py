"""Pages of units: what a unit is, its rooms, its meetings that one may see, its people."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.accounts.records import is_guest
from hopso.core.text import collation_key
from hopso.core.text import initials
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.organisation.assignments import assignment_store
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.interfaces import FUNCTIONS
from hopso.organisation.managed import position_text
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import Levels
from hopso.organisation.vocabularies import Sectors
from hopso.organisation.vocabularies import unit_brains
from hopso.organisation.vocabularies import UnitTypes
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser import BrowserView


UPCOMING = 20


def term(vocabulary, value) -> str:
    """Return the title of a value of a small vocabulary."""
    terms = vocabulary(None)
    return terms.getTerm(value).title if value in terms else value or ""


class UnitPage(BrowserView):
    """``/don-vi/<unit>``."""

    hs_section = ""

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
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def units(self) -> list[dict]:
        """Return the units directly below."""
        found = [
            {"title": brain.Title, "url": brain.getURL()}
            for brain in unit_brains()
            if brain.getPath().rpartition("/")[0] == self.path
        ]
        return sorted(found, key=lambda one: collation_key(one["title"]))

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

    def actions(self) -> list[dict]:
        """Return the links for those who keep the unit."""
        url = self.context.absolute_url()
        links = (
            ("hopso: Manage organisation", _("Edit the unit"), f"{url}/edit"),
            ("hopso: Add Unit", _("Add a unit below"), f"{url}/@@add-unit"),
            ("hopso: Add Room", _("Add a room"), f"{url}/@@add-room"),
            ("hopso: Explain access", _("Who can see this?"), f"{url}/@@who-can-see"),
            ("hopso: View audit log", _("Audit log"), f"{url}/@@audit-log"),
            ("hopso: Handle incident", _("Incidents"), f"{url}/@@incidents"),
            ("hopso: Configure device", _("Devices"), f"{url}/@@devices"),
            ("hopso: Record violation", _("Violations"), f"{url}/@@violations"),
            ("hopso: Decide data request", _("Requests about personal data"), f"{url}/@@data-requests"),
            ("hopso: Manage accounts", _("Accounts"), f"{url}/@@accounts"),
        )
        return [{"title": title, "url": link} for permission, title, link in links if self.may(permission)]


class Province(BrowserView):
    """``/don-vi``: the tree of units."""

    page_title = _("Units")

    def units(self) -> list[dict]:
        """Return every unit with its depth, each below its parent, by name."""
        brains = {brain.getPath(): brain for brain in unit_brains()}
        children: dict[str, list[str]] = {}
        for path in brains:
            parent = path.rpartition("/")[0]
            children.setdefault(parent if parent in brains else "", []).append(path)
        for paths in children.values():
            paths.sort(key=lambda path: collation_key(brains[path].Title))
        found = []

        def walk(parent, depth):
            for path in children.get(parent, ()):
                brain = brains[path]
                found.append(
                    {
                        "title": brain.Title,
                        "url": brain.getURL(),
                        "css": f"hs-depth-{min(depth, 8)}",
                    }
                )
                walk(path, depth + 1)

        walk("", 0)
        return found

    def may_add(self) -> bool:
        return bool(getSecurityManager().checkPermission("hopso: Add Unit", self.context))


class SectionPage(BrowserView):
    """Folders of the floor plan have no page: they lead to where their things are listed."""

    def __call__(self):
        unit = unit_of(self.context)
        target = unit if unit is not None else api.portal.get()
        self.request.response.redirect(target.absolute_url(), status=302)
        return ""


def _day(day) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

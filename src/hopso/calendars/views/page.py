"""``@@calendar``: day, week, month and list of a person, a room, a site, a unit, the bridge."""

from functools import cached_property

from AccessControl import getSecurityManager
from hopso import _
from hopso.calendars import api as calendars
from hopso.calendars.describe import described
from hopso.calendars.describe import LEGEND
from hopso.calendars.views.choice import Choice
from hopso.calendars.views.choice import KINDS
from hopso.calendars.views.choice import read_choice
from hopso.calendars.views.choice import VIEWS
from hopso.core import errors
from hopso.core.links import links_of
from hopso.core.text import collation_key
from hopso.core.text import local
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.core.text import WEEKDAYS
from hopso.organisation.assignments import functions_of
from hopso.organisation.assignments import units_of
from hopso.organisation.names import person_names
from hopso.organisation.tree import all_units
from hopso.policy.api import current_policy
from plone import api
from Products.Five.browser import BrowserView


TYPES = {"room": "Room", "site": "Site"}


class CalendarPage(BrowserView):
    """The page; days, weeks and months are drawn by the browser, the list is here."""

    hs_section = "calendar"
    page_title = _("Meeting calendar")

    @cached_property
    def user_id(self) -> str:
        """Id of the present user."""
        return getSecurityManager().getUser().getId() or ""

    @cached_property
    def choice(self) -> Choice:
        """What is asked for; without a room, site, unit or person the first one that there is."""
        asked = read_choice(self.request.form)
        if asked.kind == "mine":
            return asked
        keys = [one["value"] for group in self._options(asked.kind) for one in group["choices"]]
        if asked.key in keys or not keys:
            return asked
        own = [unit for unit in units_of(self.user_id) if unit in keys] if asked.kind == "unit" else []
        return Choice(asked.kind, (own or keys)[0], asked.view, asked.day, asked.given)

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"{self.context.absolute_url()}/@@calendar"

    @property
    def language(self) -> str:
        return self.request.get("LANGUAGE", "vi") or "vi"

    def heading(self) -> str:
        """Return which days are shown."""
        return self.choice.heading(self.language)

    def link(self, **changes) -> str:
        """Return the address of the page with changes."""
        return f"{self.url}?{self.choice.parameters(**changes)}"

    def steps(self) -> dict:
        """Return the addresses before and after, and of today."""
        choice = self.choice
        return {
            "before": f"{self.url}?{choice.moved(-1).parameters()}",
            "after": f"{self.url}?{choice.moved(1).parameters()}",
            "today": self.link(date=local(now()).date().isoformat()),
        }

    def kinds(self) -> list[dict]:
        """Return the switch of whose calendar it is; only what there is."""
        there = [one for one in KINDS if one[0] == "mine" or any(g["choices"] for g in self._options(one[0]))]
        return [
            {"title": title, "url": self.link(kind=name, key=""), "current": name == self.choice.kind}
            for name, title in there
        ]

    def views(self) -> list[dict]:
        """Return the switch of day, week, month, list."""
        return [
            {"title": title, "url": self.link(view=name), "current": name == self.choice.view}
            for name, title in VIEWS
        ]

    def groups(self) -> list[dict]:
        """Return what may be chosen of the present kind, in groups (title, items)."""
        found = self._options(self.choice.kind) if self.choice.kind != "mine" else []
        return [
            {
                "title": group["title"],
                "choices": [one | {"selected": one["value"] == self.choice.key} for one in group["choices"]],
            }
            for group in found
            if group["choices"]
        ]

    def chosen(self) -> str:
        """Return whose calendar is shown, for people."""
        titles = [one["title"] for group in self.groups() for one in group["choices"] if one["selected"]]
        return titles[0] if titles else ""

    @cached_property
    def _known_options(self) -> dict:
        return {}

    def _options(self, kind: str) -> list[dict]:
        if kind not in self._known_options:
            self._known_options[kind] = getattr(self, f"_options_{kind}", list)()
        return self._known_options[kind]

    def _options_room(self):
        return self._of_units("room")

    def _options_site(self):
        return self._of_units("site")

    def _of_units(self, kind) -> list[dict]:
        """Return rooms or sites under the names of their units, those of the own units first."""
        units, own = all_units(), set(units_of(self.user_id))
        catalog, groups = api.portal.get_tool("portal_catalog"), {}
        for brain in catalog(portal_type=TYPES[kind]):
            unit = next((part for part in reversed(brain.getPath().split("/")) if part in units), "")
            groups.setdefault(unit, []).append({"value": brain.UID, "title": brain.Title})
        title = {unit: units[unit].title if unit in units else "" for unit in groups}
        ordered = sorted(groups, key=lambda unit: (unit not in own, collation_key(title[unit])))
        return [
            {
                "title": title[unit],
                "choices": sorted(groups[unit], key=lambda one: collation_key(one["title"])),
            }
            for unit in ordered
        ]

    def _options_unit(self):
        units = [one for one in all_units().values() if not one.closed()]
        own = set(units_of(self.user_id))
        rows = sorted(units, key=lambda one: collation_key(one.title))
        mine = [{"value": one.id, "title": one.title} for one in rows if one.id in own]
        others = [{"value": one.id, "title": one.title} for one in rows if one.id not in own]
        return [{"title": _("My units"), "choices": mine}, {"title": _("Other units"), "choices": others}]

    def _options_person(self):
        names = person_names(calendars.people_to_see(self.user_id))
        rows = sorted(names.items(), key=lambda one: name_key(one[1]))
        return [{"title": "", "choices": [{"value": user_id, "title": name} for user_id, name in rows]}]

    def _options_bridge(self):
        names = [str(one).partition("=")[0].strip() for one in current_policy().bridges]
        return [{"title": "", "choices": [{"value": name, "title": name} for name in names]}]

    @cached_property
    def rows(self) -> list[dict]:
        """Return the entries of the list."""
        try:
            events = calendars.events_between(self.choice.kind, self.choice.key, *self.choice.span)
        except errors.Invalid:
            return []
        return described(events, self.request)

    def days(self) -> list[dict]:
        """Return the list day by day: title, rows."""
        days, names = {}, WEEKDAYS["vi" if self.language.startswith("vi") else "en"]
        for row in self.rows:
            days.setdefault(row["start"].date(), []).append(row)
        return [
            {
                "title": f"{names[day.weekday()]} {day:%d/%m/%Y}",
                "id": f"hs-day-{day:%Y%m%d}",
                "rows": days[day],
            }
            for day in sorted(days)
        ]

    def legend(self) -> list[dict]:
        """Return what the colours mean."""
        return [{"style": style, "title": title} for style, title in LEGEND]

    def feed(self) -> str:
        """Return where the browser asks for events."""
        return f"{self.context.absolute_url()}/@calendar"

    def as_list(self) -> bool:
        """Tell whether the list is shown."""
        return self.choice.view == "list"

    def more(self) -> list[dict]:
        """Return the other pages of the calendar that the present user may open."""
        return links_of("calendar", self.context)

    def week_url(self) -> str:
        """Return the work calendar of the unit shown, else of the own unit."""
        unit = self.choice.key if self.choice.kind == "unit" else next(iter(units_of(self.user_id)), "")
        return unit_url(unit, "@@week")

    def subscribe_url(self) -> str:
        """Return where an address for other calendar programs is made."""
        kind = self.choice.kind if self.choice.kind != "person" else "mine"
        key = self.choice.key if kind != "mine" else ""
        return f"{self.context.absolute_url()}/@@ical-addresses?{Choice(kind, key, '', self.choice.day).parameters(date='')}"

    def may_register(self) -> bool:
        """Tell whether to offer the registration of a meeting."""
        held = functions_of(self.user_id)
        return any(one.function in ("coordinators", "leaders") for one in held)


def unit_url(unit_id: str, view: str) -> str:
    """Return the address of a view of a unit, "" if there is no such unit."""
    known, portal = all_units().get(unit_id), api.portal.get()
    if known is None:
        return ""
    inside = known.path[len("/".join(portal.getPhysicalPath())) :]
    return f"{portal.absolute_url()}{inside}/{view}"

"""What the pages of sites share: filters, states as tags, findings as texts."""

from urllib.parse import urlencode

from hopso import _
from hopso.archive.normalise import fold
from hopso.core.views.answers import describe_finding
from hopso.inventory.sites import situation
from hopso.inventory.sites.bodies import is_operator
from hopso.inventory.sites.bodies import reads_directory
from hopso.inventory.sites.vocabularies import LinkTypes
from hopso.inventory.sites.vocabularies import SiteKinds
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.views.units import term
from hopso.policy.api import current_policy
from hopso.security.words import SYSTEM
from plone import api
from plone.memoize.view import memoize
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


TABS = (
    ("sites", _("Register of sites")),
    ("site-map", _("Map")),
    ("site-staff", _("Technical officers")),
    ("providers", _("Providers")),
)


class SitesBase(DeskPage):
    """A page about all sites."""

    macros_template = ViewPageTemplateFile("templates/sites_macros.pt")

    @property
    def macros(self):
        """Parts of pages that several of them share."""
        return self.macros_template.macros

    @property
    @memoize
    def policy(self):
        """The policy in force."""
        return current_policy()

    @memoize
    def operates(self) -> bool:
        """Tell whether the present user belongs to the unit that runs the system."""
        return is_operator(self.user_id)

    @memoize
    def reads_people(self) -> bool:
        """Tell whether the present user may read who looks after the sites, and how they are reached."""
        user = api.user.get_current()
        return reads_directory(self.user_id) or bool({SYSTEM, "Manager"} & set(user.getRoles()))

    def tabs(self) -> list[dict]:
        """Return the links between the pages of sites."""
        shown = [one for one in TABS if one[0] not in ("site-staff", "providers") or self.reads_people()]
        return [
            {
                "url": f"{self.portal_url}/@@{name}",
                "title": title,
                "current": "page" if name == self.__name__ else None,
            }
            for name, title in shown
        ]

    def asked(self, name: str) -> str:
        """Return what the address asks for, empty if it is no text."""
        value = self.request.form.get(name, "")
        return value.strip()[:200] if isinstance(value, str) else ""

    def options(self, vocabulary, name: str) -> list[dict]:
        """Return the choices of a filter."""
        chosen = self.asked(name)
        return [
            {"value": one.value, "title": one.title, "selected": "selected" if one.value == chosen else None}
            for one in vocabulary(None)
        ]

    def kinds(self) -> list[dict]:
        """Return the choice of kinds."""
        return self.options(SiteKinds, "kind")

    def links(self) -> list[dict]:
        """Return the choice of links."""
        return self.options(LinkTypes, "link")

    def states(self) -> list[dict]:
        """Return the choice of states."""
        chosen = self.asked("state")
        return [
            {"value": name, "title": title, "selected": "selected" if name == chosen else None}
            for name, (title, _sign, _style) in situation.STATES.items()
        ]

    @memoize
    def points(self) -> list:
        """Return the sites that match the filter, by name."""
        return [one for one in self.every() if self.matches(one)]

    @memoize
    def every(self) -> list:
        """Return all sites."""
        return situation.points(self.policy)

    def matches(self, one) -> bool:
        """Tell whether a site is asked for."""
        text, kind, link, state = (self.asked(name) for name in ("q", "kind", "link", "state"))
        return (
            (not text or fold(text) in fold(f"{one.title} {one.unit_title}"))
            and (not kind or one.kind == kind)
            and (not link or one.link_type == link)
            and (not state or one.state == state)
        )

    def query(self) -> str:
        """Return the filter as a query string."""
        kept = {name: self.asked(name) for name in ("q", "kind", "link", "state")}
        return urlencode({name: value for name, value in kept.items() if value})

    def kind_of(self, one) -> str:
        """Return the name of the kind of a site."""
        return term(SiteKinds, one.kind)

    def link_of(self, one) -> str:
        """Return the link of a site with its capacity."""
        name = self.t(term(LinkTypes, one.link_type)) if one.link_type else ""
        if one.capacity:
            name = f"{name} · {one.capacity} Mbit/s" if name else f"{one.capacity} Mbit/s"
        return name

    def tag_of(self, one) -> dict:
        """Return name and class of the tag for the state of a site."""
        name, _sign, style = situation.STATES[one.state]
        return {"name": name, "class": f"hs-tag {style}".strip()}

    def told(self, findings) -> list[dict]:
        """Return findings as texts with their articles."""
        return [describe_finding(one, self.request) for one in findings]

    def dialog(self, operation, context, **more) -> dict:
        """Return the dialog of an operation."""
        return {**button_of_quiet(operation, context), **more}


def prefilled(dialog: dict, **values) -> dict:
    """Return a dialog with values in its fields."""
    for field in dialog["fields"]:
        if field["name"] in values and values[field["name"]] not in (None, ""):
            field["value"] = values[field["name"]]
    return dialog

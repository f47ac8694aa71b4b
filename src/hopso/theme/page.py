"""The frame of every page: our own ``main_template`` and what its header says.

Pages of ours need one style sheet and one script.  Pages of Plone (control
panels, its forms) also get Bootstrap and Plone's patterns; which is which is
decided by ``needs_plone_resources``.
"""

from pathlib import Path
from urllib.parse import urlencode

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.links import links_of
from hopso.core.static import address
from hopso.core.text import initials
from hopso.organisation.assignments import functions_of
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.managed import position_text
from hopso.organisation.place import MEETINGS
from hopso.organisation.place import UNITS
from hopso.organisation.vocabularies import unit_title
from hopso.security.logistics import serves
from hopso.security.pages import open_lines
from hopso.theme import cards
from hopso.theme.protect import LIGHT
from plone import api
from Products.CMFPlone.browser.interfaces import IMainTemplate
from Products.CMFPlone.browser.main_template import MainTemplate as PloneMainTemplate
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from zope.i18n import translate
from zope.interface import implementer


HOUSE = str(Path(__file__).parent.parent) + "/"
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
# id, text, path below the site, how addresses of the section go on
SECTIONS = (
    ("start", _("My work"), "@@start"),
    ("meetings", _("Meetings"), "@@meetings"),
    ("calendar", _("Meeting calendar"), "@@calendar"),
    ("units", _("Units"), UNITS),
    ("archive", _("Archive"), "luu-tru"),
    ("rules", _("Regulation"), "quy-che"),
)
TOOLS = (
    ("hopso: View health", _("Health of the system"), "@@health"),
    ("hopso: View audit log", _("Audit log"), "@@audit-log"),
    ("hopso: Manage accounts", _("Login log"), "@@logins"),
    ("hopso: Manage policy", _("Policy settings"), "@@policy-settings"),
    ("hopso: Break glass", _("Emergency access"), "@@break-glass"),
    ("hopso: Manage vocabularies", _("Vocabularies"), "@@vocabularies"),
    ("hopso: Administer Plone", _("Logins by a directory"), "@@directory-settings"),
    ("Plone Site Setup: Overview", _("Site settings"), "@@overview-controlpanel"),
)


def needs_plone_resources(view) -> bool:
    """Tell whether a page is one of Plone's and needs Bootstrap and the patterns.

    A view of ours may say so itself with the attribute ``plone_resources``.
    """
    wanted = getattr(view, "plone_resources", None)
    if wanted is not None:
        return bool(wanted() if callable(wanted) else wanted)
    if any(one.__module__.startswith("hopso.") for one in type(view).__mro__):
        return False
    template = str(getattr(getattr(view, "index", None), "filename", ""))
    return not template.startswith(HOUSE)


def tool_links() -> list[dict]:
    """Return the pages of administrators that the present user may open: title, url."""
    portal, may = api.portal.get(), getSecurityManager().checkPermission
    url = portal.absolute_url()
    return [
        {"title": title, "url": f"{url}/{path}"}
        for permission, title, path in TOOLS
        if may(permission, portal)
    ] + links_of("tools", portal)


@implementer(IMainTemplate)
class MainTemplate(PloneMainTemplate):
    """``main_template`` of our layer."""

    main_template = ViewPageTemplateFile("templates/main_template.pt")

    def page(self, view) -> "Page":
        """Return what the frame around *view* shows."""
        return Page(self.context, self.request, view)


class Page:
    """The frame of one page."""

    def __init__(self, context, request, view):
        self.context = context
        self.request = request
        self.view = view
        self.portal = api.portal.get()
        self.portal_url = self.portal.absolute_url()
        self.user = getSecurityManager().getUser()
        self.user_id = self.user.getId()
        # Plone's viewlets ask for View, which strangers have nowhere.
        self.may_view = bool(getSecurityManager().checkPermission("View", context))
        self.heavy = needs_plone_resources(view)
        # Forms of ours bring their tokens: see protect.py.
        request.set(LIGHT, not self.heavy)

    def body_class(self, layout, template) -> str:
        """Return the classes of the body; Plone's own without its toolbar, which nobody gets."""
        if not self.heavy:
            return "hs hs-light"
        names = (layout.bodyClass(template, self.view) or "").split()
        return " ".join(["hs", *(one for one in names if not one.startswith("plone-toolbar"))])

    def resource(self, name: str) -> str:
        """Return the address of a static file of the theme."""
        return address("theme", name)

    def static(self, room: str, name: str) -> str:
        """Return the address of a static file of another room."""
        return address(room, name)

    def title(self) -> str:
        """Return the text of the window's title bar."""
        own = getattr(self.view, "page_title", None) or getattr(self.view, "label", None)
        own = own() if callable(own) else own
        if not own and self.may_view and self.context is not self.portal:
            own = self.context.Title() if hasattr(self.context, "Title") else ""
        own = translate(own, context=self.request) if own else ""
        return f"{own} · Họp Số" if own else "Họp Số"

    def site_title(self) -> str:
        """Return whose installation this is, empty if the site has no name of its own."""
        title = self.portal.Title()
        return "" if title in ("Họp Số", "Plone site") else title

    def anonymous(self) -> bool:
        """Tell whether nobody is logged in."""
        return self.user_id is None

    def sections(self) -> list[dict]:
        """Return the entries of the main navigation."""
        current = getattr(self.view, "hs_section", None) or self._section()
        return [
            {"id": name, "title": title, "url": f"{self.portal_url}/{path}", "current": name == current}
            for name, title, path in SECTIONS
        ]

    def _section(self) -> str:
        path = self.request.get("ACTUAL_URL", "")[len(self.portal_url) :].strip("/")
        if path.startswith(UNITS) and MEETINGS in path.split("/"):
            return "meetings"
        for name, _title, start in SECTIONS:
            if path.replace("@@", "").startswith(start.replace("@@", "")):
                return name
        return ""

    def person(self) -> dict:
        """Return name, initials and the line about what the person is."""
        member = api.user.get_current()
        name = member.getProperty("fullname") or self.user_id
        return {"name": name, "initials": initials(name), "role": self._role_line()}

    def _role_line(self) -> str:
        held = functions_of(self.user_id)
        if not held:
            return ""
        first = next((one for one in held if one.position), held[0])
        what = position_text(first.position) or translate(
            FUNCTION_TITLES[first.function], context=self.request
        )
        where = unit_title(first.unit)
        return f"{what}, {where}" if where else what

    def tools(self) -> list[dict]:
        """Return links for administrators: only those they may follow."""
        return tool_links()

    def cards(self, place: str) -> str:
        """Return the HTML of what other rooms add to the page at *place*."""
        return cards.draw(self.context, self.request, place)

    def my_links(self) -> list[dict]:
        """Return what other rooms add to the menu of the person."""
        return links_of("me", self.portal)

    def serves(self) -> bool:
        """Tell whether the person looks after the lines and rooms of some unit."""
        return serves(self.user_id)

    def open_glass(self) -> list[dict]:
        """Return the meetings that the person reads in an emergency now."""
        return open_lines(self.user_id, self.request)

    def languages(self) -> list[dict]:
        """Return the switch of languages."""
        now = self.request.get("LANGUAGE", "vi")
        return [
            {
                "code": code,
                "title": title,
                "url": self._here(set_language=code),
                "current": now.startswith(code),
            }
            for code, title in LANGUAGES
        ]

    def _here(self, **changes) -> str:
        """Return the address of this page with other parameters."""
        kept = {}
        if self.request.get("REQUEST_METHOD", "GET") == "GET":
            kept = {k: v for k, v in self.request.form.items() if isinstance(v, str) and k != "set_language"}
        return f"{self.request.get('ACTUAL_URL', self.portal_url)}?{urlencode({**kept, **changes})}"

    def messages(self) -> list[dict]:
        """Return the status messages that wait for this person, and forget them."""
        kinds = {"error": "bad", "warning": "warn", "warn": "warn"}
        return [
            {"text": one.message, "kind": kinds.get(one.type, "good"), "error": one.type == "error"}
            for one in IStatusMessage(self.request).show()
        ]

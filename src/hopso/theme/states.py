"""No right, not found, broken: pages that every site needs, in our look."""

from urllib.parse import urlparse

from hopso import _
from hopso.accounts.answers import refusal
from hopso.accounts.gate import presence
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from plone import api
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.CMFPlone.browser.login.login import InsufficientPrivilegesView
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import Unauthorized


MOST_NAMED = 3


class NoRight(InsufficientPrivilegesView):
    """Says who can give the right that is missing."""

    page_title = _("No access")
    hs_section = "none"
    index = ViewPageTemplateFile("templates/no_right.pt")

    def __call__(self):
        self.request.response.setStatus(403)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    def givers(self) -> dict | None:
        """Return the unit that the address belongs to, and who looks after its meetings."""
        came_from = self.request.get("came_from") or ""
        parts = urlparse(came_from).path.split("/") if isinstance(came_from, str) else []
        if "don-vi" not in parts:
            return None
        parts = parts[parts.index("don-vi") + 1 :][:20]
        units = unit_names(parts)
        unit = next((part for part in reversed(parts) if part in units), None)
        if unit is None:
            return None
        held = assignment_store().of_unit(unit, "coordinators", "admins")
        users = list(dict.fromkeys(user_id for user_id, _one in held))[:MOST_NAMED]
        names = person_names(users)
        return {"unit": units[unit], "people": [names[user_id] for user_id in users]}


class ProgramErrors(ErrorHandling):
    """Errors as JSON; whoever has steps left after logging in is told which."""

    def render_exception(self, exception):
        answer = super().render_exception(exception)
        if isinstance(exception, Unauthorized) and answer is not None:
            found = presence(self.request)
            if found is not None and found.due:
                answer |= refusal(self.request, found.due)
        return answer


class Broken(ExceptionView):
    """404 and 500; tells nothing about what stands at the address."""

    hs_section = "none"
    plone_resources = False

    def __call__(self):
        # Our layer hides the view that answers programs: they need status, type and message.
        if IAPIRequest.providedBy(self.request):
            return ProgramErrors(self.context, self.request)()
        return super().__call__()

    @property
    def page_title(self):
        """Title of the window."""
        return _("Not found") if self.request.response.getStatus() == 404 else _("Something went wrong")

    def when(self) -> str:
        """When it happened, for those who look into the log."""
        return f"{now():%Y-%m-%d %H:%M:%S} UTC"

    def home(self) -> str:
        """Address of the site."""
        return api.portal.get().absolute_url()


class Refused(BrowserView):
    """What an operation of ours answers instead of a page: status and reason of the error."""

    hs_section = "none"
    plone_resources = False
    page_title = _("Not possible")

    def __call__(self):
        self.error, self.context = self.context, self.__parent__
        # Locked: Plone would set the status by the name of the exception afterwards.
        self.request.response.setStatus(self.error.status, lock=True)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.index()

    def home(self) -> str:
        """Address of the site."""
        return api.portal.get().absolute_url()

"""The pages of emergency access and of logistics, and what the frame says about both."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import span_text
from hopso.core.views.answers import describe_error
from hopso.meetings.content import IMeeting
from hopso.meetings.views import labels
from hopso.meetings.vocabularies import MeetingModes
from hopso.organisation.names import person_names
from hopso.policy.api import current_policy
from hopso.security import breakglass
from hopso.security.grants import BREAKGLASS
from hopso.security.grants import grant_store
from hopso.security.logistics import logistics_of
from hopso.security.logistics import upcoming
from hopso.security.report import closed_title
from hopso.security.report import say
from plone import api
from plone.memoize.view import memoize
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from plone.protect.authenticator import createToken
from plone.uuid.interfaces import IUUID
from Products.Five.browser import BrowserView
import transaction


LONGEST_REFERENCE = 500


def find_meeting(reference: str):
    """Return the meeting that an address or a UID names exactly, None for anything else.

    Titles are not searched: who asks must have been told which meeting it is.
    """
    reference = (reference or "").strip()[:LONGEST_REFERENCE]
    portal = api.portal.get()
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Meeting", UID=reference) if reference else ()
    if found:
        return found[0]._unrestrictedGetObject()
    url = portal.absolute_url()
    if not reference.startswith(f"{url}/"):
        return None
    parts = [one for one in reference[len(url) :].partition("?")[0].split("/") if one]
    while parts:
        obj = portal.unrestrictedTraverse(parts, None) if not parts[-1].startswith("@@") else None
        if IMeeting.providedBy(obj):
            return obj
        parts.pop()
    return None


class BreakGlassPage(BrowserView):
    """``/@@break-glass``: name a meeting, give the reason, read it for a limited time."""

    page_title = _("Emergency access")
    error = None

    def __call__(self):
        if self.request.get("REQUEST_METHOD") == "POST":
            PostOnly(self.request)
            CheckAuthenticator(self.request)
            location = self._carry_out()
            if location:
                self.request.response.redirect(location, status=303)
                return ""
        return super().__call__()

    def _carry_out(self) -> str:
        form = self.request.form
        meeting = find_meeting(form.get("meeting", ""))
        try:
            if meeting is None:
                raise errors.Invalid(
                    _("Please check what you entered."),
                    errors={"meeting": _("No meeting has this address or identifier.")},
                )
            find_operation(meeting, "meeting.break_glass")(meeting, reason=form.get("reason", ""))
        except errors.OperationError as error:
            transaction.abort()
            self.error = describe_error(error, self.request)
            self.request.response.setStatus(error.status)
            return ""
        api.portal.show_message(
            _("You can read this meeting until ${time}.", mapping={"time": self._until(meeting)}),
            self.request,
            type="warning",
        )
        return meeting.absolute_url()

    def _until(self, meeting):
        user_id = api.user.get_current().getId()
        grants = grant_store().of_meeting(IUUID(meeting), BREAKGLASS)
        return datetime_text(next(one.until for one in grants if one.user_id == user_id))

    def value(self, name: str) -> str:
        """Return what was typed before."""
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def problem(self, name: str) -> str:
        """Return what is wrong with a field, empty if nothing is."""
        return (self.error or {}).get("errors", {}).get(name, "")

    def token(self) -> str:
        return createToken()

    def minutes(self) -> int:
        return current_policy().break_glass_minutes

    def open(self) -> list[dict]:
        """Return what the present user reads in an emergency now."""
        return open_lines(api.user.get_current().getId(), self.request)


def open_lines(user_id: str, request) -> list[dict]:
    """Return a line for each meeting that a person reads behind broken glass now, for the banner."""
    found = []
    for one in breakglass.open_glass(user_id):
        meeting = api.content.get(UID=one.meeting)
        if meeting is not None:
            found.append(
                {
                    "title": meeting.title,
                    "url": meeting.absolute_url(),
                    "until": f"{local(one.until):%H:%M}",
                    "user": user_id,
                    "token": createToken(),
                }
            )
    return found


def glass_lines(meeting) -> list[dict]:
    """Return who reads or has read *meeting* in an emergency, for those who may end it; latest first."""
    if not getSecurityManager().checkPermission(breakglass.MEND, meeting):
        return []
    history = grant_store().history(IUUID(meeting), BREAKGLASS)
    current = set(grant_store().of_meeting(IUUID(meeting), BREAKGLASS))
    names = person_names({one.user_id for one in history} | {one.ended_by for one in history})
    # Whoever reads has the banner of every page already.
    me = api.user.get_current().getId()
    return [
        {
            "user": one.user_id,
            "name": names[one.user_id],
            "since": datetime_text(one.since),
            "until": datetime_text(one.until),
            "ended_by": names.get(one.ended_by, ""),
            "reason": one.reason,
            "current": one in current,
        }
        for one in history
        if one not in current or one.user_id != me
    ]


class LogisticsPage(BrowserView):
    """``<meeting>/@@logistics``: when and where, and whom to call."""

    page_title = _("Time and place")

    @property
    @memoize
    def about(self) -> dict:
        return logistics_line(logistics_of(self.context), self.request)

    def heading(self) -> str:
        return say(closed_title(self.context), self.request)


class UpcomingLogistics(BrowserView):
    """``/@@logistics``: the meetings to come that one serves."""

    page_title = _("Meetings that I serve")

    @property
    @memoize
    def lines(self) -> list[dict]:
        return [logistics_line(one, self.request) for one in upcoming()]


def logistics_line(one, request) -> dict:
    """Return a Logistics as texts."""
    language = (request.get("LANGUAGE") or "vi")[:2]
    modes = MeetingModes(None)
    return {
        "url": f"{one.url}/@@logistics",
        "unit": one.unit,
        "when": span_text(one.start, one.end, language),
        "mode": say(modes.getTerm(one.mode).title, request) if one.mode in modes else "",
        "rooms": ", ".join(one.rooms),
        "state": labels.tag(labels.STATES, one.state),
        "contacts": [{"name": c.name, "phone": c.phone, "mail": c.mail} for c in one.contacts],
    }

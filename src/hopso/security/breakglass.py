"""Breaking the glass: a system administrator reads one closed meeting, in the open.

Needed when something is broken that cannot be mended from outside.  It takes a
reason, ends by itself, gives reading and nothing else, and the chair and the
administrators of the host unit are told at once.  Every request made meanwhile
is on record.  Nothing is written to the meeting or its documents.
"""

from datetime import timedelta

from AccessControl import getSecurityManager
from hopso import _
from hopso.audit.harmless import harmless_write
from hopso.audit.log import record
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.interfaces import IHopsoLayer
from hopso.meetings.content import IMeeting
from hopso.meetings.place import meeting_of
from hopso.policy.api import policy_for
from hopso.security.grants import BREAKGLASS
from hopso.security.grants import Grant
from hopso.security.grants import grant_store
from hopso.security.grants import KEY
from plone import api
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite
from zope.interface import Interface


BREAK = "hopso: Break glass"
MEND = "hopso: End emergency access"
MOST_MINUTES = 24 * 60
STATIC_FILES = ("/++resource++", "/++plone++", "/++theme++", "/favicon")


class IBreakGlass(Interface):
    """Why a closed meeting must be read."""

    reason = schema.Text(
        title=_("Reason"),
        description=_("What is broken, and why it cannot be mended without reading. The chair reads this."),
        min_length=10,
        max_length=2000,
    )


class IMendGlass(Interface):
    """Whose reading ends; left out: everybody's."""

    user = schema.Choice(title=_("Administrator"), vocabulary="hopso.People", required=False)


def minutes_allowed(meeting) -> int:
    """Return for how many minutes the glass is broken (policy key ``break_glass_minutes``)."""
    return min(max(policy_for(meeting).break_glass_minutes, 1), MOST_MINUTES)


@operation(
    "meeting.break_glass", IMeeting, title=_("Read a closed meeting in an emergency"), permission=BREAK,
    schema=IBreakGlass, order=900, danger=True,
    help=_("For a limited time, for reading only. The chair and the unit's administrators are told at once."),
)  # fmt: skip
def break_glass(meeting, reason):
    """Let the system administrator read one meeting for a limited time (BD-3.3)."""
    if getSecurityManager().checkPermission("View", meeting):
        raise errors.WrongState(_("You can read this meeting already."))
    if len(" ".join(reason.split())) < IBreakGlass["reason"].min_length:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"reason": _("Please give the reason.")}
        )
    user_id, moment = api.user.get_current().getId(), now()
    grant_store().give(
        Grant(
            user_id,
            IUUID(meeting),
            BREAKGLASS,
            moment,
            moment + timedelta(minutes=minutes_allowed(meeting)),
            user_id,
            " ".join(reason.split()),
        )
    )


def is_broken(meeting) -> bool:
    """Tell whether somebody reads *meeting* behind broken glass now."""
    return bool(grant_store().of_meeting(IUUID(meeting), BREAKGLASS))


@operation(
    "meeting.end_break_glass", IMeeting, title=_("End the emergency access"), permission=MEND,
    schema=IMendGlass, order=910, when=is_broken,
)  # fmt: skip
def end_break_glass(meeting, user=None):
    """End the reading of a closed meeting before its time."""
    by = api.user.get_current().getId()
    ended = grant_store().end(IUUID(meeting), BREAKGLASS, user or "", by=by)
    if not ended:
        raise errors.WrongState(_("Nobody reads this meeting in an emergency now."))
    # Whoever ended the own reading must not be sent back to the meeting.
    return api.portal.get() if by in {one.user_id for one in ended} else None


def open_glass(user_id: str) -> list[Grant]:
    """Return the meetings that a person reads behind broken glass now."""
    store = IAnnotations(getSite(), {}).get(KEY)
    if store is None or not user_id:
        return []
    return [one for one in store.of_user(user_id) if one.part == BREAKGLASS]


def record_requests(event) -> None:
    """Put every request on record that is made while the glass is broken (``breakglass.read``)."""
    request = event.request
    if not IHopsoLayer.providedBy(request) or getSite() is None:
        return
    grants = open_glass(getSecurityManager().getUser().getId())
    if not grants or any(part in request.get("PATH_INFO", "") for part in STATIC_FILES):
        return
    context = _published_in(request)
    meeting = meeting_of(context)
    inside = meeting is not None and IUUID(meeting) in {one.meeting for one in grants}
    details = {
        "request": f"{request.get('REQUEST_METHOD', '')} {request.get('ACTUAL_URL', '')}"[:500],
        "reason": grants[-1].reason[:200],
    }
    with harmless_write():
        # Elsewhere too: searches and lists show the meeting meanwhile.
        record(
            "breakglass.read" if inside else "breakglass.request",
            context if inside else None,
            findable=inside,
            details=details,
        )


def _published_in(request):
    """Return the content that the request was about."""
    for one in (request.get("PUBLISHED"), *request.get("PARENTS", ())):
        one = getattr(one, "__self__", one)
        one = getattr(one, "context", one)
        if getattr(one, "portal_type", None):
            return one
    return None

"""Giving away the control of a session (HN-5.6).

The chair may let somebody at another site open and close the session.  Whoever
holds the control sees the meeting and its published documents from the
invitation to the end, and loses both with the meeting.
"""

from hopso import _
from hopso.core import errors
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.policy.api import policy_for
from hopso.policy.register import finding
from hopso.policy.register import rule
from hopso.security.grants import CONSOLE
from hopso.security.grants import Grant
from hopso.security.grants import grant_store
from plone import api
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.interface import Interface


DECIDE = "hopso: Decide as chair"
# With these the session, and so its control, is over.
ENDS_WITH = ("meeting.end", "meeting.cancel", "meeting.postpone", "meeting.displace")


class IControl(Interface):
    """Who gets the control of the session."""

    user = schema.Choice(title=_("Person"), vocabulary="hopso.People")


class IRevoke(Interface):
    """Who loses the control; left out: everybody who was given it."""

    user = schema.Choice(title=_("Person"), vocabulary="hopso.People", required=False)


@rule("HN-5.6")
def delegation_allowed(delegate_control: bool) -> list[Finding]:
    """Return why the control cannot be given away; *delegate_control* is what the policy says."""
    if delegate_control:
        return []
    text = _("The policy in force leaves the control of a session with its chair.")
    return [finding("HN-5.6", BLOCK, text)]


def control_findings(meeting, user=None) -> list[Finding]:
    """Return what stands against giving the control of *meeting* away."""
    return delegation_allowed(policy_for(meeting).delegate_control)


def is_given(meeting) -> bool:
    """Tell whether somebody was given the control."""
    return bool(grant_store().of_meeting(IUUID(meeting), CONSOLE))


@operation(
    "meeting.delegate_control", IMeeting, title=_("Hand over the control"), permission=DECIDE,
    states=("scheduled", "convened", "in_session"), schema=IControl, check=control_findings, order=300,
    help=_("This person may open and close the session, until it ends."),
)  # fmt: skip
def delegate_control(meeting, user):
    """Give the control of the session to a person until the meeting ends (HN-5.6)."""
    store, uid = grant_store(), IUUID(meeting)
    if any(one.user_id == user for one in store.of_meeting(uid, CONSOLE)):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"user": _("This person has the control already.")}
        )
    store.give(Grant(user, uid, CONSOLE, now(), given_by=api.user.get_current().getId()))


@operation(
    "meeting.revoke_control", IMeeting, title=_("Take the control back"), permission=DECIDE,
    states=("scheduled", "convened", "in_session"), schema=IRevoke, order=310, when=is_given,
)  # fmt: skip
def revoke_control(meeting, user=None):
    """Take the control of the session back."""
    if not grant_store().end(IUUID(meeting), CONSOLE, user or "", by=api.user.get_current().getId()):
        raise errors.WrongState(_("Nobody was given the control of this session."))


def session_over(event) -> None:
    """End what was given with the session."""
    if event.operation.name in ENDS_WITH:
        grant_store().end(IUUID(event.context), CONSOLE, by=api.user.get_current().getId() or "")

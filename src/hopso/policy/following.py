"""Registered meetings and a policy that has changed: each follows only when somebody says so, with a reason."""

from Acquisition import aq_base
from hopso import _
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.policy.api import frozen_copy
from hopso.policy.api import policy_on
from hopso.policy.effects import differing_keys
from hopso.policy.effects import TO_COME
from hopso.policy.operations import MANAGE
from zope import schema
from zope.interface import Interface


class IReason(Interface):
    """Why a meeting gets other values than those of its registration."""

    reason = schema.TextLine(title=_("Reason"), max_length=300)


def former_copies(meeting) -> tuple[dict, ...]:
    """Return the copies that *meeting* kept before: values, name, until, who, reason; the latest last."""
    return tuple(getattr(aq_base(meeting), "policy_history", None) or ())


@operation(
    "meeting.follow_policy", IMeeting, title=_("Apply the policy now in force"), permission=MANAGE,
    states=TO_COME, schema=IReason, order=400,
    help=_("The meeting gets the values in force on its day; those of its registration stay in its history."),
)  # fmt: skip
def follow_policy(meeting, reason):
    """Give a registered meeting the policy in force on its day; its former copy is kept."""
    if not meeting.policy_values:
        raise errors.WrongState(
            _("The meeting keeps no policy of its own: it follows the one in force anyway.")
        )
    if not (reason or "").strip():
        raise errors.Invalid(_("Please check what you entered."), errors={"reason": _("Give the reason.")})
    policy = policy_on(local(meeting.start).date())
    if not differing_keys(meeting, policy):
        raise errors.WrongState(_("The meeting has these values already."))
    kept = {
        "values": meeting.policy_values,
        "name": meeting.policy_name,
        "until": now(),
        "who": current_user_id(),
        "reason": reason.strip(),
    }
    meeting.policy_history = (*former_copies(meeting), kept)
    meeting.policy_name, meeting.policy_values = policy.name, frozen_copy(policy)
    meeting.reindexObject(idxs=["rule_clocks"])

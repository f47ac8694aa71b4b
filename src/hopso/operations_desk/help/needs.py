"""Members without device or account tell the host unit, which prepares what they need (BD-8.2, BD-8.3)."""

from dataclasses import replace

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.answers import may_answer
from hopso.meetings.content import IMeeting
from hopso.operations_desk.console.records import new_id
from hopso.operations_desk.help import parameters
from hopso.operations_desk.help import records
from hopso.operations_desk.help import rules
from hopso.policy.api import policy_for
from hopso.policy.register import rule
from hopso.policy.timing import deadline_before
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


PREPARE = "hopso: Prepare meeting"
REVIEWS = "hopso.desk.reviews"


def notice_deadline(meeting):
    """Return by when a missing device or account is told, None where nothing is regulated."""
    policy = policy_for(meeting)
    if policy.device_notice is None:
        return None
    return deadline_before(meeting.start, policy.device_notice, policy.calendar)


def need_findings(meeting, needs_device=False, needs_account=False, **params) -> list:
    """Return whether the need is told in time."""
    if not (needs_device or needs_account):
        return []
    return rules.need_in_time(now(), notice_deadline(meeting))


@operation(
    "meeting.tell_need", IMeeting, title=_("I need a device or an account"),
    permission="hopso: Answer invitation", states=("convened", "in_session"), schema=parameters.INeed,
    check=need_findings, order=45, when=may_answer,
    help=_("The host unit is told and prepares what is needed."),
)  # fmt: skip
def tell_need(meeting, needs_device, needs_account, note):
    """Tell the host unit what one lacks; nothing marked takes an open need back."""
    if not may_answer(meeting):
        raise errors.Denied(_("You can answer for yourself and for your own unit only."))
    store, uid, user_id = records.help_store(), IUUID(meeting), api.user.get_current().getId()
    known = store.need(uid, user_id)
    if not (needs_device or needs_account):
        if known is None:
            raise errors.Invalid(
                _("Please check what you entered."),
                errors={"needs_device": _("Please mark what you need.")},
            )
        store.drop_need(known)
        return
    moment = now()
    late = bool(rules.need_in_time(moment, notice_deadline(meeting)))
    if known is not None and known.state == records.OPEN_NEED:
        # Told once in time is told in time, whatever is added.
        late = known.late
    store.put_need(
        records.Need(
            uid, user_id, bool(needs_device), bool(needs_account), (note or "").strip(), moment, late
        )
    )


@operation(
    "meeting.meet_need", IMeeting, title=_("Prepare what is needed"), permission=PREPARE,
    states=("convened", "in_session"), schema=parameters.INeedMet, order=46,
)  # fmt: skip
@rule("BD-8.2/3")
def meet_need(meeting, user, how, device, answer):
    """Say how a need is met: device on loan, access as a guest, account; the member is told."""
    store = records.help_store()
    known = store.need(IUUID(meeting), user)
    if known is None:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"user": _("This person has told no need.")}
        )
    if known.state == records.MET:
        raise errors.WrongState(_("This need is met already."))
    if how == "loan" and not device and not (answer or "").strip():
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"device": _("Name the device, or tell the person where it is to be had.")},
        )
    store.put_need(
        replace(
            known,
            met_at=now(),
            met_by=api.user.get_current().getId(),
            how=how,
            lent=device or "",
            answer=(answer or "").strip(),
        )
    )


@operation(
    "meeting.review_preparation", IMeeting, title=_("Assess the preparation"),
    permission="hopso: Review preparation", states=("scheduled", "convened"), schema=parameters.IReview,
    order=47,
)  # fmt: skip
@rule("BD-8.3")
def review_preparation(meeting, text):
    """Keep what the unit administrator found of the preparation; assessments stay."""
    annotations = IAnnotations(meeting)
    if REVIEWS not in annotations:
        annotations[REVIEWS] = OOBTree()
    moment = now()
    annotations[REVIEWS][new_id(moment)] = {
        "at": moment,
        "by": api.user.get_current().getId(),
        "text": text.strip(),
    }


def reviews_of(meeting) -> list[dict]:
    """Return the assessments (at, by, text), earliest first."""
    return list(IAnnotations(meeting).get(REVIEWS, {}).values())

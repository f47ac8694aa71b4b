"""From what was done to who is told: jobs that wait for the commit."""

from contextlib import contextmanager
from contextvars import ContextVar

from hopso.core.text import now
from hopso.documents.approval import approver_ids
from hopso.meetings.place import meeting_of
from hopso.notifications import approval
from hopso.notifications import desk
from hopso.notifications import recipients
from hopso.notifications import registers
from hopso.notifications.jobs import SEND
from hopso.notifications.occasions import Occasion
from hopso.tasks.queue import enqueue_after_commit
from plone.uuid.interfaces import IUUID


_quiet: ContextVar[bool] = ContextVar("hopso_quiet", default=False)
PUBLIC = ("convened", "in_session", "ended", "concluded", "archived")


@contextmanager
def quietly():
    """Tell nobody what is done in the block: demo content, imports of the past."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def operation_done(event):
    """Enqueue the mails that an operation calls for; whoever did it needs none."""
    teller = TELLERS.get(event.operation.name)
    if teller is not None:
        for one in teller(event):
            tell(one)


def is_quiet() -> bool:
    """Tell whether nobody is to be told of what is being done."""
    return _quiet.get()


def tell(one: Occasion) -> None:
    """Enqueue the mails of an occasion, unless it is done quietly."""
    if is_quiet():
        return
    moment = now().isoformat(timespec="seconds")
    for user_id in recipients.unique(one.people):
        enqueue_after_commit(
            SEND,
            kind=one.kind,
            uid=IUUID(one.context),
            recipient=user_id,
            stamp=one.stamp or moment,
            comment=one.comment,
        )


def _registered(event):
    meeting = event.context
    yield Occasion(
        "registered",
        meeting,
        recipients.unique(recipients.registrars(meeting), recipients.preparers(meeting)),
    )
    yield from approval.decision_wanted(meeting)


def _returned(event):
    yield Occasion("returned", event.context, recipients.preparers(event.context), comment=_comment(event))


def _scheduled(event):
    meeting = event.context
    people = recipients.unique(recipients.preparers(meeting), [meeting.chair, meeting.secretary])
    yield Occasion("scheduled", meeting, people)
    yield from approval.after_slot(meeting)


def _convened(event):
    # One stamp for all who are invited to this publication: whoever joins later
    # is invited then, and nobody twice.
    meeting = event.context
    if event.after in PUBLIC and meeting.published_at:
        stamp = meeting.published_at.isoformat(timespec="seconds")
        yield Occasion("invitation", meeting, recipients.invited(meeting), stamp)


def _moved(kind):
    def tell(event):
        meeting = event.context
        people = recipients.unique(recipients.preparers(meeting), [meeting.chair, meeting.secretary])
        if event.before in PUBLIC or meeting.published_at:
            people = recipients.unique(people, recipients.invited(meeting))
        elif event.before == "registered":
            people = recipients.unique(people, recipients.registrars(meeting))
        yield Occasion(kind, meeting, people, comment=_comment(event))

    return tell


def _document_submitted(event):
    yield Occasion("approval_wanted", event.context, approver_ids(event.context))


def _document_returned(event):
    document = event.context
    people = recipients.unique([document.Creator()], recipients.preparers(meeting_of(document)))
    yield Occasion("document_returned", document, people)


def _document_published(event):
    meeting = meeting_of(event.context)
    if meeting is not None and meeting.published_at:
        yield Occasion("document_published", event.context, recipients.invited(meeting))


def _record_submitted(event):
    yield Occasion("record_review", event.context, [meeting_of(event.context).chair])


def _record_returned(event):
    meeting = meeting_of(event.context)
    people = recipients.unique(recipients.preparers(meeting), [meeting.secretary])
    yield Occasion("record_returned", event.context, people)


def _record_issued(event):
    yield Occasion("record_issued", event.context, recipients.invited(meeting_of(event.context)))


def _glass_broken(event):
    meeting = event.context
    yield Occasion(
        "glass_broken",
        meeting,
        recipients.unique([meeting.chair], recipients.admins(meeting)),
        comment=_comment(event),
    )


def _control_given(event):
    yield Occasion("control_given", event.context, [event.params["user"]])


def _comment(event) -> str:
    """Return the reason that was given with an operation on a meeting, shortened."""
    text = event.params.get("comment") or event.params.get("reason") or ""
    return " ".join(str(text).split())[:500]


TELLERS = (
    desk.TELLERS
    | registers.TELLERS
    | approval.TELLERS
    | {
        "meeting.register": _registered,
        "meeting.return": _returned,
        "meeting.schedule": _scheduled,
        "meeting.convene": _convened,
        "meeting.add_participants": _convened,
        "meeting.invite_guest": _convened,
        "meeting.answer": _convened,
        "meeting.record_answer": _convened,
        "meeting.reschedule": _moved("rescheduled"),
        "meeting.postpone": _moved("postponed"),
        "meeting.displace": _moved("displaced"),
        "meeting.cancel": _moved("cancelled"),
        "meeting.break_glass": _glass_broken,
        "meeting.delegate_control": _control_given,
        "document.submit": _document_submitted,
        "document.return": _document_returned,
        "document.publish": _document_published,
        "record.submit": _record_submitted,
        "record.return": _record_returned,
        "record.issue": _record_issued,
    }
)

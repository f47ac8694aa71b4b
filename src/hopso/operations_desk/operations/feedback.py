"""Difficulties and proposals, to the body that runs the system and on to the committee (BD-12/end)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.operations_desk import parameters
from hopso.operations_desk import place
from hopso.operations_desk.content import IFeedback
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from hopso.policy.register import rule
from plone import api


HANDLE = "hopso: Handle feedback"


@operation(
    "feedback.send", IUnit, title=_("Send feedback"), permission="hopso: Send feedback",
    schema=parameters.IFeedbackText, order=310,
    help=_("It goes to the body that runs the system, which answers or takes it to the committee."),
)  # fmt: skip
@rule("BD-12/end")
def send(unit, category, title, text):
    """Send a difficulty or a proposal of *unit* to the unit that runs the system; return it."""
    operator = place.operator_unit()
    if operator is None:
        raise errors.Invalid(
            _("Nobody is named yet who receives feedback; the system administrator sets the operator unit.")
        )
    return place.put(
        operator,
        "Feedback",
        title=title,
        category=category,
        text=text,
        from_unit=unit.getId(),
        sender=api.user.get_current().getId(),
        sent_at=now(),
    )


@operation(
    "feedback.take", IFeedback, title=_("Take in hand"), permission=HANDLE,
    states=("sent",), order=10, primary=True,
)  # fmt: skip
def take(feedback):
    """Say that one looks after it."""
    transition(feedback, "take")
    feedback.taken_by = api.user.get_current().getId()
    feedback.reindexObject()


@operation(
    "feedback.forward", IFeedback, title=_("Forward to the committee"), permission=HANDLE,
    states=("sent", "in_hand"), schema=parameters.IForward, order=20,
)  # fmt: skip
def forward(feedback, to, number):
    """Take it to the committee, which decides; without a name it is the unit above."""
    above = unit_of(unit_of(feedback).__parent__)
    feedback.forwarded_to = to or (above.title if above is not None else "")
    feedback.forwarded_number = number
    feedback.forwarded_at = now()
    transition(feedback, "forward", " · ".join(one for one in (feedback.forwarded_to, number) if one))
    feedback.reindexObject()


@operation(
    "feedback.answer", IFeedback, title=_("Answer"), permission=HANDLE,
    states=("sent", "in_hand", "forwarded"), schema=parameters.IAnswerText, order=30, primary=True,
)  # fmt: skip
def answer(feedback, answer):
    """Answer the sender, who reads it on the page and gets a mail."""
    transition(feedback, "answer")
    feedback.answer = answer
    feedback.answered_at = now()
    feedback.answered_by = api.user.get_current().getId()
    feedback.reindexObject()

"""Parameters of the operations of approval."""

from hopso import _
from hopso.meetings.rules import PLAN_PARTS
from zope import schema
from zope.interface import Interface


class IApproval(Interface):
    """A word of whoever approves."""

    note = schema.Text(title=_("Note"), required=False, default="", max_length=2000)
    step = schema.Int(
        title=_("Step"), description=_("The step one has seen, from 1."), required=False, min=1, max=99
    )


class IRefusal(Interface):
    """Why a meeting is refused."""

    note = schema.Text(title=_("Reason"), max_length=2000)


class IUrgentDecision(Interface):
    """The decision that an urgent meeting is held (NA-3.1/2)."""

    reference = schema.TextLine(
        title=_("Number of the decision, or how it was given"),
        description=_("Number and symbol of the document, or: by telephone, in person."),
        max_length=250,
    )
    dated = schema.Date(title=_("Date of the decision"), description=_("Left empty: today."), required=False)
    evidence = schema.Text(
        title=_("Evidence"),
        description=_("Where the decision is to be found, or who was witness of it."),
        max_length=2000,
    )


class IDelegation(Interface):
    """Who decides on urgent meetings in the place of the holder of the role."""

    person = schema.Choice(title=_("Delegated person"), vocabulary="hopso.People")
    document = schema.TextLine(title=_("Number and symbol of the document"), max_length=120)
    dated = schema.Date(title=_("Date of the document"), required=False)
    until = schema.Datetime(title=_("Until"), description=_("Left empty: until it is ended."), required=False)


class IDelegationKey(Interface):
    """Which delegation."""

    key = schema.TextLine(title=_("Delegation"), max_length=300)


class IPlan(Interface):
    """How a classified session is protected (HN-5.2); nothing classified is written here."""

    level = schema.Choice(title=PLAN_PARTS["level"], values=("mat",), default="mat")
    participants = schema.Text(
        title=PLAN_PARTS["participants"],
        description=_("Who is entitled, or the number of the list."),
        required=False,
        default="",
        max_length=2000,
    )
    venue = schema.Text(title=PLAN_PARTS["venue"], required=False, default="", max_length=1000)
    devices = schema.Text(
        title=PLAN_PARTS["devices"],
        description=_("Who inspected them, when, number of the minutes."),
        required=False,
        default="",
        max_length=1000,
    )
    line = schema.Text(title=PLAN_PARTS["line"], required=False, default="", max_length=1000)
    recall = schema.Text(
        title=PLAN_PARTS["recall"],
        description=_("Who takes back what was handed out, and when."),
        required=False,
        default="",
        max_length=1000,
    )


class IPlanDecision(Interface):
    """The approval of the plan by the head of the host unit."""

    reference = schema.TextLine(title=_("Number and symbol of the document"), max_length=120)


class IRecording(Interface):
    """The chair's word on recording."""

    record = schema.Bool(title=_("The meeting is recorded"), default=False, required=False)
    reason = schema.Text(title=_("Reason"), max_length=2000)


class IPlanNotice(Interface):
    """How the operator was told of the plan of the meeting (NA-4.2)."""

    channel = schema.Choice(title=_("Channel"), vocabulary="hopso.PlanChannels", default="phone")
    whom = schema.TextLine(title=_("Who was told"), max_length=250)
    number = schema.TextLine(
        title=_("Number of the document or the telephone"), required=False, default="", max_length=120
    )
    told_at = schema.Datetime(title=_("When"), description=_("Left empty: now."), required=False)
    note = schema.TextLine(title=_("Note"), required=False, default="", max_length=500)


class IReceipt(Interface):
    """A word of the operator."""

    note = schema.TextLine(title=_("Note"), required=False, default="", max_length=500)

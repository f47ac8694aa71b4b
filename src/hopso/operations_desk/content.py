"""What the desk keeps: incidents, feedback, violations, requests about one's own data.

Nobody edits these things: operations make and change them, so that who said
what, and when, stays as it was.
"""

from hopso import _
from hopso.core.moments import Moment
from hopso.documents.files import picture
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IIncident(model.Schema):
    """A difficulty or a broken device, reported at once (BD-12.3.dd); datetimes are UTC.

    ``occurred_at`` began, ``noticed_at`` somebody saw it, ``reported_at`` was
    told here, ``taken_at`` somebody took it in hand, ``resolved_at`` it was over.
    ``meeting``, ``room``, ``site`` and ``device`` are UIDs or empty.  A meeting or the
    work stood still from ``interrupted_from`` to ``interrupted_until``; ``interruption``
    are the minutes.  The provider was told at ``provider_told_at`` and answered at
    ``provider_answered_at`` (NT-8.2).
    """

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    kind = schema.Choice(title=_("Kind of incident"), vocabulary="hopso.IncidentKinds")
    what = schema.Text(title=_("What happened"))
    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    meeting = schema.TextLine(title=_("Meeting"), required=False)
    device = schema.Choice(title=_("Device"), vocabulary="hopso.Devices", required=False)
    site = schema.Choice(title=_("Site"), vocabulary="hopso.Sites", required=False)
    cause = schema.Choice(title=_("Cause"), vocabulary="hopso.IncidentCauses", required=False)
    photo = NamedBlobFile(title=_("Photo"), required=False, constraint=picture)
    reporter = schema.TextLine(title=_("Reported by"), required=False)
    occurred_at = schema.Datetime(title=_("Occurred"), required=False)
    noticed_at = schema.Datetime(title=_("Noticed"), required=False)
    reported_at = schema.Datetime(title=_("Reported"), required=False)
    taken_at = schema.Datetime(title=_("Taken in hand"), required=False)
    taken_by = schema.TextLine(title=_("Taken in hand by"), required=False)
    resolved_at = schema.Datetime(title=_("Resolved"), required=False)
    resolved_by = schema.TextLine(title=_("Resolved by"), required=False)
    resolution = schema.Text(title=_("What was done"), required=False)
    interruption = schema.Int(title=_("Interruption (minutes)"), required=False, min=0, max=100_000)
    interrupted_from = schema.Datetime(title=_("Interrupted from"), required=False)
    interrupted_until = schema.Datetime(title=_("Interrupted until"), required=False)
    provider_told_at = schema.Datetime(title=_("Provider told"), required=False)
    provider_told_by = schema.TextLine(title=_("Provider told by"), required=False)
    provider_contact = schema.TextLine(title=_("Person or number at the provider"), required=False)
    provider_answered_at = schema.Datetime(title=_("Provider answered"), required=False)
    provider_note = schema.Text(title=_("Answer of the provider"), required=False)


@implementer(IIncident)
class Incident(Item):
    """An incident, in the folder of the reporter's unit."""

    occurred_at = Moment()
    noticed_at = Moment()
    reported_at = Moment()
    taken_at = Moment()
    resolved_at = Moment()
    interrupted_from = Moment()
    interrupted_until = Moment()
    provider_told_at = Moment()
    provider_answered_at = Moment()


class IFeedback(model.Schema):
    """A difficulty with the regulation or the system, told to the body that runs it (BD-12/end)."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    category = schema.Choice(title=_("Category"), vocabulary="hopso.FeedbackCategories")
    text = schema.Text(title=_("Difficulty or proposal"))
    from_unit = schema.TextLine(title=_("Sending unit"), required=False)
    sender = schema.TextLine(title=_("Sender"), required=False)
    sent_at = schema.Datetime(title=_("Sent"), required=False)
    taken_by = schema.TextLine(title=_("Taken in hand by"), required=False)
    plan = schema.Text(title=_("Plan"), required=False)
    planned_on = schema.Date(title=_("Planned for"), required=False)
    forwarded_at = schema.Datetime(title=_("Forwarded"), required=False)
    forwarded_to = schema.TextLine(title=_("Forwarded to"), required=False)
    forwarded_number = schema.TextLine(title=_("Number of the letter"), required=False)
    answer = schema.Text(title=_("Answer"), required=False)
    answered_at = schema.Datetime(title=_("Answered"), required=False)
    answered_by = schema.TextLine(title=_("Answered by"), required=False)


@implementer(IFeedback)
class Feedback(Item):
    """A piece of feedback, in the folder of the unit that runs the system."""

    sent_at = Moment()
    forwarded_at = Moment()
    answered_at = Moment()


class IViolation(model.Schema):
    """A case of lax implementation or of a violation of the regulation (BD-12.2.dd); confidential.

    ``person`` is the person concerned (user id) or ``concerned_unit`` the unit (id);
    ``rule`` is an id of the rule register. The title never names anybody.
    """

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    person = schema.TextLine(title=_("Person concerned"), required=False)
    concerned_unit = schema.TextLine(title=_("Unit concerned"), required=False)
    rule = schema.Choice(title=_("Provision violated"), vocabulary="hopso.Rules")
    facts = schema.Text(title=_("Facts"))
    happened_on = schema.Date(title=_("Day of the violation"), required=False)
    device = schema.Choice(title=_("Device"), vocabulary="hopso.Devices", required=False)
    incident = schema.TextLine(title=_("Incident"), required=False)
    recorded_by = schema.TextLine(title=_("Recorded by"), required=False)
    recorded_at = schema.Datetime(title=_("Recorded"), required=False)
    measure = schema.Text(title=_("Measure taken"), required=False)
    decision_number = schema.TextLine(title=_("Number of the decision"), required=False)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)
    decided_by = schema.TextLine(title=_("Decided by"), required=False)
    annulled_reason = schema.Text(title=_("Reason for annulling"), required=False)


@implementer(IViolation)
class Violation(Item):
    """A violation, in the folder of the unit that recorded it."""

    confidential = True  # the log says that it was changed, not to what
    recorded_at = Moment()


class IDataRequest(model.Schema):
    """What a person asks about her own data (BD-5.3): correction or erasure."""

    title = schema.TextLine(title=_("Subject line"), max_length=250)
    kind = schema.Choice(title=_("What is asked for"), vocabulary="hopso.DataRequestKinds")
    what = schema.Text(title=_("Which data, and why"))
    person = schema.TextLine(title=_("Asked by"), required=False)
    asked_at = schema.Datetime(title=_("Asked"), required=False)
    reason = schema.Text(title=_("Reason of the decision"), required=False)
    decided_at = schema.Datetime(title=_("Decided"), required=False)
    decided_by = schema.TextLine(title=_("Decided by"), required=False)
    erased = schema.Tuple(
        title=_("Erased"), value_type=schema.TextLine(), required=False, default=(), missing_value=()
    )


@implementer(IDataRequest)
class DataRequest(Item):
    """A request, in the folder of the unit that keeps the person's account."""

    confidential = True
    asked_at = Moment()
    decided_at = Moment()

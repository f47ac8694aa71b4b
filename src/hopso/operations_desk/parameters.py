"""Parameters of the operations of the desk."""

from hopso import _
from hopso.documents.files import picture
from plone.namedfile.field import NamedBlobFile
from zope import schema
from zope.interface import Interface


LONG = 5000


class IReport(Interface):
    """An incident, in as few words as one has at hand."""

    kind = schema.Choice(title=_("Kind of incident"), vocabulary="hopso.IncidentKinds", default="other")
    what = schema.Text(title=_("What happened"), description=_("A few words are enough."), max_length=LONG)
    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    device = schema.Choice(title=_("Device"), vocabulary="hopso.Devices", required=False)
    site = schema.Choice(title=_("Site"), vocabulary="hopso.Sites", required=False)
    cause = schema.Choice(title=_("Cause"), vocabulary="hopso.IncidentCauses", required=False)
    meeting = schema.TextLine(title=_("Meeting"), required=False, default="", max_length=100)
    occurred_at = schema.Datetime(title=_("Occurred"), description=_("Left empty: just now."), required=False)
    noticed_at = schema.Datetime(title=_("Noticed"), required=False)
    photo = NamedBlobFile(
        title=_("Photo"), description=_("jpg or png, at most 15 MB."), required=False, constraint=picture
    )


class IResolution(Interface):
    """How an incident ended."""

    resolution = schema.Text(title=_("What was done"), max_length=LONG)
    cause = schema.Choice(title=_("Cause"), vocabulary="hopso.IncidentCauses", required=False)
    interruption = schema.Int(
        title=_("Interruption (minutes)"),
        description=_("For how long a meeting or the work stood still; empty if it did not."),
        required=False,
        min=0,
        max=100_000,
    )
    interrupted_from = schema.Datetime(
        title=_("Interrupted from"),
        description=_("With beginning and end the minutes are computed."),
        required=False,
    )
    interrupted_until = schema.Datetime(title=_("Interrupted until"), required=False)


class IProviderTold(Interface):
    """Whom of the provider one has told."""

    contact = schema.TextLine(
        title=_("Person or number at the provider"), required=False, default="", max_length=250
    )
    note = schema.Text(title=_("Note"), required=False, default="", max_length=LONG)


class IReason(Interface):
    """A reason that must be given."""

    reason = schema.Text(title=_("Reason"), max_length=LONG)


class IFeedbackText(Interface):
    """A difficulty or a proposal."""

    category = schema.Choice(title=_("Category"), vocabulary="hopso.FeedbackCategories", default="regulation")
    title = schema.TextLine(title=_("Subject line"), max_length=250)
    text = schema.Text(title=_("Difficulty or proposal"), max_length=20_000)


class IForward(Interface):
    """To whom feedback went on."""

    to = schema.TextLine(title=_("Forwarded to"), required=False, default="", max_length=250)
    number = schema.TextLine(title=_("Number of the letter"), required=False, default="", max_length=60)


class IAnswerText(Interface):
    """The answer that the sender reads."""

    answer = schema.Text(title=_("Answer"), max_length=20_000)


class IViolationFacts(Interface):
    """What happened; either a person or a unit is concerned."""

    person = schema.Choice(title=_("Person concerned"), vocabulary="hopso.People", required=False)
    concerned_unit = schema.Choice(
        title=_("Unit concerned"),
        description=_("If it is about a whole unit and no single person."),
        vocabulary="hopso.Units",
        required=False,
    )
    rule = schema.Choice(title=_("Provision violated"), vocabulary="hopso.Rules")
    facts = schema.Text(title=_("Facts"), max_length=20_000)
    happened_on = schema.Date(title=_("Day of the violation"), required=False)
    device = schema.Choice(title=_("Device"), vocabulary="hopso.Devices", required=False)
    incident = schema.TextLine(title=_("Incident"), required=False, default="", max_length=100)


class IDecision(Interface):
    """What was decided about a violation."""

    measure = schema.Text(title=_("Measure taken"), max_length=LONG)
    decision_number = schema.TextLine(title=_("Number of the decision"), max_length=60)
    decided_on = schema.Date(title=_("Date of the decision"), required=False)


class INote(Interface):
    """A note that may be given."""

    note = schema.Text(title=_("Note"), required=False, default="", max_length=LONG)


class IDataWish(Interface):
    """What a person asks about her own data."""

    kind = schema.Choice(title=_("What is asked for"), vocabulary="hopso.DataRequestKinds", default="correct")
    what = schema.Text(title=_("Which data, and why"), max_length=LONG)


class IGrant(Interface):
    """What is granted of a request."""

    reason = schema.Text(title=_("Reason of the decision"), max_length=LONG)
    erase_phone = schema.Bool(title=_("Erase the telephone number"), required=False, default=False)
    erase_portrait = schema.Bool(title=_("Erase the photo"), required=False, default=False)
    erase_profile = schema.Bool(
        title=_("Erase what the profile says of the person"), required=False, default=False
    )
    erase_email = schema.Bool(
        title=_("Erase the e-mail address"),
        description=_("Invitations then no longer reach the person by mail."),
        required=False,
        default=False,
    )

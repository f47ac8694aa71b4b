"""Parameters of asking for help and of needs."""

from hopso import _
from zope import schema
from zope.interface import Interface


class IHelp(Interface):
    """What one needs help with."""

    topic = schema.Choice(title=_("What is it about?"), vocabulary="hopso.HelpTopics", default="other")
    text = schema.Text(title=_("In a few words"), required=False, default="", max_length=1000)
    seat = schema.TextLine(
        title=_("Where you sit"),
        description=_("Room and seat, or site, so that somebody can come."),
        required=False,
        default="",
        max_length=100,
    )


class IRequestId(Interface):
    """A request for help."""

    request = schema.TextLine(title=_("Request"), max_length=60)


class IHelpAnswer(IRequestId):
    """How it ended."""

    answer = schema.Text(title=_("What was done"), required=False, default="", max_length=1000)


class INeed(Interface):
    """What one lacks for taking part; nothing marked takes it back."""

    needs_device = schema.Bool(title=_("I have no device"), default=False, required=False)
    needs_account = schema.Bool(title=_("I have no account or cannot log in"), default=False, required=False)
    note = schema.Text(title=_("Note"), required=False, default="", max_length=1000)


class INeedMet(Interface):
    """How the host unit met a need."""

    user = schema.TextLine(title=_("Person"), max_length=100)
    how = schema.Choice(title=_("How"), vocabulary="hopso.WaysToMeetNeeds", default="loan")
    device = schema.Choice(title=_("Device"), vocabulary="hopso.Devices", required=False)
    answer = schema.Text(title=_("What the person is told"), required=False, default="", max_length=1000)


class IReview(Interface):
    """What the unit administrator found of the preparation."""

    text = schema.Text(title=_("Assessment of the preparation"), max_length=2000)

"""Parameters of the operations on drafts and series."""

from copy import copy

from hopso import _
from hopso.meetings.content import IMeeting
from hopso.meetings.registration import recurrence
from zope import schema
from zope.interface import Interface
from zope.interface.interface import InterfaceClass
from zope.schema import getFieldsInOrder


class IRule(Interface):
    """When a series takes place; the meeting itself is its first day."""

    frequency = schema.Choice(
        title=_("How often"), values=recurrence.FREQUENCIES, default=recurrence.WEEKLY, required=False
    )
    interval = schema.Int(title=_("Every how many weeks or months"), min=1, max=52, default=1, required=False)
    weekdays = schema.Tuple(
        title=_("Days of the week"),
        description=_("0 is Monday, 6 is Sunday; left empty it is the day of the meeting."),
        value_type=schema.Int(min=0, max=6),
        required=False,
        default=(),
    )
    until = schema.Date(title=_("Last day of the series"), required=False)
    count = schema.Int(
        title=_("Number of meetings"),
        description=_("Days off count as well."),
        min=1,
        max=recurrence.MOST,
        required=False,
    )
    days_off = schema.Choice(
        title=_("On public holidays"), values=recurrence.ON_DAYS_OFF, default=recurrence.SKIP, required=False
    )
    horizon = schema.Date(
        title=_("Make meetings up to"),
        description=_("Left empty: for three months. Later ones can be made at any time."),
        required=False,
    )


class IHorizon(Interface):
    """Up to when occurrences are made."""

    until = schema.Date(title=_("Make meetings up to"))


class ITogether(Interface):
    """What happens to all when one cannot be done."""

    all_or_nothing = schema.Bool(
        title=_("Only if it is possible for all of them"), default=False, required=False
    )


class ISince(Interface):
    """From which day on."""

    since = schema.Date(title=_("From this day on"))


class IChangeFollowing(ISince):
    """What changes for the meetings from a day on; what is left out stays."""

    title = schema.TextLine(title=_("Name of the meeting"), required=False, max_length=500)
    content = schema.Text(title=_("Content"), required=False)
    clock = schema.TextLine(title=_("Start (hour)"), description="08:00", required=False, max_length=5)
    minutes = schema.Int(title=_("Duration (minutes)"), required=False, min=5, max=1440)
    mode = schema.Choice(title=_("Form"), vocabulary="hopso.MeetingModes", required=False)
    rooms = schema.Tuple(
        title=_("Rooms"), value_type=schema.Choice(vocabulary="hopso.Rooms"), required=False, default=None
    )
    sites = schema.Tuple(
        title=_("Sites"), value_type=schema.Choice(vocabulary="hopso.Sites"), required=False, default=None
    )
    chair = schema.Choice(title=_("Chair"), vocabulary="hopso.People", required=False)
    secretary = schema.Choice(title=_("Secretary"), vocabulary="hopso.People", required=False)
    participants = schema.Tuple(
        title=_("Participants"),
        value_type=schema.Choice(vocabulary="hopso.Participants"),
        required=False,
        default=None,
    )


class ICancelFollowing(ISince):
    """Which meetings are called off, and why."""

    only_this = schema.Bool(title=_("Only the meeting of this day"), default=False, required=False)
    reason = schema.Text(title=_("Reason"), max_length=5000)


class IKeepAsDraft(Interface):
    """Whether the registration is handed in."""

    draft = schema.Bool(title=_("Keep it as a draft"), default=False, required=False)


def _copied() -> dict:
    """Return the fields of a meeting as parameters; its host unit is where the operation is called."""
    found = {}
    for name, one in getFieldsInOrder(IMeeting):
        if name != "host_unit":
            found[name] = copy(one)
            found[name].interface = None
    return found


IWholeRegistration = InterfaceClass(
    "IWholeRegistration", (IKeepAsDraft,), _copied(), __module__=__name__, __doc__="All fields of a meeting."
)

"""Parameters of the operations on meetings."""

from hopso import _
from zope import schema
from zope.interface import Interface


class IComment(Interface):
    """A comment that must be given."""

    comment = schema.Text(title=_("Comment"), max_length=5000)


class IReason(Interface):
    """A reason that must be given."""

    reason = schema.Text(title=_("Reason"), max_length=5000)


class ISlot(Interface):
    """When and where; what is left out stays as registered."""

    start = schema.Datetime(title=_("Start"), required=False)
    end = schema.Datetime(title=_("End"), required=False)
    rooms = schema.Tuple(
        title=_("Rooms"), value_type=schema.Choice(vocabulary="hopso.Rooms"), required=False, default=None
    )


class IConvene(Interface):
    """Publishing with or without what is not approved."""

    leave_out = schema.Bool(
        title=_("Publish without the documents that are not approved"), default=False, required=False
    )
    reason = schema.Text(title=_("Reason"), required=False, default="", max_length=5000)


class IOrder(Interface):
    """The whole new order, or one item and its new number (from 1)."""

    order = schema.Tuple(title=_("New order"), value_type=schema.TextLine(), required=False, default=())
    item = schema.TextLine(title=_("Agenda item"), required=False, default="")
    position = schema.Int(title=_("New number"), required=False, min=1, max=10000)


class INewItem(Interface):
    """A new agenda item."""

    title = schema.TextLine(title=_("Content of the item"), max_length=500)
    duration = schema.Int(title=_("Duration (minutes)"), min=1, max=1440, default=15)
    presenter = schema.TextLine(title=_("Presenter"), required=False, default="", max_length=250)
    preparing_unit = schema.Choice(title=_("Preparing unit"), vocabulary="hopso.Units", required=False)
    handed_out = schema.Bool(
        title=_("Documents are handed out at the meeting"), default=False, required=False
    )


class IItem(Interface):
    """An agenda item by its id."""

    item = schema.TextLine(title=_("Agenda item"))


class IAnswer(Interface):
    """An answer to an invitation; ``principal`` is given where one may answer for several."""

    answer = schema.Choice(
        title=_("Answer"), values=("attending", "substituted", "declined"), default="attending"
    )
    substitute = schema.Choice(title=_("Substitute"), vocabulary="hopso.People", required=False)
    reason = schema.Text(title=_("Reason"), required=False, default="", max_length=2000)
    principal = schema.TextLine(title=_("Invited"), required=False, default="")


class IRecordedAnswer(IAnswer):
    """An answer that came by telephone or on paper."""

    principal = schema.Choice(title=_("Invited"), vocabulary="hopso.Participants")


class ICall(Interface):
    """A telephone call about an urgent meeting."""

    whom = schema.TextLine(title=_("Who was called"), max_length=250)
    phone = schema.TextLine(title=_("Telephone number"), max_length=50)
    called_at = schema.Datetime(title=_("Time of the call"), required=False)
    note = schema.TextLine(title=_("Note"), required=False, default="", max_length=500)
    party = schema.Choice(
        title=_("Who was told"),
        description=_("Left empty: whom the regulation names."),
        vocabulary="hopso.CallParties",
        required=False,
    )


class IPaper(Interface):
    """A document handed out on paper."""

    document = schema.TextLine(
        title=_("Document"),
        description=_("Its UID; of one that could not be uploaded in time for an urgent meeting its title."),
        max_length=500,
    )
    copies = schema.Int(title=_("Copies"), min=1, max=10000, default=1)
    reason = schema.TextLine(title=_("Reason"), max_length=500)


class IPeople(Interface):
    """Participants by key (``user:<id>`` or ``unit:<id>``)."""

    principals = schema.Tuple(
        title=_("Participants"), value_type=schema.Choice(vocabulary="hopso.Participants"), min_length=1
    )


class ICopy(Interface):
    """A copy at another time, and what it takes over besides the information about the meeting."""

    start = schema.Datetime(title=_("Start"))
    title = schema.TextLine(title=_("Name of the meeting"), required=False, default="", max_length=500)
    take_agenda = schema.Bool(title=_("Take over the agenda"), required=False, default=True)
    take_people = schema.Bool(title=_("Take over the participants"), required=False, default=True)
    take_places = schema.Bool(title=_("Take over rooms and sites"), required=False, default=True)

"""Parameters of the operations of calendars."""

from hopso import _
from zope import schema
from zope.interface import Interface


class ISubscribe(Interface):
    """Which calendar."""

    kind = schema.Choice(title=_("Calendar"), values=("mine", "room", "site", "unit"), default="mine")
    key = schema.TextLine(
        title=_("Calendar of"), required=False, default="", missing_value="", max_length=200
    )


class IUnsubscribe(Interface):
    """Which address."""

    id = schema.TextLine(title=_("Address"), max_length=40)

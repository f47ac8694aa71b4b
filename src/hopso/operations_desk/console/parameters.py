"""Parameters of what operators note and hosts ask of sites."""

from hopso import _
from zope import schema
from zope.interface import Interface


class INote(Interface):
    """A note of an operator during the meeting."""

    text = schema.Text(title=_("Note"), max_length=2000)
    parameter = schema.TextLine(
        title=_("Parameter set"),
        description=_("Layout, gain, bandwidth …; left empty for a plain note."),
        required=False,
        default="",
        max_length=100,
    )
    place = schema.TextLine(title=_("Site or room"), required=False, default="", max_length=100)


class ISiteTask(Interface):
    """What the host asks of its sites."""

    text = schema.Text(
        title=_("What the sites are to do"),
        description=_("Everybody who serves the meeting reads it: nothing of what the meeting is about."),
        max_length=2000,
    )
    places = schema.Tuple(
        title=_("Sites"),
        description=_("Left empty: all."),
        value_type=schema.TextLine(),
        required=False,
        default=(),
        missing_value=(),
    )


class ITaskOfPlace(Interface):
    """A task at a place."""

    task = schema.TextLine(title=_("Task"), max_length=60)
    place = schema.TextLine(title=_("Site or room"), max_length=100)

"""Rooms in which meetings are held, and devices with which people use the system."""

from hopso import _
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IRoom(model.Schema):
    """A meeting room of a unit."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    place = schema.TextLine(title=_("Place"), description=_("Building, floor."), required=False)
    capacity = schema.Int(title=_("Seats"), min=1, max=5000, default=20)
    equipment = schema.Text(title=_("Equipment"), required=False)
    features = schema.Tuple(
        title=_("Features"),
        value_type=schema.Choice(vocabulary="hopso.RoomFeatures"),
        required=False,
        default=(),
        missing_value=(),
    )
    standard_ok = schema.Bool(
        title=_("Meets the standard for online meetings"), default=False, required=False
    )
    standard_inspected_on = schema.Date(title=_("Inspected on"), required=False)
    active = schema.Bool(title=_("In use"), default=True, required=False)


@implementer(IRoom)
class Room(Item):
    """A meeting room."""


class IDevice(model.Schema):
    """A tablet, a terminal, a console; changed by operations only (``devices.py``)."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of device"), vocabulary="hopso.DeviceKinds", default="tablet")
    serial = schema.TextLine(title=_("Serial number"), max_length=100)
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    configuration = schema.Text(title=_("Configuration"), required=False)


@implementer(IDevice)
class Device(Item):
    """A device of a unit."""

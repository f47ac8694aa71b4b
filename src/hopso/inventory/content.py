"""Rooms in which meetings are held."""

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
    active = schema.Bool(title=_("In use"), default=True, required=False)


@implementer(IRoom)
class Room(Item):
    """A meeting room."""

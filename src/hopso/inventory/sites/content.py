"""A site: a place with its equipment and line, from which people take part in online meetings."""

from hopso import _
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class ISite(model.Schema):
    """A connected site of a unit (NA-2.1, NT-2.2, TQ-P2).

    ``room`` is the UID of the room it is attached to.
    """

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of site"), vocabulary="hopso.SiteKinds", default="end")
    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    active = schema.Bool(title=_("In use"), default=True, required=False)


@implementer(ISite)
class Site(Item):
    """A connected site."""

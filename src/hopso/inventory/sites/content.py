"""A site: a place with its equipment and line, from which people take part in online meetings.

Changed by operations only (``operations.py``).  Addresses and numbers of the
line are no fields: whoever may see a site does not see them (``network.py``).
"""

from hopso import _
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class ISite(model.Schema):
    """A connected site of a unit (NA-2.1, NT-2.2, TQ-P2).

    ``room`` is the UID of the room it is attached to; ``provider`` the id of the
    unit that keeps the line; ``capacity`` of the line in Mbit/s.
    """

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of site"), vocabulary="hopso.SiteKinds", default="end")
    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    active = schema.Bool(title=_("In use"), default=True, required=False)
    link_type = schema.Choice(title=_("Type of link"), vocabulary="hopso.LinkTypes", required=False)
    provider = schema.Choice(title=_("Provider of the line"), vocabulary="hopso.Units", required=False)
    capacity = schema.Int(title=_("Capacity (Mbit/s)"), required=False, min=1, max=1_000_000)


@implementer(ISite)
class Site(Item):
    """A connected site."""

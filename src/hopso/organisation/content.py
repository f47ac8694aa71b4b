"""Units: the tree of bodies that host meetings and send people to them."""

from hopso import _
from hopso.core.ids import IShortIdContainer
from plone.dexterity.content import Container
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


class IUnit(model.Schema):
    """A body of the province: party, state, council, provider or other."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    code = schema.TextLine(
        title=_("Code"),
        description=_("Short official code, as in the symbol of its documents: UBND, SNV, VP."),
        max_length=30,
    )
    unit_type = schema.Choice(title=_("Type of unit"), vocabulary="hopso.UnitTypes", default="department")
    sector = schema.Choice(title=_("Sector"), vocabulary="hopso.Sectors", default="state")
    level = schema.Choice(title=_("Level"), vocabulary="hopso.Levels", default="province")
    head = schema.Choice(title=_("Head of unit"), vocabulary="hopso.People", required=False)
    contact = schema.Text(title=_("Contact"), description=_("Address, telephone, e-mail."), required=False)
    valid_from = schema.Date(title=_("In existence from"), required=False)
    valid_to = schema.Date(title=_("In existence until"), required=False)
    predecessor = schema.TextLine(title=_("Predecessor (unit id)"), required=False)
    successor = schema.TextLine(title=_("Successor (unit id)"), required=False)


@implementer(IUnit, IShortIdContainer)
class Unit(Container):
    """A unit; its id is the ``<id>`` of the groups ``unit:<id>:<function>``."""


class ISection(model.Schema):
    """A plain folder of the floor plan: rooms of a unit, meetings of a year."""

    title = schema.TextLine(title=_("Title"))


@implementer(ISection, IShortIdContainer)
class Section(Container):
    """Holds things of one kind; has no page of its own for people to edit."""

"""Units: the tree of bodies that host meetings and send people to them."""

import re

from hopso import _
from hopso.core.ids import IShortIdContainer
from plone.dexterity.content import Container
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


def is_address(text) -> bool:
    """Tell that a text may be an e-mail address (empty is fine).  Raises BadAddress."""
    if text and not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", text):
        raise BadAddress(text)
    return True


class BadAddress(schema.ValidationError):
    __doc__ = _("This is not an e-mail address.")


class IUnit(model.Schema):
    """A body of the province: party, state, council, provider or other.

    ``valid_to`` is its last day, None while nobody thinks of closing it;
    ``predecessors`` and ``successors`` are unit ids: a merge has several of the
    former, a split several of the latter.
    """

    title = schema.TextLine(title=_("Name"), max_length=250)
    code = schema.TextLine(
        title=_("Code"),
        description=_("Short official code that no other unit has: SNV, STC, UBNDBS."),
        max_length=30,
    )
    unit_type = schema.Choice(title=_("Type of unit"), vocabulary="hopso.UnitTypes", default="department")
    sector = schema.Choice(title=_("Sector"), vocabulary="hopso.Sectors", default="state")
    level = schema.Choice(title=_("Level"), vocabulary="hopso.Levels", default="province")
    head = schema.Choice(title=_("Head of unit"), vocabulary="hopso.People", required=False)
    address = schema.TextLine(title=_("Address"), required=False, max_length=250)
    telephone = schema.TextLine(title=_("Telephone"), required=False, max_length=60)
    email = schema.TextLine(title=_("E-mail"), required=False, max_length=120, constraint=is_address)
    official_email = schema.TextLine(
        title=_("Official e-mail"),
        description=_("The unit's address in the mail system of the administration."),
        required=False,
        max_length=120,
        constraint=is_address,
    )
    contact = schema.Text(title=_("Other ways of contact"), required=False)
    valid_from = schema.Date(title=_("In existence from"), required=False)
    # The following are the business of reorganisations (``reorganise.py``), never of forms.
    valid_to = schema.Date(title=_("In existence until"), required=False, readonly=True)
    predecessors = schema.Tuple(
        title=_("Predecessors"),
        value_type=schema.TextLine(),
        required=False,
        readonly=True,
        default=(),
        missing_value=(),
    )
    successors = schema.Tuple(
        title=_("Successors"),
        value_type=schema.TextLine(),
        required=False,
        readonly=True,
        default=(),
        missing_value=(),
    )


@implementer(IUnit, IShortIdContainer)
class Unit(Container):
    """A unit; its id is the ``<id>`` of the groups ``unit:<id>:<function>``."""


class ISection(model.Schema):
    """A plain folder of the floor plan: rooms of a unit, meetings of a year."""

    title = schema.TextLine(title=_("Title"))


@implementer(ISection, IShortIdContainer)
class Section(Container):
    """Holds things of one kind; has no page of its own for people to edit."""

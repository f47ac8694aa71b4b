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
    active = schema.Bool(title=_("In use"), default=True, required=False)
    # Written by the operations of rooms: inspection (NA-2.1/2) and rules (TQ-P8/2).
    standard_ok = schema.Bool(
        title=_("Meets the standard for online meetings"), default=False, required=False, readonly=True
    )
    standard_inspected_on = schema.Date(title=_("Inspected on"), required=False, readonly=True)
    standard_valid_until = schema.Date(title=_("Inspection valid until"), required=False, readonly=True)
    rules_posted_on = schema.Date(title=_("Rules posted on"), required=False, readonly=True)


@implementer(IRoom)
class Room(Item):
    """A meeting room."""


class IDevice(model.Schema):
    """A tablet, a terminal, a console; changed by operations only (``devices/``).

    It stands in the books of the unit whose folder it is in; ``custodian`` (user id)
    and ``custodian_unit`` (unit id) look after it.  ``room`` and ``site`` are UIDs.
    ``due_on`` is the day by which it comes back from a loan or a repair.
    """

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of device"), vocabulary="hopso.DeviceKinds", default="tablet")
    serial = schema.TextLine(title=_("Serial number"), max_length=100)
    configuration = schema.Text(title=_("Configuration"), required=False)
    asset_number = schema.TextLine(title=_("Asset number"), required=False, default="")
    owned_by = schema.Choice(title=_("Owned by"), vocabulary="hopso.DeviceOwners", default="unit")
    owner_name = schema.TextLine(title=_("Name of the owner"), required=False, default="")
    funded_by = schema.TextLine(title=_("Funded by"), required=False, default="")
    acquired_on = schema.Date(title=_("Acquired on"), required=False)
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    custodian_unit = schema.TextLine(title=_("Unit that looks after it"), required=False, default="")
    condition = schema.Choice(title=_("Condition"), vocabulary="hopso.DeviceConditions", default="good")
    room = schema.TextLine(title=_("Room"), required=False)
    site = schema.TextLine(title=_("Site"), required=False)
    place = schema.TextLine(title=_("Place"), required=False, default="")
    for_loan = schema.Bool(title=_("Kept for lending"), required=False, default=False)
    borrower = schema.TextLine(title=_("Borrower"), required=False)
    due_on = schema.Date(title=_("Back on"), required=False)
    loan_meeting = schema.TextLine(title=_("Meeting"), required=False, default="")
    inspection_passed = schema.Bool(title=_("Security inspection passed"), required=False, default=False)
    inspected_on = schema.Date(title=_("Inspected on"), required=False)
    inspected_by = schema.TextLine(title=_("Inspecting body"), required=False, default="")
    inspection_document = schema.TextLine(title=_("Number of the document"), required=False, default="")


@implementer(IDevice)
class Device(Item):
    """A device of a unit."""

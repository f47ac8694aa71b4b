"""Parameters of the operations on devices."""

from hopso import _
from zope import schema
from zope.interface import Interface


LONG = 2000


class INewDevice(Interface):
    """A device that a unit gets."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of device"), vocabulary="hopso.DeviceKinds", default="tablet")
    serial = schema.TextLine(title=_("Serial number"), max_length=100)
    asset_number = schema.TextLine(title=_("Asset number"), required=False, default="", max_length=60)
    owned_by = schema.Choice(title=_("Owned by"), vocabulary="hopso.DeviceOwners", default="unit")
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    for_loan = schema.Bool(
        title=_("Kept for lending"),
        description=_("It is offered to those who have no device of their own for a meeting."),
        required=False,
        default=False,
    )
    configuration = schema.Text(
        title=_("Configuration"),
        description=_("Operating system, programs, settings, accessories."),
        required=False,
        default="",
        max_length=10_000,
    )


class IConfiguration(Interface):
    """What is to be different from now on, and why; what is left empty stays."""

    title = schema.TextLine(title=_("Name"), required=False, max_length=250)
    serial = schema.TextLine(title=_("Serial number"), required=False, max_length=100)
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    configuration = schema.Text(title=_("Configuration"), required=False, max_length=10_000)
    upgrade = schema.Bool(
        title=_("This is an upgrade of the hardware or its system"),
        description=_("Where devices are inspected for security, it has to be inspected again before use."),
        required=False,
        default=False,
    )
    reason = schema.TextLine(title=_("Reason for the change"), max_length=500)


class IWhy(Interface):
    """A reason that must be given."""

    reason = schema.TextLine(title=_("Reason"), max_length=500)


class IInspection(Interface):
    """Security inspection of a device by a competent body (HN-R/5)."""

    body = schema.TextLine(title=_("Inspecting body"), max_length=250)
    on = schema.Date(title=_("Inspected on"))
    passed = schema.Choice(title=_("Result"), vocabulary="hopso.InspectionResults", default="passed")
    document = schema.TextLine(title=_("Number of the document"), max_length=60)
    note = schema.Text(title=_("Remarks"), required=False, default="", max_length=LONG)


class IRepair(Interface):
    """A device that goes away to be repaired."""

    where = schema.TextLine(title=_("Repaired by"), max_length=250)
    fault = schema.Text(title=_("Fault"), max_length=LONG)
    due_on = schema.Date(title=_("Expected back on"), required=False)
    document = schema.TextLine(title=_("Number of the document"), required=False, default="", max_length=60)


class IRepaired(Interface):
    """A device that has come back."""

    done = schema.Text(title=_("What was done"), max_length=LONG)
    condition = schema.Choice(title=_("Condition"), vocabulary="hopso.DeviceConditions", default="good")


class ICondition(Interface):
    """In what condition a device is."""

    condition = schema.Choice(title=_("Condition"), vocabulary="hopso.DeviceConditions", default="good")
    note = schema.Text(title=_("Remarks"), required=False, default="", max_length=LONG)


class IAsset(Interface):
    """To whom a device belongs, by the law on public assets."""

    owned_by = schema.Choice(title=_("Owned by"), vocabulary="hopso.DeviceOwners", default="unit")
    owner_name = schema.TextLine(
        title=_("Name of the owner"),
        description=_("If it is not the unit itself."),
        required=False,
        default="",
        max_length=250,
    )
    asset_number = schema.TextLine(title=_("Asset number"), required=False, default="", max_length=60)
    funded_by = schema.TextLine(title=_("Funded by"), required=False, default="", max_length=250)
    acquired_on = schema.Date(title=_("Acquired on"), required=False)
    for_loan = schema.Bool(title=_("Kept for lending"), required=False, default=False)


class IHandover(Interface):
    """The record of a handing over."""

    to_unit = schema.Choice(title=_("Receiving unit"), vocabulary="hopso.Units")
    to_person = schema.Choice(title=_("Receiving person"), vocabulary="hopso.People")
    on = schema.Date(title=_("Handed over on"))
    document = schema.TextLine(title=_("Number of the record"), max_length=60)
    condition = schema.Choice(title=_("Condition"), vocabulary="hopso.DeviceConditions", default="good")
    accessories = schema.Text(title=_("Accessories"), required=False, default="", max_length=LONG)


class IAuthorised(Interface):
    """Who allowed it, and for what (NA-3.4, NT-6.1)."""

    purpose = schema.TextLine(title=_("Purpose"), max_length=500)
    within_function = schema.Bool(
        title=_("It is used for meetings on the system"),
        description=_("Other work with these devices is forbidden."),
        required=False,
        default=False,
    )
    authorised_by = schema.Choice(
        title=_("Allowed by"),
        description=_("A leader or an administrator of the unit that has the device."),
        vocabulary="hopso.People",
    )
    document = schema.TextLine(title=_("Number of the document"), max_length=60)


class IMove(IAuthorised):
    """Where a device is to stand."""

    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    site = schema.Choice(title=_("Site"), vocabulary="hopso.Sites", required=False)
    place = schema.TextLine(title=_("Place"), required=False, default="", max_length=250)


class ILoan(IAuthorised):
    """To whom a device is lent until when."""

    borrower = schema.Choice(title=_("Borrower"), vocabulary="hopso.People")
    until = schema.Date(title=_("To be given back on"))
    meeting = schema.TextLine(title=_("Meeting"), required=False, default="", max_length=100)


class IReturn(Interface):
    """In what condition a device came back."""

    condition = schema.Choice(title=_("Condition"), vocabulary="hopso.DeviceConditions", default="good")
    note = schema.Text(title=_("Remarks"), required=False, default="", max_length=LONG)

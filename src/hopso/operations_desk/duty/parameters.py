"""Parameters of the operations on duty and on the work of sites."""

from hopso import _
from zope import schema
from zope.interface import Interface


class IAssignment(Interface):
    """Somebody on duty at a place: a person of the system, or one with name and telephone number."""

    place = schema.TextLine(title=_("Site or room"), max_length=100)
    role = schema.Choice(title=_("Role on duty"), vocabulary="hopso.DutyRoles", default="technician")
    person = schema.Choice(title=_("Person"), vocabulary="hopso.People", required=False)
    name = schema.TextLine(
        title=_("Name"),
        description=_("For people without an account, of the provider for instance."),
        required=False,
        default="",
        max_length=250,
    )
    phone = schema.TextLine(title=_("Telephone number"), required=False, default="", max_length=60)
    begins = schema.Datetime(title=_("From"), description=_("Left empty: the whole meeting."), required=False)
    ends = schema.Datetime(title=_("Until"), required=False)


class IDutyId(Interface):
    """One duty of the meeting."""

    duty = schema.TextLine(title=_("Duty"), max_length=60)


class IEndOfDuty(IDutyId):
    """Why somebody is not on duty after all."""

    reason = schema.Text(title=_("Reason"), max_length=1000)


class ISwap(IEndOfDuty):
    """Who takes the place of somebody."""

    person = schema.Choice(title=_("Person"), vocabulary="hopso.People", required=False)
    name = schema.TextLine(title=_("Name"), required=False, default="", max_length=250)
    phone = schema.TextLine(title=_("Telephone number"), required=False, default="", max_length=60)

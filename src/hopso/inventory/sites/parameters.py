"""Parameters of the operations of sites."""

from hopso import _
from zope import schema
from zope.interface import Interface


REASON = 500


class ISiteFacts(Interface):
    """What a site is."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of site"), vocabulary="hopso.SiteKinds", default="end")
    room = schema.Choice(
        title=_("Room"),
        description=_("The room to which the site is attached."),
        vocabulary="hopso.Rooms",
        required=False,
    )


class ISiteChange(Interface):
    """What a site is from now on; what is left empty stays."""

    title = schema.TextLine(title=_("Name"), required=False, max_length=250)
    kind = schema.Choice(title=_("Kind of site"), vocabulary="hopso.SiteKinds", required=False)
    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    reason = schema.TextLine(title=_("Reason for the change"), max_length=REASON)


class IWhy(Interface):
    """A reason that must be given."""

    reason = schema.TextLine(title=_("Reason"), max_length=REASON)


class ILine(Interface):
    """The line of a site and its network parameters; what is left empty is none."""

    link_type = schema.Choice(title=_("Type of link"), vocabulary="hopso.LinkTypes", default="fibre")
    provider = schema.Choice(
        title=_("Provider of the line"), vocabulary="hopso.LineProviders", required=False
    )
    capacity = schema.Int(title=_("Capacity (Mbit/s)"), required=False, min=1, max=1_000_000)
    ipv4 = schema.TextLine(
        title=_("IPv4 address and mask"), description=_("As 10.20.1.10/24."), required=False, max_length=40
    )
    ipv4_gateway = schema.TextLine(title=_("IPv4 gateway"), required=False, max_length=40)
    ipv6 = schema.TextLine(
        title=_("IPv6 address and prefix"),
        description=_("As 2001:db8:20::10/64."),
        required=False,
        max_length=60,
    )
    ipv6_gateway = schema.TextLine(title=_("IPv6 gateway"), required=False, max_length=60)
    vc_number = schema.TextLine(
        title=_("Video conference number"),
        description=_("Digits, or an address as phonghop@example.vn."),
        required=False,
        max_length=100,
    )
    reason = schema.TextLine(title=_("Reason for the change"), max_length=REASON)


class IAppointment(Interface):
    """Somebody looks after the site from a day on."""

    user = schema.Choice(title=_("Person"), vocabulary="hopso.People")
    role = schema.Choice(title=_("Role"), vocabulary="hopso.StaffRoles", default="technician")
    since = schema.Date(title=_("From day"), description=_("Left empty: today."), required=False)
    phone = schema.TextLine(
        title=_("Telephone"), description=_("Left empty: that of the account."), required=False, max_length=40
    )
    email = schema.TextLine(
        title=_("E-mail"), description=_("Left empty: that of the account."), required=False, max_length=120
    )
    replaces = schema.TextLine(title=_("In place of"), required=False, default="", max_length=80)


class ILeave(Interface):
    """Somebody does not look after the site any more."""

    record = schema.TextLine(title=_("Person"), max_length=80)
    until = schema.Date(
        title=_("Not any more from"), description=_("Left empty: from today on."), required=False
    )
    reason = schema.TextLine(title=_("Reason"), max_length=REASON)


class IContactOfStaff(Interface):
    """How somebody who looks after the site is reached."""

    record = schema.TextLine(title=_("Person"), max_length=80)
    phone = schema.TextLine(title=_("Telephone"), required=False, default="", max_length=40)
    email = schema.TextLine(title=_("E-mail"), required=False, default="", max_length=120)

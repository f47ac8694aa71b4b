"""What other rooms may know of the organisation."""

from zope.interface import Interface


class IProvince(Interface):
    """Marks the folder /don-vi that holds the tree of units."""


# A person's functions in a unit; groups are called unit:<id>:<function>.
FUNCTIONS = ("admins", "coordinators", "leaders", "secretaries", "archivists", "technicians", "members")

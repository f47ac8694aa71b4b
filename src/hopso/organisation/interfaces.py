"""What other rooms may know of the organisation."""

from hopso import _
from zope.interface import Interface


class IProvince(Interface):
    """Marks the folder /don-vi that holds the tree of units."""


# A person's functions in a unit, in the order of their weight; groups are called unit:<id>:<function>.
FUNCTION_TITLES = {
    "provincial_chairs": _("Chair of the provincial committee"),
    "leaders": _("Leader"),
    "admins": _("Unit administrator"),
    "coordinators": _("Coordinator"),
    "secretaries": _("Secretary"),
    "registrars": _("Registrar of meetings"),
    "archivists": _("Archivist"),
    "technicians": _("Technician"),
    "providers": _("Provider"),
    "members": _("Member of staff"),
}
FUNCTIONS = tuple(FUNCTION_TITLES)

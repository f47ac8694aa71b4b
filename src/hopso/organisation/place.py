"""Where things stand in the site: /don-vi/<unit>/hop/<year>/<meeting>."""

from hopso.organisation.content import IUnit
from hopso.organisation.interfaces import IProvince
from hopso.security import matrix
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.interface import alsoProvides


UNITS = "don-vi"
MEETINGS = "hop"
ROOMS = "phong-hop"
# Who of a successor keeps the old meetings of a closed unit.
SUCCESSOR_FUNCTIONS = ("admins", "archivists")
DEVICES = "thiet-bi"
SITES = "diem-cau"


def ensure_section(container, name: str, title: str):
    """Return the section *name* of *container*, made if it is missing."""
    if name not in container:
        section = createContent("Section", id=name, title=title)
        addContentToContainer(container, section, checkConstraints=False)
    return container[name]


def ensure_places(portal) -> None:
    """Make /don-vi."""
    alsoProvides(ensure_section(portal, UNITS, "Đơn vị"), IProvince)


def province():
    """Return the folder of all units."""
    return api.portal.get()[UNITS]


def unit_of(context):
    """Return the innermost unit around *context* (itself included), None outside of units."""
    while context is not None:
        if IUnit.providedBy(context):
            return context
        context = getattr(context, "__parent__", None)
    return None


def meeting_folder(unit, year: int):
    """Return the folder for meetings of a year, made if it is missing."""
    meetings = ensure_section(unit, MEETINGS, "Cuộc họp")
    return ensure_section(meetings, str(year), f"Cuộc họp năm {year}")


def room_folder(unit):
    """Return the folder of a unit's rooms, made if it is missing."""
    return ensure_section(unit, ROOMS, "Phòng họp")


def site_folder(unit):
    """Return the folder of a unit's sites, made if it is missing."""
    return ensure_section(unit, SITES, "Điểm cầu")


def device_folder(unit):
    """Return the folder of a unit's devices, made if it is missing."""
    return ensure_section(unit, DEVICES, "Thiết bị")


def give_unit_roles(unit) -> None:
    """State the local roles on a unit anew; nothing is taken over from the units above.

    Only the functions in INHERITED_FUNCTIONS reach down, and they are stated
    here one by one, so that a unit's data is closed to others by place.  At a
    closed unit the archivists and administrators of its successors have their
    roles as well: somebody must be able to find and issue its old meetings.
    """
    from hopso.organisation.tree import is_closed

    unit.__ac_local_roles_block__ = True
    # Whoever made the unit must not own what others will put into it.
    former = [
        holder
        for holder, roles in unit.get_local_roles()
        if holder.startswith("unit:") or matrix.OWNER in roles
    ]
    unit.manage_delLocalRoles(former)
    for function, roles in matrix.UNIT_FUNCTION_ROLES.items():
        unit.manage_setLocalRoles(f"unit:{unit.getId()}:{function}", list(roles))
    _reach_down(unit, unit)
    if is_closed(unit):
        for successor in successors_of(unit):
            for function in SUCCESSOR_FUNCTIONS:
                unit.manage_setLocalRoles(
                    f"unit:{successor.getId()}:{function}", list(matrix.UNIT_FUNCTION_ROLES[function])
                )
            _reach_down(successor, unit)


def _reach_down(lower, unit) -> None:
    """Give those who look after the units above *lower* their roles at *unit*."""
    above = unit_of(lower.__parent__)
    while above is not None:
        for function in matrix.INHERITED_FUNCTIONS:
            unit.manage_setLocalRoles(
                f"unit:{above.getId()}:{function}", list(matrix.UNIT_FUNCTION_ROLES[function])
            )
        above = unit_of(above.__parent__)


def successors_of(unit) -> list:
    """Return the units that came after a closed one, also those that came after these."""
    from hopso.organisation.tree import find_unit

    found, todo, seen = [], list(unit.successors or ()), {unit.getId()}
    while todo:
        unit_id = todo.pop(0)
        one = find_unit(unit_id) if unit_id not in seen else None
        seen.add(unit_id)
        if one is not None:
            found.append(one)
            todo.extend(one.successors or ())
    return found


def give_meeting_roles(meeting) -> None:
    """State the local roles of the groups of a meeting, once and for all."""
    from plone.uuid.interfaces import IUUID

    uid = IUUID(meeting)
    for part, roles in matrix.MEETING_PART_ROLES.items():
        meeting.manage_setLocalRoles(f"meeting:{uid}:{part}", list(roles))

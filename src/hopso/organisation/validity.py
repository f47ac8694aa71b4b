"""What must be true of every unit, on whatever path it was made or changed."""

from hopso import _
from hopso.core import errors
from hopso.organisation.tree import all_units
from hopso.organisation.tree import is_closed


def check_unit(unit) -> None:
    """Raise Invalid unless code and days of *unit* are in order and its parent exists.

    The code is compared with those of all units that are not closed; closed ones
    keep theirs for history.
    """
    wrong = {}
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        wrong["valid_from"] = _("A unit cannot end before it begins.")
    if not is_closed(unit):
        code = (unit.code or "").casefold()
        others = [one for one in all_units().values() if one.id != unit.getId() and not one.closed()]
        twin = next((one for one in others if code and one.code.casefold() == code), None)
        if twin is not None:
            wrong["code"] = _("“${title}” has this code.", mapping={"title": twin.title})
        parent = unit.__parent__
        if parent is not None and getattr(parent, "portal_type", "") == "Unit" and is_closed(parent):
            wrong["title"] = _("The unit above is closed.")
    if wrong:
        raise errors.Invalid(_("Please check what you entered."), errors=wrong)

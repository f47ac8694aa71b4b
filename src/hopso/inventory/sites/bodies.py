"""The people of the bodies that run the system and the lines."""

from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.policy.bodies import operator_unit as operator_unit
from hopso.policy.bodies import provider_unit as provider_unit


OPERATING = ("technicians", "admins")
SUPPLYING = ("providers", "technicians", "admins")
# Who coordinates meetings or keeps them going reads the list of technical officers (TQ-P7/2).
READING = (*SUPPLYING, "registrars", "coordinators", "leaders")


def is_operator(user_id: str) -> bool:
    """Tell whether a person is a technician or an administrator of the unit that runs the system."""
    mine = {one.unit for one in functions_of(user_id) if one.function in OPERATING} if user_id else set()
    if not mine:
        return False
    unit = operator_unit()
    return unit is not None and unit.getId() in mine


def people_with(unit_id: str, *functions: str) -> list[str]:
    """Return the user ids of those who hold one of *functions* in the unit itself."""
    return sorted({user_id for user_id, _one in assignment_store().of_unit(unit_id or "", *functions)})


def reads_directory(user_id: str) -> bool:
    """Tell whether a person may read who looks after the sites, and how to reach them."""
    return bool(user_id) and any(one.function in READING for one in functions_of(user_id))

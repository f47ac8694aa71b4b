"""Which unit of the tree is the body that a regulation speaks of; rules name bodies, never units.

A regulation says “the provincial office” or “the department of information
technology”.  Which unit that is today the administrator states in the key
``bodies`` (names have changed since every one of the regulations).
"""

from hopso.organisation.vocabularies import unit_brains
from hopso.policy.api import current_policy


PROVINCIAL_OFFICE, TECH_DEPARTMENT, PROVIDER = "provincial_office", "tech_department", "service_provider"


def find_unit(wanted: str):
    """Return the unit with this id or name, whatever the user may see; None if there is none."""
    for brain in unit_brains() if wanted else ():
        if wanted in (brain.getId, brain.Title):
            return brain._unrestrictedGetObject()
    return None


def unit_of(body: str, policy=None):
    """Return the unit that is *body* (section 10 of the catalogue) here, None if nobody said so.

    Without a word in ``bodies`` the provincial office is the only office
    directly below a unit at the top of the tree, if there is just one.
    """
    policy = policy or current_policy()
    if wanted := policy.unit_of_body(body):
        return find_unit(wanted)
    return _only_office() if body == PROVINCIAL_OFFICE else None


def operator_unit(policy=None):
    """Return the unit that runs the system: named itself, or the body ``operator_role`` (TQ-P5/1, HN-5.8)."""
    policy = policy or current_policy()
    if policy.operator_unit.strip():
        return find_unit(policy.operator_unit.strip())
    return unit_of(policy.operator_role, policy)


def provider_unit(policy=None):
    """Return the unit of the provider of lines and power, None if the policy names none."""
    policy = policy or current_policy()
    if policy.provider_unit.strip():
        return find_unit(policy.provider_unit.strip())
    return unit_of(policy.provider_role, policy) if policy.provider_role else None


def registrar_unit(policy=None):
    """Return the unit that receives registrations; None: each host unit itself, or nobody is named."""
    policy = policy or current_policy()
    return unit_of(policy.registrar_body, policy) if policy.registrar_body else None


def _only_office():
    from hopso.organisation.place import province

    offices = [
        unit
        for top in province().objectValues()
        for unit in top.objectValues()
        if getattr(unit, "unit_type", "") == "office"
    ]
    return offices[0] if len(offices) == 1 else None

"""Names of many people, units and rooms in one go, for lists."""

from hopso.organisation.vocabularies import person_name
from hopso.organisation.vocabularies import stored_names
from plone import api


def person_names(user_ids) -> dict[str, str]:
    """Return user id -> full name; the id itself for accounts that are gone.

    Only people whom Plone's own stores do not know are asked for one by one.
    """
    wanted = {user_id for user_id in user_ids if user_id}
    found = stored_names(wanted)
    for user_id in wanted - set(found):
        found[user_id] = person_name(user_id) or user_id
    return found


def unit_names(unit_ids) -> dict[str, str]:
    """Return unit id -> name; units that do not exist any more are missing."""
    wanted = sorted({unit_id for unit_id in unit_ids if unit_id})
    if not wanted:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Unit", getId=wanted)
    return {brain.getId: brain.Title for brain in found}


def room_names(uids) -> dict[str, str]:
    """Return room UID -> name; rooms that do not exist any more are missing."""
    wanted = [uid for uid in uids or () if uid]
    if not wanted:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Room", UID=wanted)
    return {brain.UID: brain.Title for brain in found}


def participant_names(principals) -> dict[str, str]:
    """Return participant key (``user:<id>``, ``unit:<id>``) -> name, each key answered."""
    keys = [principal.partition(":") for principal in principals]
    people = person_names(value for sort, _colon, value in keys if sort == "user")
    units = unit_names(value for sort, _colon, value in keys if sort == "unit")
    names = {"user": people, "unit": units}
    return {f"{sort}:{value}": names.get(sort, {}).get(value, value) for sort, _colon, value in keys}

"""Where the things of the desk stand: /don-vi/<unit>/su-co/<year>/<incident>."""

from contextlib import contextmanager

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from hopso.accounts.records import account_of
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import units_of
from hopso.organisation.place import ensure_section
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import unit_brains
from hopso.policy import bodies
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent


# portal type -> id and title of the folder in the unit
FOLDERS = {
    "Incident": ("su-co", "Sự cố"),
    "Feedback": ("phan-anh", "Phản ánh, kiến nghị"),
    "Violation": ("vi-pham", "Vi phạm"),
    "DataRequest": ("du-lieu-ca-nhan", "Yêu cầu về dữ liệu cá nhân"),
}


@contextmanager
def _as_the_house():
    kept = getSecurityManager()
    newSecurityManager(None, system)
    try:
        yield
    finally:
        setSecurityManager(kept)


def desk_folder(unit, portal_type: str, year: int):
    """Return the folder of a year, made if it is missing.

    It belongs to the house: whoever reports first must not own what others report later.
    """
    name, title = FOLDERS[portal_type]
    with _as_the_house():
        return ensure_section(ensure_section(unit, name, title), str(year), f"{title} {year}")


def put(unit, portal_type: str, **fields):
    """Make a thing of the desk in *unit*, owned by the present user, and return it."""
    folder = desk_folder(unit, portal_type, local(now()).year)
    content = createContent(portal_type, **fields)
    return addContentToContainer(folder, content, checkConstraints=False)


def find_unit(unit_id: str):
    """Return a unit by its id, whatever the user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Unit", getId=unit_id) if unit_id else ()
    return found[0]._unrestrictedGetObject() if found else None


def home_unit_of(user_id: str):
    """Return the unit that keeps a person's account, else the first she has a function in, else None."""
    account = account_of(user_id)
    ids = [account.unit] if account is not None and account.unit else []
    return next((unit for unit in map(find_unit, [*ids, *units_of(user_id)]) if unit is not None), None)


def operator_unit():
    """Return the unit that runs the system by the policy in force, None if nobody is named (BD-11.2/1)."""
    return bodies.operator_unit()


def people_of(unit, *functions: str) -> list[str]:
    """Return the user ids of those who hold one of *functions* in *unit*, else in the nearest unit above."""
    store = assignment_store()
    while unit is not None:
        if found := sorted({user_id for user_id, _one in store.of_unit(unit.getId(), *functions)}):
            return found
        unit = unit_of(unit.__parent__)
    return []


def ids_within(unit) -> set[str]:
    """Return the ids of *unit* and of all units below it."""
    path = "/".join(unit.getPhysicalPath())
    return {
        brain.getId
        for brain in unit_brains()
        if brain.getPath() == path or brain.getPath().startswith(f"{path}/")
    }

"""What people are told whom the directory knows and who have no account here (BD-4.3)."""

from hopso import _
from hopso.accounts.directory.person import Person
from hopso.archive.normalise import fold
from hopso.organisation.assignments import assignment_store
from hopso.organisation.names import person_names
from plone import api


MOST_NAMED = 3


def no_account(help: str):
    """Return the message; *help*: names of those who issue accounts, "" if nobody is known."""
    if not help:
        return _(
            "You have no account here yet."
            " Accounts are issued by the administrator of your unit: please ask there."
        )
    return _(
        "You have no account here yet. Accounts are issued by the administrator of your unit: please ask ${who}.",
        mapping={"who": help},
    )


def whom_to_ask(person: Person) -> str:
    """Return the names of the administrators of the unit that the directory names, "" if it names none of ours."""
    unit = unit_named(person.department)
    if not unit:
        return ""
    users = list(dict.fromkeys(user_id for user_id, _one in assignment_store().of_unit(unit, "admins")))
    names = person_names(users[:MOST_NAMED])
    return ", ".join(names[user_id] for user_id in users[:MOST_NAMED])


def unit_named(title: str) -> str:
    """Return the id of the one unit with this title, "" if there is none or more than one."""
    wanted = fold(title).split()
    if not wanted:
        return ""
    catalog = api.portal.get_tool("portal_catalog")
    # The stranger may see nothing; the name of the own unit is no secret to her.
    brains = catalog.unrestrictedSearchResults(portal_type="Unit")
    found = [brain.getId for brain in brains if fold(brain.Title).split() == wanted]
    return found[0] if len(found) == 1 else ""

"""Names, addresses and telephones from the directory; never groups, roles or functions."""

import logging

from hopso.accounts.directory import door
from hopso.accounts.directory import links
from hopso.accounts.directory.interfaces import BY_LOGIN
from hopso.accounts.directory.interfaces import IPasswordDirectory
from hopso.accounts.directory.person import Person
from hopso.accounts.directory.person import Unreachable
from hopso.accounts.identities import identities
from hopso.accounts.identities import properties_of
from hopso.accounts.records import account_of
from hopso.audit.log import record
from plone import api
from zope.component import queryUtility


log = logging.getLogger("hopso.directory")
LONGEST = {"fullname": 150, "email": 200, "phone": 40}


def arrived(person: Person, user_id: str) -> None:
    """The person has come in: keep the link, and take over what changed if that is wanted."""
    links.link(person, user_id)
    if door.settings().take_over:
        take_over(person, user_id)


def changes_of(person: Person, user_id: str) -> dict[str, str]:
    """Return the values of the directory that differ from ours; what it does not tell stays as it is."""
    account, kept = account_of(user_id), properties_of(user_id)
    ours = {"fullname": kept.get("fullname", ""), "email": kept.get("email", ""), "phone": account.phone}
    told = {"fullname": person.fullname, "phone": person.phone}
    # An address by which people are matched is the unit administrator's to change.
    if door.settings().match == BY_LOGIN and identities().holder(person.email) in ("", user_id):
        told["email"] = person.email
    return {
        name: value.strip()
        for name, value in told.items()
        if value.strip()
        and value.strip() != ours[name]
        and len(value) <= LONGEST[name]
        and value.isprintable()
    }


def take_over(person: Person, user_id: str) -> dict[str, str]:
    """Change the account after the directory; return what was changed."""
    changes = changes_of(person, user_id)
    if not changes:
        return {}
    if "phone" in changes:
        account_of(user_id).phone = changes["phone"]
    properties = {name: value for name, value in changes.items() if name != "phone"}
    if properties:
        api.user.get(userid=user_id).setMemberProperties(properties)
    record("directory.take_over", subject=user_id, details={"fields": sorted(changes)})
    return changes


def take_over_all() -> int:
    """Ask the directory about everybody who is linked to it; return how many accounts changed."""
    directory, chosen = queryUtility(IPasswordDirectory), door.settings()
    if directory is None or not (chosen.ldap_on and chosen.take_over):
        return 0
    changed = 0
    for key, user_id in links.links().items("ldap:", "ldap;"):
        try:
            person = directory.find(key.removeprefix("ldap:"))
        except Unreachable as error:
            log.error("the directory does not answer: %s", error)
            break
        if person is not None and account_of(user_id) is not None:
            changed += bool(take_over(person, user_id))
    return changed

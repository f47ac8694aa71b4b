"""Vocabularies of units, people and participants.

People and units are many, so these vocabularies test membership without
listing; iteration is for forms of administrators and for the API.
"""

from hopso import _
from hopso.core.text import collation_key
from hopso.core.text import name_key
from plone import api
from zope.interface import implementer
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.interfaces import IVocabularyTokenized
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def simple(*pairs):
    """Return a vocabulary factory of (value, title) pairs."""

    @provider(IVocabularyFactory)
    def factory(context):
        return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in pairs])

    return factory


UnitTypes = simple(
    ("committee", _("People's Committee")),
    ("council", _("People's Council")),
    ("office", _("Office")),
    ("department", _("Department")),
    ("division", _("Division")),
    ("commune", _("Commune")),
    ("ward", _("Ward")),
    ("special_zone", _("Special zone")),
    ("centre", _("Centre")),
    ("other", _("Other")),
)
Sectors = simple(
    ("party", _("Party body")),
    ("state", _("State body")),
    ("council", _("Council body")),
    ("provider", _("Service provider")),
    ("other", _("Other")),
)
Levels = simple(
    ("province", _("Province")),
    ("commune", _("Commune level")),
    ("unit", _("Inside a unit")),
    ("district", _("District level (until 2025)")),
)


@implementer(IVocabularyTokenized)
class LookUp:
    """A vocabulary that looks values up one by one and lists them only when asked."""

    def __init__(self, title_of, listing):
        self.title_of = title_of
        self.listing = listing

    def __contains__(self, value):
        return isinstance(value, str) and self.title_of(value) is not None

    def getTerm(self, value):
        title = self.title_of(value)
        if title is None:
            raise LookupError(value)
        return SimpleTerm(value, value, title)

    getTermByToken = getTerm

    def __iter__(self):
        return iter([SimpleTerm(value, value, title) for value, title in self.listing()])

    def __len__(self):
        return len(self.listing())


def stored_names(user_ids) -> dict[str, str]:
    """Return user id -> full name of the accounts that Plone keeps in the database.

    Reads one entry a person; a user object, with roles and groups, costs far more.
    """
    folder = api.portal.get_tool("acl_users")
    sheets, known = folder.mutable_properties._storage, folder.source_users._userid_to_login
    found = {}
    for user_id in user_ids:
        if user_id in known:
            found[user_id] = (sheets.get(user_id) or {}).get("fullname") or user_id
    return found


def person_name(user_id: str) -> str | None:
    """Return the full name of a person, None if there is no such account."""
    name = stored_names([user_id]).get(user_id)
    if name is not None:
        return name
    user = api.user.get(userid=user_id)
    return None if user is None else (user.getProperty("fullname") or user_id)


def unit_brains():
    """Return the catalog's records of all units, whatever the current user may see."""
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(portal_type="Unit")


def unit_title(unit_id: str) -> str | None:
    """Return the name of a unit by its id, None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Unit", getId=unit_id)
    return found[0].Title if found else None


def living_units() -> list[tuple[str, str]]:
    """Return (id, name) of the units that are not closed, by name."""
    from hopso.organisation.tree import all_units

    living = [(one.id, one.title) for one in all_units().values() if not one.closed()]
    return sorted(living, key=lambda one: collation_key(one[1]))


def _all_people():
    people = [(u.getId(), u.getProperty("fullname") or u.getId()) for u in api.user.get_users()]
    return sorted(people, key=lambda one: name_key(one[1]))


def participant_title(key: str) -> str | None:
    """Return the name behind ``user:<id>`` or ``unit:<id>``."""
    sort, _colon, value = key.partition(":")
    return {"user": person_name, "unit": unit_title}.get(sort, lambda value: None)(value)


def _all_participants():
    return [(f"unit:{v}", t) for v, t in living_units()] + [(f"user:{v}", t) for v, t in _all_people()]


@provider(IVocabularyFactory)
def Units(context):
    """Units by id."""
    return LookUp(unit_title, living_units)


@provider(IVocabularyFactory)
def People(context):
    """People by user id."""
    return LookUp(person_name, _all_people)


@provider(IVocabularyFactory)
def Participants(context):
    """People and units by participant key."""
    return LookUp(participant_title, _all_participants)

"""Vocabulary of rooms, by UID."""

from hopso.core.text import collation_key
from hopso.organisation.vocabularies import LookUp
from plone import api
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory


def room_title(uid: str) -> str | None:
    """Return the name of a room by its UID, None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Room", UID=uid)
    return found[0].Title if found else None


def _all_rooms():
    catalog = api.portal.get_tool("portal_catalog")
    rooms = [(b.UID, b.Title) for b in catalog.unrestrictedSearchResults(portal_type="Room")]
    return sorted(rooms, key=lambda one: collation_key(one[1]))


@provider(IVocabularyFactory)
def Rooms(context):
    """Rooms by UID."""
    return LookUp(room_title, _all_rooms)

"""Addresses of static files, which browsers may keep for long.

The digest of a room's whole folder is a part of the folder's name:
``…/++hopso++theme-0a1b2c3d4e/hopso.js``.  Modules that a script imports by a
relative name get the same digest that way, and a new release is a new address
for all of them.
"""

from functools import lru_cache
import hashlib
from pathlib import Path

from plone import api
from zope.component import queryAdapter
from zope.interface import alsoProvides
from zope.interface import Interface
from zope.location.interfaces import LocationError
from zope.traversing.namespace import SimpleHandler


HOUSE = Path(__file__).parent.parent


class IForEver(Interface):
    """Marks a request for a static file whose address changes with its content."""


@lru_cache
def digest(room: str) -> str:
    """Return a short digest of all static files of a room (a folder's name, ``inventory.sites`` for one inside)."""
    found = hashlib.sha256()
    for path in sorted((HOUSE / room.replace(".", "/") / "static").rglob("*")):
        if path.is_file():
            found.update(f"{path.name}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:10]


def address(room: str, name: str) -> str:
    """Return the address of the static file *name* of a room."""
    return f"{api.portal.get().absolute_url()}/++hopso++{room}-{digest(room)}/{name}"


class VersionedFolder(SimpleHandler):
    """``++hopso++<room>-<digest>``: the folder of static files that the room has registered."""

    def __init__(self, context, request):
        self.context = context
        self.request = request

    def traverse(self, name: str, remaining):
        """Return the resource directory.  Raises LocationError if there is none."""
        room, _dash, wanted = name.rpartition("-")
        folder = queryAdapter(self.request, name=f"hopso.{room}")
        if folder is None:
            raise LocationError(self.context, name)
        folder.__parent__ = self.context
        folder.__name__ = f"++hopso++{name}"
        # An old page may ask for what is here no longer: it gets the new file, for a day.
        if wanted == digest(room):
            alsoProvides(self.request, IForEver)
        return folder

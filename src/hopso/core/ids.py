"""Short random ids for content; titles are for people."""

import secrets

from Acquisition import aq_base
from plone.app.content.namechooser import NormalizingNameChooser
from zope.component import adapter
from zope.container.interfaces import INameChooser
from zope.interface import implementer
from zope.interface import Interface


# Neither vowels (no words by chance) nor letters that look like digits.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 7


class IShortIdContainer(Interface):
    """A folder whose children get short random ids."""


def short_id(length: int = LENGTH) -> str:
    """Return a random id of *length* characters, about 4.75 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


@implementer(INameChooser)
@adapter(IShortIdContainer)
class ShortIdChooser(NormalizingNameChooser):
    """Chooses a free short id, unless the caller insists on a name."""

    def chooseName(self, name, obj):
        if name:
            return super().chooseName(name, obj)
        base = aq_base(self.context)
        while True:
            candidate = short_id()
            if candidate not in base:
                return candidate

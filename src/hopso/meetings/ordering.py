"""The order of an agenda: one list, and nothing else.

plone.folder keeps a tree of positions beside the list.  Moving one item of
250 then rewrites every bucket in between; with the list alone a move writes
one object.
"""

from hopso.meetings.content import IMeeting
from plone.folder.default import DefaultOrdering
from plone.folder.interfaces import IExplicitOrdering
from zope.component import adapter
from zope.interface import implementer


@implementer(IExplicitOrdering)
@adapter(IMeeting)
class AgendaOrdering(DefaultOrdering):
    """Order of what is in a meeting, kept as one list of ids."""

    def _pos(self, create=False):
        """Return the positions as a passing dict: the base class may write into it in vain."""
        return {name: place for place, name in enumerate(self._order())}

    def getObjectPosition(self, obj_id):
        """See plone.folder.interfaces."""
        try:
            return self._order().index(obj_id)
        except ValueError:
            raise ValueError(f"No object with id {obj_id!r} exists.") from None

    def arrange(self, wanted) -> bool:
        """Put the ids *wanted* into this order among themselves; others keep their places.

        Returns whether anything changed.  No event: what is in the catalog
        does not depend on the order.
        """
        order = self._order(True)
        moving, names = set(wanted), iter(wanted)
        arranged = [next(names) if name in moving else name for name in order]
        if arranged == list(order):
            return False
        order[:] = arranged
        return True

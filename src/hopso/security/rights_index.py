"""What the catalog may show to whom, without a list of thousands of groups in each query.

Plone asks the index ``allowedRolesAndUsers`` for the roles of a person, the
person's id and the person's groups.  The groups of meetings are none of the
user's own (see ``organisation/groups.py``): this index adds them by itself, from
the participation records, for whoever is asked for.

Nothing outlives a change: results are kept for the request only, under a key
that names every meeting.
"""

from functools import lru_cache
from itertools import chain

from Acquisition import aq_base
from BTrees.IIBTree import IITreeSet
from hopso.organisation.groups import meeting_groups
from hopso.organisation.groups import part_finder
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from zope.component.hooks import getSite


NAME = "allowedRolesAndUsers"
USER = "user:"
MEETING = "user:meeting:"
# Up to so many things are looked at one by one; for more, all meetings of a person are put together.
FEW = 1000


class RightsIndex(KeywordIndex):
    """Plone's index of who may see what, which knows the groups of meetings of a principal."""

    meta_type = "Hopso Rights Index"

    def query_index(self, record, resultset=None):
        """Answer for the roles and principals of *record*, and for the meetings that these take part in."""
        site = getSite()
        if site is None or record.operator != "or" or record.get("not") or record.get("range"):
            return super().query_index(record, resultset)
        named = [key[len(USER) :] for key in record.keys if isinstance(key, str) and key.startswith(USER)]
        if resultset is not None and len(resultset) <= FEW:
            return self._of_these(site, record.keys, named, resultset)
        # All meetings of all that are named; the same question is answered once a request.
        record.keys = [
            *record.keys,
            *chain.from_iterable(meeting_groups(site, one, MEETING) for one in named),
        ]
        return super().query_index(record, resultset)

    def _of_these(self, site, keys, named, resultset):
        """Return which of a few things may be shown: costs the same however many meetings somebody has."""
        wanted, found = frozenset(keys), IITreeSet()
        parts = lru_cache(maxsize=None)(part_finder(site, named))
        for rid in resultset:
            for key in self._unindex.get(rid, ()):
                if key not in wanted:
                    if not key.startswith(MEETING):
                        continue
                    uid, _colon, part = key[len(MEETING) :].rpartition(":")
                    if part not in parts(uid):
                        continue
                found.insert(rid)
                break
        return found


def install(portal) -> None:
    """Put our index in the place of Plone's, with what it knows; repeating it is harmless."""
    _replace(portal.portal_catalog, RightsIndex)


def uninstall(portal) -> None:
    """Put Plone's index back, with what ours knows."""
    _replace(portal.portal_catalog, KeywordIndex)


def _replace(tool, factory) -> None:
    catalog = tool._catalog
    old = aq_base(catalog.indexes[NAME])
    if type(old) is factory:
        return
    new = factory(NAME)
    # The same trees under another class: nothing has to be indexed again.
    new.__dict__.update(old.__dict__)
    catalog.delIndex(NAME)
    catalog.addIndex(NAME, new)

"""What the catalog may show to whom, without a list of thousands of groups in each query.

Plone asks the index ``allowedRolesAndUsers`` for the roles of a person, the
person's id and the person's groups.  The groups of meetings are none of the
user's own (see ``organisation/groups.py``): this index adds them by itself, from
the participation records, for whoever is asked for.

Nothing outlives a change: results are kept for the request only, under a key
that names every meeting.
"""

from Acquisition import aq_base
from hopso.organisation.groups import meeting_groups
from Products.PluginIndexes.KeywordIndex.KeywordIndex import KeywordIndex
from zope.component.hooks import getSite


NAME = "allowedRolesAndUsers"
USER = "user:"


class RightsIndex(KeywordIndex):
    """Plone's index of who may see what, which knows the groups of meetings of a principal."""

    meta_type = "Hopso Rights Index"

    def query_index(self, record, resultset=None):
        """Answer for the roles and principals of *record*, and for the meetings that these take part in."""
        site = getSite()
        if site is not None and record.operator == "or":
            named = [key for key in record.keys if isinstance(key, str) and key.startswith(USER)]
            record.keys = [
                *record.keys,
                *(USER + group for key in named for group in meeting_groups(site, key[len(USER) :])),
            ]
        return super().query_index(record, resultset)


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

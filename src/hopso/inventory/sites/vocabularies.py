"""Vocabularies of sites; sites by UID."""

from hopso import _
from hopso.core.text import collation_key
from hopso.organisation.vocabularies import LookUp
from hopso.organisation.vocabularies import simple
from plone import api
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory


# NA-2.1/1, NT-2.2
SiteKinds = simple(
    ("control_centre", _("Control centre")),
    ("central", _("Central point")),
    ("chair", _("Chair's point")),
    ("end", _("End point")),
    ("branch", _("Branch point")),
)


def site_title(uid: str) -> str | None:
    """Return the name of a site by its UID, None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Site", UID=uid)
    return found[0].Title if found else None


def _all_sites():
    catalog = api.portal.get_tool("portal_catalog")
    sites = [(b.UID, b.Title) for b in catalog.unrestrictedSearchResults(portal_type="Site")]
    return sorted(sites, key=lambda one: collation_key(one[1]))


@provider(IVocabularyFactory)
def Sites(context):
    """Sites by UID."""
    return LookUp(site_title, _all_sites)

"""Vocabularies of sites, their lines and their people; sites by UID."""

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
# NA-2.1/3, TQ-P2/2
LinkTypes = simple(
    ("fibre", _("Dedicated fibre network")),
    ("tslcd", _("Dedicated State data network (TSLCD)")),
    ("internet", _("Internet")),
    ("other", _("Other")),
)
# NA-8.1
ProviderServices = simple(
    ("line", _("Line")),
    ("power", _("Power")),
    ("equipment", _("Equipment")),
)
StaffRoles = simple(
    ("leader", _("Responsible leader")),
    ("technician", _("Technical officer")),
)


def _providers():
    """Return (id, name) of the living units that supply lines."""
    from hopso.organisation.tree import all_units

    found = [
        (one.id, one.title) for one in all_units().values() if one.sector == "provider" and not one.closed()
    ]
    return sorted(found, key=lambda one: collation_key(one[1]))


@provider(IVocabularyFactory)
def LineProviders(context):
    """Units that are service providers, by id."""
    return LookUp(lambda unit: dict(_providers()).get(unit), _providers)


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

"""What lists show of sites, as plain values in the catalog."""

from hopso.inventory.sites.content import ISite
from hopso.organisation.place import unit_of
from plone.indexer import indexer


NAMES = ("kind", "room", "active", "link_type", "provider", "capacity")


@indexer(ISite)
def site_facts(site):
    unit = unit_of(site)
    facts = {name: getattr(site, name, None) for name in NAMES}
    return {**facts, "unit": unit.getId() if unit is not None else ""}

"""What the catalog knows of units."""

from hopso.organisation.content import IUnit
from hopso.organisation.tree import facts_of
from plone.indexer import indexer


@indexer(IUnit)
def unit_facts(unit):
    """Plain values for lists and pictures of hundreds of units."""
    return facts_of(unit)

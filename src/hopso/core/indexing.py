"""Small helpers around the catalog."""

from plone import api


SECURITY_INDEXES = ["allowedRolesAndUsers"]


def reindex_security(obj) -> None:
    """Reindex who may see *obj*, and nothing inside of it."""
    catalog = api.portal.get_tool("portal_catalog")
    catalog.reindexObject(obj, idxs=SECURITY_INDEXES, update_metadata=0)


def column(found, name: str) -> list:
    """Return one metadata column of what a query without words and order has *found*.

    A catalog makes a record of every column for each thing it is asked for; for
    sums over hundreds of things, one value of each is enough.
    """
    catalog = api.portal.get_tool("portal_catalog")._catalog
    position = catalog.schema[name]
    return [catalog.data[rid][position] for rid in getattr(found, "_seq", ())]

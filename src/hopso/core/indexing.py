"""Small helpers around the catalog."""

from plone import api


SECURITY_INDEXES = ["allowedRolesAndUsers"]


def reindex_security(obj) -> None:
    """Reindex who may see *obj*, and nothing inside of it."""
    catalog = api.portal.get_tool("portal_catalog")
    catalog.reindexObject(obj, idxs=SECURITY_INDEXES, update_metadata=0)

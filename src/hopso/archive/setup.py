"""Makes the catalog's text indexes follow our lexicon."""

from plone import api


INDEXES = ("SearchableText", "Title", "Description", "exact_text", "archive_number")


def install(portal) -> None:
    """Index texts again whose words are not those of the lexicon.

    The profile's ``catalog.xml`` empties a lexicon when it changes its
    elements; what was indexed before then points to words that are gone.
    Repeating it is harmless.
    """
    catalog = api.portal.get_tool("portal_catalog")
    for name in INDEXES:
        index = catalog._catalog.getIndex(name)
        if _is_stale(index):
            index.clear()
            catalog.reindexIndex(name, None)


def _is_stale(index) -> bool:
    """Tell whether a document of *index* has words that its lexicon does not know."""
    docs = index.index._docweight
    if not docs:
        return False
    lexicon = index.getLexicon()
    known = set(lexicon.wids())
    return any(wid not in known for rid in list(docs)[:50] for wid in index.index.get_words(rid))

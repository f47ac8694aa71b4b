"""The stored text of documents, as the room of documents keeps it.

A place of its own, so that tests can put texts behind a document without a
conversion, and so that nobody here reads another room's storage.
"""

try:
    from hopso.documents import pages
except ImportError:  # the room of documents stores no pages yet
    pages = None


def document_text(document) -> str:
    """Return the text of all pages that a job has stored; extracts nothing."""
    return pages.document_text(document) if pages else ""


def page_text(document, number: int) -> str:
    """Return the text of one page, from 1."""
    return pages.page_text(document, number) if pages else ""


def pages_with(document, words) -> list[int]:
    """Return the numbers of the pages that hold all of *words*."""
    return pages.pages_with(document, words) if pages else []


def page_pictures(document) -> dict[int, str]:
    """Return page number -> address of its small picture; View is checked there again."""
    return {page.number: page.small for page in pages.pages(document)} if pages else {}

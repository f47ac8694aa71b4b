"""The stored text of documents, as the room of documents keeps it.

A place of its own, so that tests can put texts behind a document without a
conversion, and so that nobody here reads another room's storage.
"""

from hopso.documents import pages


def document_text(document) -> str:
    """Return the text of all pages that a job has stored; extracts nothing."""
    return pages.document_text(document)


def page_text(document, number: int) -> str:
    """Return the text of one page, from 1."""
    return pages.page_text(document, number)


def pages_with(document, words) -> list[int]:
    """Return the numbers of the pages that hold all of *words*."""
    return pages.pages_with(document, words)


def page_picture(document, number: int) -> str:
    """Return the address of the small picture of one page, empty if there is none.

    The address is guarded: whoever opens it must have the right to View the document.
    """
    if not 0 < number <= pages.page_count(document):
        return ""
    version = (document.file_digest or "")[:8]
    return f"{pages.base_url(document)}/small/dump_{number}.{pages.FORMAT}?v={version}"

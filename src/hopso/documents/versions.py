"""The files that a document had, one small record each, so that people see what changed.

Only facts are kept, not the files: what was replaced must not linger.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime

from BTrees.IOBTree import IOBTree
from hopso.core.text import now
from hopso.documents.content import IMeetingDocument
from hopso.documents.pages import page_count
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.versions"


@dataclass(frozen=True)
class Version:
    """One file: ``number`` from 1, SHA-256, name, size in bytes, pages (0: not known), who and when (UTC)."""

    number: int
    digest: str
    filename: str
    size: int
    who: str
    when: datetime
    pages: int = 0


def versions(document) -> list[Version]:
    """Return the versions of the file, the oldest first; the present one with its pages."""
    found = list(IAnnotations(document).get(KEY, {}).values())
    if found and found[-1].digest == document.file_digest:
        found[-1] = replace(found[-1], pages=page_count(document))
    return found


def file_changed(document, event) -> None:
    """Note a new file; for the events of adding and changing."""
    digest = document.file_digest
    if not digest or document.file is None:
        return
    annotations = IAnnotations(document)
    kept = annotations.get(KEY)
    if kept is None:
        kept = annotations[KEY] = IOBTree()
    number = kept.maxKey() if kept else 0
    if number and kept[number].digest == digest:
        return
    user = api.user.get_current()
    kept[number + 1] = Version(
        number + 1,
        digest,
        document.file.filename or "",
        document.file.getSize(),
        user.getId() or user.getUserName(),
        now(),
    )


def operation_done(event) -> None:
    """Note the pages of the present file while they are known: the next file drops them."""
    document = event.context
    if not IMeetingDocument.providedBy(document):
        return
    kept = IAnnotations(document).get(KEY)
    if not kept:
        return
    last = kept[kept.maxKey()]
    pages = page_count(document)
    if pages and last.digest == document.file_digest and last.pages != pages:
        kept[last.number] = replace(last, pages=pages)

"""What was found at the sites by one check: one small record a site.

Technicians of different sites write at once; each has a key of its own.
"""

from dataclasses import dataclass
from datetime import datetime

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.registers.results"


@dataclass(frozen=True)
class SiteResult:
    """Outcome (of ``hopso.SiteOutcomes``) at a site, who wrote it when (aware, UTC)."""

    site: str
    outcome: str
    note: str
    by: str
    at: datetime


def keep(entry, result: SiteResult) -> None:
    """Write a result down; a later one about the same site replaces it (the log keeps both)."""
    annotations = IAnnotations(entry)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    annotations[KEY][result.site] = result


def results_of(entry) -> dict[str, SiteResult]:
    """Return site UID -> result."""
    return dict(IAnnotations(entry).get(KEY, {}))


def prepare(entry) -> None:
    """Make the tree when the entry is made, so that two first writers do not meet."""
    IAnnotations(entry)[KEY] = OOBTree()

"""The state of a document's conversion: a small record that everybody may read.

The work itself is in ``jobs.py`` and ``convert/``; pages and texts in
``pages.py``.
"""

from dataclasses import dataclass
from datetime import datetime

from hopso import _
from hopso.core.text import now
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.conversion"
NONE, WAITING, RUNNING, DONE, FAILED = "none", "waiting", "running", "done", "failed"

REASONS = {
    "encrypted": _("The file is protected with a password. Upload it without one."),
    "damaged": _("The file is damaged and cannot be opened."),
    "timeout": _("Preparing the pages took too long and was stopped."),
    "memory": _("The file needs too much memory to be shown."),
    "too_many_pages": _("The file has too many pages to be shown."),
    "empty": _("The file has no page."),
    "secret_marker": _("The file carries a secrecy stamp and must not be on this system."),
    "no_office": _("LibreOffice is missing on the server; tell the administrator."),
    "error": _("The pages could not be prepared because of an error on the server."),
}


@dataclass(frozen=True)
class Conversion:
    """What is known of the conversion of the present file.

    ``status``: none (no file), waiting, running, done or failed.
    ``pages_total`` is None until known.  ``reason`` is a key of REASONS when
    failed, else empty; ``attempt`` counts runs from 1; ``digest`` is the
    SHA-256 of the file it is for; moments are aware datetimes in UTC.
    """

    status: str = NONE
    pages_done: int = 0
    pages_total: int | None = None
    reason: str = ""
    attempt: int = 0
    digest: str = ""
    queued: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None

    @property
    def message(self):
        """Return the reason of a failure as a translatable text, empty otherwise."""
        return REASONS.get(self.reason, REASONS["error"]) if self.status == FAILED else ""

    @property
    def busy(self) -> bool:
        """Tell whether a worker still has to do with it."""
        return self.status in (WAITING, RUNNING)


class ConversionRecord(Persistent):
    """The stored state; an object of its own, so that progress conflicts with nothing."""

    status = WAITING
    pages_done = 0
    pages_total = None
    reason = ""
    attempt = 0
    digest = ""
    queued = None
    started = None
    finished = None
    worker = ""  # host:pid of the process that runs it
    heartbeat = None  # aware datetime of its last sign of life


def conversion_of(document) -> Conversion:
    """Return the state of *document*'s conversion; never writes."""
    record = record_of(document)
    if record is None or document.file is None:
        return Conversion()
    return Conversion(
        status=record.status,
        pages_done=record.pages_done,
        pages_total=record.pages_total,
        reason=record.reason,
        attempt=record.attempt,
        digest=record.digest,
        queued=record.queued,
        started=record.started,
        finished=record.finished,
    )


def record_of(document) -> ConversionRecord | None:
    """Return the stored record, None if no file was ever there."""
    return IAnnotations(document).get(KEY)


def start_record(document, digest: str) -> ConversionRecord:
    """Put a fresh waiting record for *digest* in place of what was there."""
    record = ConversionRecord()
    record.digest = digest
    record.queued = now()
    IAnnotations(document)[KEY] = record
    return record


def drop_record(document) -> None:
    """Forget the conversion: the file was taken away."""
    annotations = IAnnotations(document)
    if KEY in annotations:
        del annotations[KEY]

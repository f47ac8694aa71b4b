"""Preparing the pages of a document, in the worker.

One job does one stage: LibreOffice and counting first, then some pages at a
time, each in a transaction of its own that names the page it begins with.  So
progress can be seen, a killed worker goes on where it was, a long document
does not keep short ones waiting, and running a stage twice changes nothing.
"""

import logging
from pathlib import Path
import shutil
import tempfile
import time

from BTrees.OOBTree import OOBTree
from hopso.core.text import now
from hopso.documents import conversion
from hopso.documents import markers
from hopso.documents import pages
from hopso.documents import policies
from hopso.documents.content import IMeetingDocument
from hopso.documents.convert import engine
from hopso.documents.convert import office
from hopso.documents.convert.process import ConversionError
from hopso.documents.files import extension_of
from hopso.tasks.queue import enqueue
from hopso.tasks.queue import enqueue_after_commit
from hopso.tasks.queue import on_worker_start
from hopso.tasks.queue import periodic
from hopso.tasks.queue import task
from hopso.tasks.queue import waiting_jobs
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


logger = logging.getLogger("hopso.documents")
JOB = "documents.convert"
PENDING = "hopso.conversions"  # on the site: UID -> digest of what is not finished
BATCH_PAGES = 20
BATCH_SECONDS = 20
# Longer than any stage may take: LibreOffice has three minutes, a page of OCR one.
STUCK_SECONDS = 15 * 60
INDEXES = ["SearchableText", "exact_text", "conversion_status", "page_count"]


def enqueue_conversion(document) -> None:
    """Have the pages of *document*'s present file prepared after the commit."""
    former = conversion.record_of(document)
    pages.drop_pages(document)
    document.page_count = None
    document.secret_marker, document.secret_marker_page = "", None
    record = conversion.start_record(document, document.file_digest)
    if former is not None and former.digest == record.digest:
        record.attempt = former.attempt
    record.attempt += 1
    uid = IUUID(document)
    pending()[uid] = record.digest
    document.reindexObject(idxs=["conversion_status", "page_count"])
    enqueue_after_commit(JOB, uid=uid, digest=record.digest, first=0)


def pending() -> OOBTree:
    """Return UID -> digest of the conversions that are not finished."""
    annotations = IAnnotations(api.portal.get())
    if PENDING not in annotations:
        annotations[PENDING] = OOBTree()
    return annotations[PENDING]


@on_worker_start
def resume_conversions(idle: float = 0) -> list[str]:
    """Queue again whatever was left undone and is not queued; return the UIDs.

    *idle* is for how many seconds nothing must have happened to a conversion:
    0 when a worker starts, longer while others may be at work on it.
    """
    queued = {job["uid"] for name, job in waiting_jobs() if name == JOB}
    again = []
    for uid, digest in IAnnotations(api.portal.get()).get(PENDING, {}).items():
        if uid in queued:
            continue
        document = find_document(uid)
        record = conversion.record_of(document) if document is not None else None
        # Every stage that is done writes the record.
        if idle and record is not None and time.time() - (record._p_mtime or time.time()) < idle:
            continue
        first = 0
        if record is not None and record.status == conversion.RUNNING:
            first = record.pages_done + 1
        enqueue(JOB, uid=uid, digest=digest, first=first)
        again.append(uid)
    return again


@periodic("documents.resume", minutes=5)
def resume_stuck() -> None:
    """Queue again what got lost between the database and the queue: a stage done twice changes nothing."""
    again = resume_conversions(STUCK_SECONDS)
    if again:
        logger.warning("%d conversions were neither done nor queued; queued again", len(again))


def find_document(uid: str):
    """Return the document with this UID, None if it is gone."""
    found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=uid)
    document = found[0]._unrestrictedGetObject() if found else None
    return document if IMeetingDocument.providedBy(document) else None


def given_up(uid: str, digest: str, first: int, error: str) -> None:
    """Write down that an error of the server kept the pages from being prepared."""
    logger.error("conversion of %s failed: %s", uid, error)
    document = find_document(uid)
    record = conversion.record_of(document) if document is not None else None
    if record is not None and record.digest == digest:
        finish(document, record, "error")


@task(JOB, retries=2, retry_delay=20, on_give_up=given_up)
def convert(uid: str, digest: str, first: int) -> None:
    """Do one stage for document *uid*: *first* 0 prepares, else pages from *first* on.

    Does nothing if the file has another *digest* by now or if another worker
    has done this stage already.
    """
    document = find_document(uid)
    record = conversion.record_of(document) if document is not None else None
    if record is None or record.digest != digest:
        if pending().get(uid) == digest:
            del pending()[uid]
        return
    if record.status not in (conversion.WAITING, conversion.RUNNING):
        return
    if first != (record.pages_done + 1 if record.status == conversion.RUNNING else 0):
        return
    folder = Path(tempfile.mkdtemp(prefix="hopso-"))
    try:
        if first == 0:
            prepare(document, record, folder)
        else:
            render(document, record, folder, first)
    except ConversionError as error:
        logger.info("conversion of %s ends: %s", uid, error)
        finish(document, record, error.reason)
        return
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if record.status == conversion.RUNNING:
        enqueue_after_commit(JOB, uid=uid, digest=digest, first=record.pages_done + 1)


def prepare(document, record, folder) -> None:
    """Make a PDF of an office file, count the pages, open the storage."""
    limits = policies.limits(document)
    extension = extension_of(document.file)
    source = blob_path(document.file._blob)
    if extension in engine.OFFICE:
        made = office.to_pdf(source, extension, folder, limits.office_seconds)
        total = engine.count_pages(made, "pdf", limits)
        pages.keep_pdf(document, made)
    else:
        total = engine.count_pages(source, kind_of(extension), limits)
    if total < 1:
        raise ConversionError("empty")
    if total > limits.pages:
        raise ConversionError("too_many_pages")
    record.status = conversion.RUNNING
    record.pages_total, record.pages_done = total, 0
    record.started = now()
    pages.open_viewer_storage(document)


def render(document, record, folder, first) -> None:
    """Render and store pages from *first* on, for some seconds at most; finish after the last one."""
    extension = extension_of(document.file)
    made = pages.pdf_of(document)
    source = blob_path(made if made is not None else document.file._blob)
    last = min(first + BATCH_PAGES - 1, record.pages_total)
    kind = "pdf" if made is not None else kind_of(extension)
    until = time.monotonic() + BATCH_SECONDS
    rendered = engine.render_pages(
        source, kind, folder, first, last, pages.image_sizes(), policies.limits(document)
    )
    try:
        for page in rendered:
            pages.store_page(document, page.number, page.text, page.images, (page.width, page.height))
            note_marker(document, page)
            record.pages_done = page.number
            if time.monotonic() > until:
                break
    finally:
        rendered.close()
    if record.pages_done < first:
        raise ConversionError("damaged", f"no page {first}")
    if record.pages_done >= record.pages_total:
        refused = document.secret_marker and policies.marker_action(document) != "warn"
        finish(document, record, "secret_marker" if refused else "")


def note_marker(document, page) -> None:
    """Remember the worst secrecy stamp and where it stands."""
    found = markers.find_marker(page.text, page.number)
    if found is None:
        return
    known = document.secret_marker
    if not known or markers.severity(found.level) < markers.severity(known):
        document.secret_marker, document.secret_marker_page = found.level, found.page


def finish(document, record, reason: str) -> None:
    """End the conversion: done without *reason*, failed with one; one catalog update."""
    record.status = conversion.FAILED if reason else conversion.DONE
    record.reason = reason
    record.finished = now()
    if reason:
        # Of a failed conversion nothing stays: half a document would mislead, a secret one must go.
        pages.drop_pages(document)
        document.page_count = record.pages_total if reason == "secret_marker" else None
    else:
        document.page_count = record.pages_total
        pages.close_viewer_storage(document, True)
    unfinished = pending()
    uid = IUUID(document)
    if uid in unfinished:
        del unfinished[uid]
    document.reindexObject(idxs=INDEXES)


def kind_of(extension: str) -> str:
    """Return what the renderer takes a file for: image or pdf."""
    return "image" if extension in engine.IMAGES else "pdf"


def blob_path(blob) -> Path:
    """Return where the data of *blob* lies on this machine."""
    with blob.open("r") as stream:
        return Path(stream.name)

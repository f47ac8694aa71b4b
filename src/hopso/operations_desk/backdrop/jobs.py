"""Drawing takes more than a moment: it is done in the worker."""

import hashlib
import logging

from hopso.operations_desk.backdrop import drawing
from hopso.operations_desk.backdrop import records
from hopso.tasks.queue import task
from plone import api
from plone.namedfile.file import NamedBlobFile


MAKE = "backdrop.make"
logger = logging.getLogger("hopso.operations_desk")


@task(MAKE, retries=2)
def make(uid: str, digest: str) -> None:
    """Draw the files of a backdrop; nothing happens if it is another one by now, or drawn already."""
    meeting = api.content.get(UID=uid)
    backdrop = records.backdrop_of(meeting) if meeting is not None else None
    if backdrop is None or backdrop.spec.digest != digest or backdrop.ready:
        return
    try:
        drawn = drawing.files_of(backdrop.spec)
    except drawing.NoFont:
        logger.error("No font with Vietnamese letters: the backdrop of %s cannot be drawn", uid)
        backdrop.problem = "font"
        return
    backdrop.problem = ""
    backdrop.digests = {name: hashlib.sha256(data).hexdigest() for name, data in drawn.items()}
    backdrop.files = {
        name: NamedBlobFile(data=data, contentType=records.FILES[name][0], filename=records.FILES[name][1])
        for name, data in drawn.items()
    }

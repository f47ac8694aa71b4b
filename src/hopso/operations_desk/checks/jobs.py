"""Checks that were missed are noted as such, and those concerned are told."""

from datetime import timedelta
import logging

from hopso.core import errors
from hopso.core.text import now
from hopso.operations_desk.checks.operations import miss_check
from hopso.operations_desk.checks.records import check_store
from hopso.tasks.queue import periodic
from plone import api


logger = logging.getLogger("hopso.operations_desk")
EVERY = 5  # minutes


@periodic("checks.missed", minutes=EVERY)
def note_missed() -> int:
    """Note the checks that are due and not signed; return how many.  A second run finds none."""
    store, found = check_store(), 0
    for record in store.between(store.waiting, None, now() - timedelta(seconds=1)):
        meeting = api.content.get(UID=record.meeting)
        if meeting is None:
            continue
        try:
            miss_check(meeting, place=record.place)
            found += 1
        except errors.OperationError as error:
            # Signed in the meantime, or the meeting is over: nothing is missed any more.
            logger.info("Check of %s for %s is not missed: %s", record.place, record.meeting, error)
    return found

"""Notes of the operators (TQ-P5/6) and tasks of the host for the sites (NT-7.2.a); on the meeting, they only grow."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations


NOTES = "hopso.desk.notes"
TASKS = "hopso.desk.tasks"
RECEIPTS = "hopso.desk.receipts"


@dataclass(frozen=True)
class Note:
    """What an operator noted: *place* UID or empty, *parameter* with its value, or words; *at* UTC."""

    at: datetime
    by: str
    text: str
    place: str = ""
    parameter: str = ""


@dataclass(frozen=True)
class SiteTask:
    """What the host asks of the sites, all or those in *places*."""

    id: str
    text: str
    by: str
    at: datetime
    places: tuple = ()


@dataclass(frozen=True)
class Receipt:
    """A site has received a task, and has done it."""

    task: str
    place: str
    received_by: str
    received_at: datetime
    done_by: str = ""
    done_at: datetime | None = None


def _tree(meeting, key):
    annotations = IAnnotations(meeting)
    if key not in annotations:
        annotations[key] = OOBTree()
    return annotations[key]


def new_id(moment: datetime) -> str:
    """Return an id that sorts by time."""
    return f"{moment.timestamp():017.3f}-{token_hex(4)}"


def put_note(meeting, note: Note) -> Note:
    """Keep a note for good."""
    _tree(meeting, NOTES)[new_id(note.at)] = note
    return note


def notes_of(meeting) -> list[Note]:
    """Return the notes, earliest first."""
    return list(IAnnotations(meeting).get(NOTES, {}).values())


def put_task(meeting, task: SiteTask) -> SiteTask:
    """Keep a task for good."""
    _tree(meeting, TASKS)[task.id] = task
    return task


def tasks_of(meeting) -> list[SiteTask]:
    """Return the tasks for the sites, earliest first."""
    return list(IAnnotations(meeting).get(TASKS, {}).values())


def receipt_of(meeting, task: str, place: str) -> Receipt | None:
    """Return what a site said about a task."""
    return IAnnotations(meeting).get(RECEIPTS, {}).get(f"{task}\n{place}")


def put_receipt(meeting, receipt: Receipt) -> Receipt:
    """Keep what a site said about a task; each site has an entry of its own."""
    _tree(meeting, RECEIPTS)[f"{receipt.task}\n{receipt.place}"] = receipt
    return receipt

"""The log of calls of an urgent meeting, and of papers handed out in its stead.

Both only grow: one record an entry, in a BTree on an annotation of the meeting.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from zope.annotation.interfaces import IAnnotations


CALLS = "hopso.meetings.calls"
PAPERS = "hopso.meetings.papers"


@dataclass(frozen=True)
class Call:
    """A telephone call: *called_at* aware, *whom* and *phone* as written, *by* a user id.

    party: ``operator`` (of the central point, NT-6.5) or ``units`` (those concerned, BD-6.1/2).
    """

    whom: str
    phone: str
    called_at: datetime
    by: str
    note: str = ""
    logged_at: datetime | None = None
    party: str = "units"


@dataclass(frozen=True)
class Paper:
    """Copies of a document that were handed out on paper.

    ``document`` is its title, ``uid`` its UID if it is on the system (BD-5.2.b);
    one that could not be uploaded in time has none (BD-7/3).
    """

    document: str
    copies: int
    reason: str
    by: str
    at: datetime
    uid: str = ""


def _append(meeting, key, moment, record):
    annotations = IAnnotations(meeting)
    if key not in annotations:
        annotations[key] = OOBTree()
    annotations[key][f"{moment.timestamp():017.3f}-{token_hex(4)}"] = record
    return record


def log_call(meeting, call: Call) -> Call:
    """Keep *call* for good."""
    return _append(meeting, CALLS, call.called_at, call)


def calls_of(meeting) -> list[Call]:
    """Return the calls, earliest first."""
    return list(IAnnotations(meeting).get(CALLS, {}).values())


def log_paper(meeting, paper: Paper) -> Paper:
    """Keep *paper* for good."""
    return _append(meeting, PAPERS, paper.at, paper)


def papers_of(meeting) -> list[Paper]:
    """Return what was handed out on paper, earliest first."""
    return list(IAnnotations(meeting).get(PAPERS, {}).values())

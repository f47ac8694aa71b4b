"""Run-of-show: for each agenda item which site is on the screen, with what layout and sound (NT-7.1.c)."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.organisation.vocabularies import simple
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.runofshow"
Layouts = simple(
    ("single", _("One site, full screen")),
    ("speaker", _("Speaker large, others small")),
    ("two", _("Two sites side by side")),
    ("grid", _("All sites in a grid")),
    ("document", _("Document with speaker")),
)
Sounds = simple(
    ("site", _("Only the site on the screen")),
    ("chair", _("The chair's site and the one on the screen")),
    ("all", _("All sites open")),
    ("none", _("All sites muted")),
)


@dataclass(frozen=True)
class Cue:
    """What is shown at an item: site UID or empty, layout, sound; minutes None: those of the item."""

    site: str = ""
    layout: str = "speaker"
    sound: str = "chair"
    minutes: int | None = None
    note: str = ""


class Show(Persistent):
    """The cues of a meeting; *released*: technicians read the titles of the items, too."""

    released_at = None
    released_by = ""

    def __init__(self):
        self.cues = OOBTree()  # id of the item -> Cue


def show_of(meeting) -> Show | None:
    """Return the sheet of *meeting*, None if nobody wrote one."""
    return IAnnotations(meeting).get(KEY)


def ensure_show(meeting) -> Show:
    """Return the sheet of *meeting*, made if it is missing; for operations."""
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = Show()
    return annotations[KEY]


@dataclass(frozen=True)
class Line:
    """A line of the sheet: number and id of the item, beginning and end (aware), its cue."""

    number: int
    item: str
    begins: datetime
    ends: datetime
    cue: Cue


def clock(start: datetime, items, cues) -> list[Line]:
    """Return the lines with their clock times.

    items: (id, minutes) in the order of the agenda; cues: id -> Cue.  Each item begins
    when the one before it ends.
    """
    found, moment = [], start
    for number, (item, minutes) in enumerate(items, 1):
        cue = cues.get(item) or Cue()
        ends = moment + timedelta(minutes=cue.minutes if cue.minutes is not None else minutes)
        found.append(Line(number, item, moment, ends, cue))
        moment = ends
    return found

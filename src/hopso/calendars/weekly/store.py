"""What was published of which week of which unit: small records, nothing is overwritten."""

from dataclasses import dataclass
from datetime import datetime

from BTrees.OOBTree import OOBTree
from hopso.calendars.weekly.weeks import Line
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.calendars.weeks"
BETWEEN, AFTER = "\n", "\x0b"


@dataclass(frozen=True)
class Published:
    """A week as it was published: unit (id), week (``2026-W48``), when (UTC), by whom (user id), the lines."""

    unit: str
    week: str
    at: datetime
    by: str
    lines: tuple[Line, ...]


class WeekStore(Persistent):
    """All published weeks; a publication writes its own entry and one for each meeting in it."""

    def __init__(self):
        self.weeks = OOBTree()  # "unit\nweek\nmoment" -> Published
        self.meetings = OOBTree()  # "meeting UID\nweek" -> moment of the first publication

    def publish(self, one: Published) -> None:
        """Keep a publication; former ones of the same week stay."""
        self.weeks[BETWEEN.join((one.unit, one.week, one.at.isoformat()))] = one
        for line in one.lines:
            self.meetings.insert(f"{line.uid}{BETWEEN}{one.week}", one.at)

    def of(self, unit: str, week: str) -> list[Published]:
        """Return the publications of a week, the oldest first."""
        begin = f"{unit}{BETWEEN}{week}"
        return list(self.weeks.values(f"{begin}{BETWEEN}", f"{begin}{AFTER}", excludemax=True))

    def weeks_of(self, uid: str) -> set[str]:
        """Return the weeks that were published with a meeting (UID) in them."""
        begin = f"{uid}{BETWEEN}"
        return {key[len(begin) :] for key in self.meetings.keys(begin, f"{uid}{AFTER}", excludemax=True)}


def week_store() -> WeekStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> WeekStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = WeekStore()
    return annotations[KEY]

"""The records of checks: one for each meeting and place, an answer for each item.

One store on the site.  Its trees are sorted by meeting and by the time when a
check is due, so that nobody wakes a meeting to learn what is to be done; every
check has objects of its own, so that technicians of two sites never meet.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import UTC

from BTrees.OOBTree import OOBTree
from hopso.operations_desk.checks import rules
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.checks"
# Neither is in any id; the second one comes right after the first.
BETWEEN, AFTER = "\n", "\x0b"
SITE, ROOM = "site", "room"


@dataclass(frozen=True)
class Answer:
    """What was found at one item: result as in ``rules.RESULTS``, who, when (UTC), which act of which phone."""

    result: str
    note: str = ""
    by: str = ""
    at: datetime | None = None
    act: str = ""


class CheckRecord(Persistent):
    """The check of one place for one meeting; moments are UTC.

    items: tuple of ``template.Item``, those in force when it was made; unit: id of the
    unit that has the place.
    """

    signed_at = None
    signed_by = ""
    note = ""
    missed_at = None
    ready_at = None
    ready_by = ""
    ready_note = ""
    incident = ""

    def __init__(self, meeting: str, place: str, kind: str, unit: str, items=()):
        self.meeting, self.place, self.kind, self.unit = meeting, place, kind, unit
        self.items = tuple(items)
        self.due = self.start = self.made_at = None
        self.answers = OOBTree()  # item id -> Answer
        self.photos = OOBTree()  # item id -> NamedBlobFile

    def results(self) -> dict[str, str]:
        """Return id of the item -> result."""
        return {name: one.result for name, one in self.answers.items()}

    @property
    def state(self) -> str:
        """One of the states of ``rules``."""
        if self.signed_at is not None:
            return rules.result_of(self.items, self.results())
        if self.missed_at is not None:
            return rules.MISSED
        return rules.BEGUN if len(self.answers) else rules.OPEN

    @property
    def late(self) -> bool:
        """Whether it was signed after it was due."""
        return self.signed_at is not None and self.signed_at > self.due

    def failed(self) -> list:
        """Return the items that failed, in order."""
        return [one for one in self.items if self.results().get(one.id) == rules.FAIL]

    def open_items(self) -> list:
        """Return the items without an answer, in order."""
        return [one for one in self.items if one.id not in self.answers]


class CheckStore(Persistent):
    """All checks of the site."""

    def __init__(self):
        self.records = OOBTree()  # meeting, place -> CheckRecord
        self.by_due = OOBTree()  # due, meeting, place -> id of the unit
        self.waiting = OOBTree()  # the same of those that are neither signed nor missed
        self.missed = OOBTree()  # the same of those that were missed and are not signed yet

    def of_meeting(self, uid: str) -> list[CheckRecord]:
        """Return the checks of a meeting, in the order of the places' UIDs."""
        return list(self.records.values(f"{uid}{BETWEEN}", f"{uid}{AFTER}", excludemax=True))

    def get(self, uid: str, place: str) -> CheckRecord | None:
        """Return the check of a place for a meeting."""
        return self.records.get(f"{uid}{BETWEEN}{place}")

    def put(self, record: CheckRecord) -> None:
        """Keep a new check."""
        self.records[f"{record.meeting}{BETWEEN}{record.place}"] = record
        self.file(record)

    def drop(self, record: CheckRecord) -> None:
        """Take a check away."""
        self._unfile(record)
        del self.records[f"{record.meeting}{BETWEEN}{record.place}"]

    def move(self, record: CheckRecord, start: datetime, due: datetime) -> None:
        """Give a check another time; what was missed before may be done in time now."""
        self._unfile(record)
        record.start, record.due = start, due
        if record.signed_at is None:
            record.missed_at = None
        self.file(record)

    def file(self, record: CheckRecord) -> None:
        """Put a check where its state belongs; to be called after a change of it."""
        key = _due_key(record)
        if self.by_due.get(key) != record.unit:
            self.by_due[key] = record.unit
        self._keep(self.waiting, key, record, record.signed_at is None and record.missed_at is None)
        self._keep(self.missed, key, record, record.state == rules.MISSED)

    def _keep(self, tree, key, record, wanted):
        if wanted and key not in tree:
            tree[key] = record.unit
        elif not wanted and key in tree:
            del tree[key]

    def _unfile(self, record):
        key = _due_key(record)
        for tree in (self.by_due, self.waiting, self.missed):
            if key in tree:
                del tree[key]

    def between(self, tree, first: datetime | None, last: datetime | None, units=None) -> list[CheckRecord]:
        """Return the checks of one of the trees due in [first, last), of these units (None: all), earliest first."""
        low = moment_key(first) if first is not None else None
        high = moment_key(last) if last is not None else None
        found = []
        for key, unit in tree.items(low, high, excludemax=high is not None):
            if units is None or unit in units:
                _due, _between, rest = key.partition(BETWEEN)
                found.append(self.records[rest])
        return found


def moment_key(moment: datetime) -> str:
    """Return a moment so that texts sort as moments do."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}"


def _due_key(record: CheckRecord) -> str:
    return f"{moment_key(record.due)}{BETWEEN}{record.meeting}{BETWEEN}{record.place}"


def ensure_store(portal) -> CheckStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = CheckStore()
    return annotations[KEY]


def check_store() -> CheckStore:
    """Return the store of the present site."""
    return IAnnotations(api.portal.get())[KEY]

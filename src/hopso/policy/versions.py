"""Versions of the policy: what was changed when, by whom, on what decision, and what is planned for a day.

The registry holds the values in force.  A version is a set of new values with
the day they hold from; one of a later day waits and counts from its day on, even
before the worker has written it down.  Former values are kept, so that the
policy of any day can be told (NA-QD.2: a regulation holds from its day on).
"""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import UTC

from BTrees.OOBTree import OOBTree
from hopso.core.ids import short_id
from hopso.core.text import local
from hopso.core.text import now
from persistent import Persistent
from Products.CMFCore.interfaces import ISiteRoot
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility


KEY = "hopso.policy.versions"
CHANGE, PROVINCE, RESTORE, CALENDAR = "change", "province", "restore", "calendar"
PLANNED, DONE, CANCELLED = "planned", "done", "cancelled"


@dataclass(frozen=True)
class Version:
    """One change of the policy, done or planned.

    day: the first on which it holds; values: the new ones, plain, by key; before:
    what they replaced (known when done); kind: how it came about; decision: what
    it rests on, for people; who: user id; recorded_at, finished_at: aware, UTC;
    status: planned, done, cancelled; reason: why it was taken back or restored.
    """

    id: str
    day: date
    values: dict
    kind: str = CHANGE
    decision: str = ""
    who: str = ""
    recorded_at: datetime | None = None
    status: str = PLANNED
    before: dict = field(default_factory=dict)
    finished_at: datetime | None = None
    reason: str = ""

    @property
    def order(self) -> tuple:
        """Versions of one day hold in the order in which they were written down."""
        return (self.day, self.recorded_at)


class Versions(Persistent):
    """All versions of the site; those that wait are kept apart, because everybody asks for them."""

    def __init__(self):
        self.all = OOBTree()  # id -> Version
        self.waiting = OOBTree()  # id -> Version
        self.days = OOBTree()  # day of the calendar -> {"reason", "who", "when"}


def today() -> date:
    """Return the present day in Viet Nam."""
    return local(now()).date()


def ensure_store(portal) -> Versions:
    """Make the store if it is missing (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = Versions()
    return annotations[KEY]


def store() -> Versions | None:
    """Return the store, None before the installation."""
    portal = queryUtility(ISiteRoot)
    return None if portal is None else IAnnotations(portal).get(KEY)


def keep(version: Version) -> Version:
    """Write a version down; only operations call this."""
    found = store()
    found.all[version.id] = version
    if version.status == PLANNED:
        found.waiting[version.id] = version
    elif version.id in found.waiting:
        del found.waiting[version.id]
    return version


def draw_up(values: dict, day: date, kind: str, decision: str, who: str, reason: str = "") -> Version:
    """Return a version that is written down nowhere yet."""
    moment = now().astimezone(UTC)
    return Version(short_id(), day, dict(values), kind, decision.strip(), who, moment, reason=reason.strip())


def find(version_id: str) -> Version | None:
    """Return a version by its id, None if there is none."""
    found = store()
    return found.all.get(version_id) if found is not None else None


def versions(*statuses: str) -> list[Version]:
    """Return the versions, the latest day first; only of some statuses if asked."""
    found = store()
    chosen = [one for one in found.all.values() if not statuses or one.status in statuses] if found else []
    return sorted(chosen, key=lambda one: one.order, reverse=True)


def waiting_until(day: date) -> list[Version]:
    """Return the planned versions that hold on *day*, in the order in which they take effect."""
    found = store()
    if found is None or not found.waiting:
        return []
    return sorted((one for one in found.waiting.values() if one.day <= day), key=lambda one: one.order)


def with_plans(values: dict, day: date) -> dict:
    """Return *values* (of the registry) as they will be, or are, on *day*, which is not past."""
    for one in waiting_until(day):
        values = {**values, **one.values}
    return values


def as_it_was(values: dict, day: date) -> dict:
    """Return *values* (those of today) as they were at the end of the past *day*."""
    for one in versions(DONE):
        if one.day <= day:
            break
        values = {**values, **one.before}
    return values


def right_after(values: dict, version: Version) -> dict:
    """Return *values* (those of today) as they were right after *version* took effect."""
    for one in versions(DONE):
        if one.id == version.id:
            break
        values = {**values, **one.before}
    return values


def done(version: Version, before: dict) -> Version:
    """Return *version* as carried out now; *before*: the plain values that it replaced."""
    return replace(version, status=DONE, before=before, finished_at=now().astimezone(UTC))


def cancelled(version: Version, reason: str) -> Version:
    """Return *version* as taken back now."""
    return replace(version, status=CANCELLED, finished_at=now().astimezone(UTC), reason=reason.strip())

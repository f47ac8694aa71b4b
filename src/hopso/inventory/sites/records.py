"""Who looks after a site, since when and until when; nothing is ever taken out of the record."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta


LEADER, TECHNICIAN = "leader", "technician"


@dataclass(frozen=True)
class StaffRecord:
    """One person in one role at one site.

    role: LEADER or TECHNICIAN; since: first day in Viet Nam; until: the first day on
    which it does not hold any more, None while no end is known; phone, email: as the unit gave them, else those of the
    account are shown; changed_at: aware, UTC; changed_by: user id; reason: of its end.
    """

    user_id: str
    role: str
    since: date
    until: date | None = None
    phone: str = ""
    email: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether the person is there on *day*."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class StaffMember:
    """Somebody who looks after a site now, ready to be shown; days are those of Viet Nam."""

    user_id: str
    name: str
    role: str
    phone: str
    since: date
    until: date | None
    email: str = ""
    record: str = ""


@dataclass(frozen=True)
class StaffChanged:
    """Event: the people of a site changed; somebody new is to be trained (HN-R/3.2).

    site, unit: UID and id; role: LEADER or TECHNICIAN; appointed: user id of who is
    new, "" if nobody is; relieved: user id of who left, "" if nobody did; day: from
    which it holds; reason: why, "" if nothing was said.
    """

    site: str
    unit: str
    role: str
    day: date
    appointed: str = ""
    relieved: str = ""
    reason: str = ""


def days_without(records, role: str, first: date, last: date) -> list[tuple[date, date]]:
    """Return the spans of days, both ends included, on which nobody held *role* (HN-R/3.2).

    first, last: the days that are looked at, both included; records may overlap
    and come in any order.
    """
    found, day = [], first
    held = [(one.since, one.until or last + timedelta(days=1)) for one in records if one.role == role]
    spans = sorted(span for span in held if span[0] < span[1])
    for since, until in spans:
        if since > day:
            found.append((day, min(since - timedelta(days=1), last)))
        day = max(day, until)
    found.append((day, last))
    return [(since, until) for since, until in found if since <= until]


def count_days(spans) -> int:
    """Return how many days the spans hold."""
    return sum((until - since).days + 1 for since, until in spans)

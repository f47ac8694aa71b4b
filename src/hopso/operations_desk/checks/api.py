"""What other rooms ask about technical checks."""

from dataclasses import dataclass
from datetime import datetime

from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks.ordering import due_of
from hopso.operations_desk.checks.ordering import PLANNED
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.checks.records import check_store
from plone.uuid.interfaces import IUUID


@dataclass(frozen=True)
class Check:
    """The check of one place for one meeting; moments are aware (UTC) or None.

    site_uid: UID of the site, or of a room (kind ``room``); unit: id of the unit that has it;
    state: ``open``, ``begun``, ``passed``, ``faults`` (signed, with faults) or ``missed``;
    answered, total, failed: numbers of items; late: signed after it was due; ready_at: when
    the unit confirmed that its room is ready (NT-7.2.a).
    """

    site_uid: str
    kind: str
    title: str
    unit: str
    meeting: str
    start: datetime
    due: datetime
    state: str
    signed_at: datetime | None = None
    signed_by: str = ""
    missed_at: datetime | None = None
    late: bool = False
    answered: int = 0
    total: int = 0
    failed: int = 0
    ready_at: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether it was signed."""
        return self.signed_at is not None


def check_of(record, title: str) -> Check:
    """Return a record of the store as others see it."""
    return Check(
        record.place,
        record.kind,
        title,
        record.unit,
        record.meeting,
        record.start,
        record.due,
        record.state,
        record.signed_at,
        record.signed_by,
        record.missed_at,
        record.late,
        len(record.answers),
        len(record.items),
        len(record.failed()),
        record.ready_at,
    )


def checks_of(meeting) -> list[Check]:
    """Return the checks of *meeting*, in the order of its sites and rooms; asks for no right."""
    records = check_store().of_meeting(IUUID(meeting))
    order = {uid: number for number, uid in enumerate([*(meeting.sites or ()), *(meeting.rooms or ())])}
    records.sort(key=lambda one: order.get(one.place, len(order)))
    titles = place_titles(one.place for one in records)
    return [check_of(one, titles.get(one.place, "–")) for one in records]


def due_for(meeting) -> datetime | None:
    """Return when the checks of *meeting* are due, None if it has no time or no place to check.

    Those that were ordered are asked first: what was ordered late is due later (NT-6.4).
    """
    if meeting.start is None:
        return None
    known = check_store().of_meeting(IUUID(meeting))
    if known:
        return max(one.due for one in known)
    return due_of(meeting) if places_of(meeting) else None


def checks_between(first: datetime, last: datetime, units=None) -> list[Check]:
    """Return the checks due in [first, last), earliest first, of these units (ids; None: all)."""
    store = check_store()
    records = store.between(store.by_due, first, last, units)
    titles = place_titles({one.place for one in records})
    return [check_of(one, titles.get(one.place, "–")) for one in records]


__all__ = ["PLANNED", "Check", "checks_between", "checks_of", "due_for", "rules"]

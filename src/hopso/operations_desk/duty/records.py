"""The duty roster: who is where during which meeting (NT-7.1.b, NT-7.2.c, NA-8.2/2, NT-13.2).

One store on the site, one small record a duty; a second tree finds the duties
of a person by time, so that nobody is at two places without a word.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.operations_desk.checks.records import AFTER
from hopso.operations_desk.checks.records import BETWEEN
from hopso.operations_desk.checks.records import moment_key
from hopso.organisation.vocabularies import simple
from persistent import Persistent
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.duty"
OPERATOR, OFFICER, TECHNICIAN, PROVIDER = "operator", "officer", "technician", "provider"
DutyRoles = simple(
    (OPERATOR, _("Operator at the centre")),
    (OFFICER, _("Officer of the unit")),
    (TECHNICIAN, _("Technician of the site")),
    (PROVIDER, _("Technician of the provider")),
)


@dataclass(frozen=True)
class Duty:
    """Somebody on duty at a place; moments are UTC, begins and ends those of the meeting unless stated.

    user_id: empty for people without an account (of the provider, mostly): then name and phone
    say who it is.  present_at, present_by: when and by whom the presence was confirmed.
    replaced: id of the duty that took its place; whole: for the whole meeting, whenever that is.
    """

    id: str
    meeting: str
    place: str
    role: str
    begins: datetime
    ends: datetime
    user_id: str = ""
    name: str = ""
    phone: str = ""
    given_by: str = ""
    given_at: datetime | None = None
    present_at: datetime | None = None
    present_by: str = ""
    ended_at: datetime | None = None
    reason: str = ""
    replaced: str = ""
    whole: bool = True

    @property
    def current(self) -> bool:
        """Whether it was neither taken back nor given to somebody else."""
        return self.ended_at is None


class DutyStore(Persistent):
    """All duties of the site."""

    def __init__(self):
        self.duties = OOBTree()  # meeting, id -> Duty
        self.by_person = OOBTree()  # user id, begin, meeting, id -> True

    def of_meeting(self, uid: str) -> list[Duty]:
        """Return the duties of a meeting, those that ended too, in the order in which they were given."""
        return list(self.duties.values(f"{uid}{BETWEEN}", f"{uid}{AFTER}", excludemax=True))

    def get(self, uid: str, duty_id: str) -> Duty | None:
        """Return one duty of a meeting."""
        return self.duties.get(f"{uid}{BETWEEN}{duty_id}")

    def put(self, duty: Duty) -> Duty:
        """Keep a duty, new or changed."""
        former = self.get(duty.meeting, duty.id)
        if former is not None and former.user_id:
            self.by_person.pop(_person_key(former), None)
        self.duties[f"{duty.meeting}{BETWEEN}{duty.id}"] = duty
        if duty.user_id and duty.current:
            self.by_person[_person_key(duty)] = True
        return duty

    def drop(self, duty: Duty) -> None:
        """Take a duty away; for meetings that are gone."""
        self.by_person.pop(_person_key(duty), None)
        self.duties.pop(f"{duty.meeting}{BETWEEN}{duty.id}", None)

    def of_person(
        self, user_id: str, first: datetime | None = None, last: datetime | None = None
    ) -> list[Duty]:
        """Return the current duties of a person that begin in [first, last), earliest first."""
        low = f"{user_id}{BETWEEN}{moment_key(first) if first else ''}"
        high = f"{user_id}{BETWEEN}{moment_key(last)}" if last else f"{user_id}{AFTER}"
        found = []
        for key in self.by_person.keys(low, high, excludemax=True):
            _user, _begin, meeting, duty_id = key.split(BETWEEN)
            found.append(self.get(meeting, duty_id))
        return found


def _person_key(duty: Duty) -> str:
    return BETWEEN.join((duty.user_id, moment_key(duty.begins), duty.meeting, duty.id))


def new_id(moment: datetime) -> str:
    """Return an id that sorts by the time at which it was given."""
    return f"{moment.timestamp():017.3f}-{token_hex(4)}"


def ensure_store(portal) -> DutyStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = DutyStore()
    return annotations[KEY]


def duty_store() -> DutyStore:
    """Return the store of the present site."""
    return IAnnotations(api.portal.get())[KEY]


def on_duty(meeting, place: str, user_id: str) -> bool:
    """Tell whether a person is on duty at a place of *meeting*."""
    return bool(user_id) and any(
        one.current and one.place == place and one.user_id == user_id
        for one in duty_store().of_meeting(IUUID(meeting))
    )


def people_on_duty(meeting) -> set[str]:
    """Return the user ids of those on duty for *meeting*."""
    store, uid = IAnnotations(api.portal.get()).get(KEY), IUUID(meeting, "")
    if store is None or not uid:
        return set()
    return {one.user_id for one in store.of_meeting(uid) if one.current and one.user_id}

"""Requests for help, and what members of a meeting need; one store on the site, one small record each."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.operations_desk.checks.records import AFTER
from hopso.operations_desk.checks.records import BETWEEN
from hopso.organisation.vocabularies import simple
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.desk.help"
ASKED, IN_HAND, SOLVED = "asked", "in_hand", "solved"
OPEN_NEED, MET = "open", "met"
HelpTopics = simple(
    ("access", _("I cannot get in")),
    ("document", _("A document does not open")),
    ("speak", _("Speaking, voting, opinions")),
    ("sound", _("I hear nothing or am not heard")),
    ("picture", _("I see nothing or am not seen")),
    ("device", _("My device")),
    ("guidance", _("How is it done?")),
    ("other", _("Something else")),
)
WaysToMeet = simple(
    ("loan", _("Device on loan")),
    ("guest", _("Access as a guest")),
    ("account", _("Account made")),
    ("other", _("In another way")),
)


@dataclass(frozen=True)
class HelpRequest:
    """Somebody asks for help; moments are UTC.

    meeting: UID, empty outside of meetings; unit: id of the unit that helps; due: when an
    answer is wanted, None where nothing is regulated.
    """

    id: str
    meeting: str
    unit: str
    topic: str
    text: str
    asker: str
    asked_at: datetime
    seat: str = ""
    due: datetime | None = None
    taken_at: datetime | None = None
    taken_by: str = ""
    solved_at: datetime | None = None
    solved_by: str = ""
    answer: str = ""

    @property
    def state(self) -> str:
        """ASKED, IN_HAND or SOLVED."""
        if self.solved_at is not None:
            return SOLVED
        return IN_HAND if self.taken_at is not None else ASKED

    @property
    def first_answer(self) -> datetime | None:
        """When somebody took it in hand, or solved it at once."""
        return self.taken_at or self.solved_at


@dataclass(frozen=True)
class Need:
    """What an invited person lacks: a device, an account (BD-8.2/2); moments are UTC.

    late: told after the time of the policy; how: one of WaysToMeet; lent: UID of a device.
    """

    meeting: str
    user_id: str
    device: bool
    account: bool
    note: str
    told_at: datetime
    late: bool = False
    met_at: datetime | None = None
    met_by: str = ""
    how: str = ""
    answer: str = ""
    lent: str = ""

    @property
    def state(self) -> str:
        """OPEN_NEED or MET."""
        return MET if self.met_at is not None else OPEN_NEED


class HelpStore(Persistent):
    """All requests and needs of the site."""

    def __init__(self):
        self.requests = OOBTree()  # unit, id -> HelpRequest
        self.by_meeting = OOBTree()  # meeting, id -> unit
        self.open = OOBTree()  # unit, id -> True
        self.needs = OOBTree()  # meeting, user id -> Need

    def get(self, meeting: str, request_id: str) -> HelpRequest | None:
        """Return a request of a meeting."""
        unit = self.by_meeting.get(f"{meeting}{BETWEEN}{request_id}")
        return self.requests.get(f"{unit}{BETWEEN}{request_id}") if unit is not None else None

    def put(self, one: HelpRequest) -> HelpRequest:
        """Keep a request, new or changed."""
        key = f"{one.unit}{BETWEEN}{one.id}"
        self.requests[key] = one
        of_meeting = f"{one.meeting}{BETWEEN}{one.id}"
        if of_meeting not in self.by_meeting:
            self.by_meeting[of_meeting] = one.unit
        if one.state == SOLVED:
            self.open.pop(key, None)
        elif key not in self.open:
            self.open[key] = True
        return one

    def of_meeting(self, uid: str) -> list[HelpRequest]:
        """Return the requests of a meeting, earliest first."""
        found = self.by_meeting.items(f"{uid}{BETWEEN}", f"{uid}{AFTER}", excludemax=True)
        return [self.requests[f"{unit}{BETWEEN}{key.partition(BETWEEN)[2]}"] for key, unit in found]

    def of_unit(self, unit: str) -> list[HelpRequest]:
        """Return the requests to a unit, earliest first."""
        return list(self.requests.values(f"{unit}{BETWEEN}", f"{unit}{AFTER}", excludemax=True))

    def open_of_unit(self, unit: str) -> list[HelpRequest]:
        """Return the open requests to a unit, earliest first."""
        keys = self.open.keys(f"{unit}{BETWEEN}", f"{unit}{AFTER}", excludemax=True)
        return [self.requests[key] for key in keys]

    def needs_of(self, uid: str) -> list[Need]:
        """Return what the members of a meeting need, earliest first."""
        found = self.needs.values(f"{uid}{BETWEEN}", f"{uid}{AFTER}", excludemax=True)
        return sorted(found, key=lambda one: one.told_at)

    def need(self, uid: str, user_id: str) -> Need | None:
        """Return what a member needs."""
        return self.needs.get(f"{uid}{BETWEEN}{user_id}")

    def put_need(self, need: Need) -> Need:
        """Keep a need, new or changed."""
        self.needs[f"{need.meeting}{BETWEEN}{need.user_id}"] = need
        return need

    def drop_need(self, need: Need) -> None:
        """Take a need back."""
        self.needs.pop(f"{need.meeting}{BETWEEN}{need.user_id}", None)


def new_id(moment: datetime) -> str:
    """Return an id that sorts by time."""
    return f"{moment.timestamp():017.3f}-{token_hex(4)}"


def ensure_store(portal) -> HelpStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = HelpStore()
    return annotations[KEY]


def help_store() -> HelpStore:
    """Return the store of the present site."""
    return IAnnotations(api.portal.get())[KEY]

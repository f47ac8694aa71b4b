"""The record of every account: one persistent object a person, no shared one.

A login, a new password or a wrong code writes the record of that person (or
nothing at all), so thousands of people who log in at eight o'clock do not meet.
Passwords themselves stay with Plone's ``source_users``; names and addresses
with its member properties.

An account is never deleted (BD-4.3.b): records of meetings name its user id
for as long as they are kept.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.accounts"
ACTIVE, DISABLED = "active", "disabled"
# BD-2.2 and BD-2.3: who takes part; the titles are in ``vocabularies.py``.
GUEST = "guest"
EMPLOYMENT_KINDS = ("cadre", "civil_servant", "public_employee", "worker", GUEST)
# BD-4.3.a and b: what a personnel decision can be about.
EVENTS = (
    "recruitment",
    "appointment",
    "rotation",
    "transfer",
    "change",
    "retirement",
    "leave",
    "return",
    "other",
)


@dataclass(frozen=True)
class PersonnelEvent:
    """What a decision changed of an account; dates are days in Viet Nam, ``recorded_at`` is UTC.

    kind: one of EVENTS; decision, decided_on: number and date of the decision;
    effective_on: from when it holds; from_unit, to_unit: unit ids or "";
    recorded_by: user id.
    """

    kind: str
    decision: str
    decided_on: date | None
    effective_on: date | None
    recorded_at: datetime
    recorded_by: str
    from_unit: str = ""
    to_unit: str = ""
    note: str = ""


class Account(Persistent):
    """What the house knows of an account besides its name; datetimes are UTC or None.

    status: ACTIVE or DISABLED; unit: id of the home unit, whose administrators keep
    the account; employment_kind: one of EMPLOYMENT_KINDS; phone: for urgent calls.
    password_set_at: when the password was set; password_by_other: it was set by
    somebody else and must be changed at the first login; former_passwords:
    hashes, the latest first; order: reference of the order to change it, "" if none.
    otp_secret: of the one-time codes ("" before enrolment), otp_since: when they were
    switched on, otp_step: number of the last time step used (no code counts twice),
    recovery: hashes of the recovery codes left.
    terms_version, terms_at: what terms were accepted, and when.
    invitation: digest of the key in the last link for choosing a password, invitation_until: how
    long it opens; "" and None when it was used.
    expires_at, organisation: guests only; meetings: UIDs of the meetings of a guest.
    leaves_on: the day in Viet Nam from which a leaver has no account any more.
    events: PersonnelEvent, the oldest first.
    """

    status = ACTIVE
    unit = ""
    employment_kind = "civil_servant"
    phone = ""
    created_at: datetime | None = None
    created_by = ""
    disabled_at: datetime | None = None
    disabled_by = ""
    disabled_reason = ""
    password_set_at: datetime | None = None
    password_by_other = False
    former_passwords: tuple = ()
    order = ""
    ordered_at: datetime | None = None
    otp_secret = ""
    otp_since: datetime | None = None
    otp_step = 0
    recovery: tuple = ()
    invitation = ""
    invitation_until: datetime | None = None
    terms_version = ""
    terms_at: datetime | None = None
    expires_at: datetime | None = None
    meetings: tuple = ()
    organisation = ""
    directory = ""  # key of the person in a directory whose account this is (hopso.accounts.directory)
    leaves_on: date | None = None
    erased_at: datetime | None = None  # guests: when address, telephone and photo were erased (BD-5.3)
    events: tuple = ()
    assignment_document = ""  # BD-4.2/2: number of the paper that names who keeps an administrator's account

    def __init__(self, user_id: str, **fields):
        self.user_id = user_id
        for name, value in fields.items():
            if not hasattr(type(self), name):
                raise TypeError(f"an account has no {name!r}")
            setattr(self, name, value)

    def active(self, moment: datetime | None = None) -> bool:
        """Tell whether the account may be used at *moment* (aware; default: now)."""
        if self.status != ACTIVE:
            return False
        return self.expires_at is None or (moment or now()) < self.expires_at


class AccountStore(Persistent):
    """All accounts of the site."""

    def __init__(self):
        self.by_id = OOBTree()  # user id -> Account
        self.by_unit = OOBTree()  # home unit id -> OOTreeSet of user ids
        self.first_admins = OOBTree()  # unit id -> user id of its first administrator (BD-4.2/1)
        # Who is offered nowhere for new parts (closed accounts, guests): lists read this instead of every account.
        self.not_offered = OOTreeSet()

    def get(self, user_id: str) -> Account | None:
        """Return the record of a person, None for accounts outside of the house (Zope's own)."""
        return self.by_id.get(user_id) if user_id else None

    def add(self, account: Account) -> Account:
        """Keep a new record.  Raises KeyError if there is one for this person already."""
        if not self.by_id.insert(account.user_id, account):
            raise KeyError(account.user_id)
        self._list(account)
        self.note(account)
        return account

    def note(self, account: Account) -> None:
        """Keep in mind whether an account may be offered for new parts; call it when its state changed."""
        if account.status != ACTIVE or account.employment_kind == GUEST:
            self.not_offered.insert(account.user_id)
        elif account.user_id in self.not_offered:
            self.not_offered.remove(account.user_id)

    def move(self, account: Account, unit_id: str) -> None:
        """Change the home unit of an account."""
        members = self.by_unit.get(account.unit)
        if members is not None and account.user_id in members:
            members.remove(account.user_id)
        account.unit = unit_id
        self._list(account)

    def of_unit(self, unit_id: str) -> list[Account]:
        """Return the accounts whose home is a unit (not those of units below), by user id."""
        return [self.by_id[user_id] for user_id in self.by_unit.get(unit_id, ())]

    def _list(self, account):
        if not account.unit:
            return
        if account.unit not in self.by_unit:
            self.by_unit[account.unit] = OOTreeSet()
        self.by_unit[account.unit].insert(account.user_id)


def account_store() -> AccountStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> AccountStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = AccountStore()
    return annotations[KEY]


def account_of(user_id: str) -> Account | None:
    """Return the record of a person, None for accounts outside of the house (Zope's own)."""
    store = IAnnotations(api.portal.get()).get(KEY)
    return None if store is None else store.get(user_id)


def is_active(user_id: str, moment: datetime | None = None) -> bool:
    """Tell whether a person's account may be used; accounts without a record may."""
    account = account_of(user_id)
    return account is None or account.active(moment)


def is_guest(user_id: str) -> bool:
    """Tell whether a person is from outside of the organisation (BD-2.3)."""
    account = account_of(user_id)
    return account is not None and account.employment_kind == "guest"

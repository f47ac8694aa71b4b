"""The people of a site: appointed, reached, relieved by their own unit; nobody is taken out of the record.

Each change tells the registrars, the operator and the people of the site
(NT-12.2, TQ-P7/2) and says that somebody new is to be trained (HN-R/3.2).
"""

from dataclasses import replace
from datetime import datetime
from datetime import time
from secrets import token_hex

from hopso import _
from hopso.accounts.records import account_of
from hopso.accounts.records import is_guest
from hopso.core import errors
from hopso.core.moments import LOCAL
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.sites import parameters
from hopso.inventory.sites.api import unit_id_of
from hopso.inventory.sites.content import ISite
from hopso.inventory.sites.records import count_days
from hopso.inventory.sites.records import days_without
from hopso.inventory.sites.records import StaffChanged
from hopso.inventory.sites.records import StaffRecord
from hopso.inventory.sites.records import TECHNICIAN
from hopso.inventory.sites.store import sites_store
from hopso.organisation.assignments import Assignment
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.organisation.tree import above
from hopso.organisation.tree import all_units
from hopso.organisation.tree import below
from hopso.organisation.tree import today
from hopso.policy.register import rule
from plone import api
from plone.uuid.interfaces import IUUID
from zope.event import notify


SERVES = "technicians"
MANAGE = "hopso: Manage inventory"


def _me() -> str:
    return api.user.get_current().getId() or "system"


def _wrong(**bad) -> errors.Invalid:
    return errors.Invalid(_("Please check what you entered."), errors=bad)


def record_of(site, record_id: str) -> StaffRecord:
    """Return a record of the site.  Raises Invalid if there is none."""
    found = dict(sites_store().staff_of(IUUID(site))).get(record_id)
    if found is None:
        raise _wrong(record=_("There is no such record at this site."))
    return found


def history_of(site) -> list[tuple[str, StaffRecord]]:
    """Return every record of the site, the latest first."""
    found = sites_store().staff_of(IUUID(site))
    return sorted(found, key=lambda pair: (pair[1].since, pair[0]), reverse=True)


def gaps_of(site, role: str, last=None) -> list:
    """Return the spans of days without anybody in *role*, from the first day of the site to *last* (today).

    A site that was entered after its first person in the role counts from that one on.
    """
    records = [one for _id, one in sites_store().staff_of(IUUID(site)) if one.role == role]
    last = last or today()
    first = min([local(site.created().asdatetime()).date(), *(one.since for one in records)])
    return days_without(records, role, first, last)


def days_unstaffed(site, role: str) -> int:
    """Return how many days nobody held *role* at the site so far (HN-R/3.2)."""
    return count_days(gaps_of(site, role))


def _belongs(user_id: str, unit_id: str) -> bool:
    """Tell whether a person works in the unit, or in one above or below it."""
    units = all_units()
    near = {unit_id, *above(units, unit_id), *below(units, unit_id)}
    return any(one.unit in near for one in functions_of(user_id))


def may_serve(site, user_id: str) -> bool:
    """Tell whether a person can look after the site: an open account, no guest's, in a unit near the site's."""
    account = account_of(user_id)
    if is_guest(user_id) or (account is not None and not account.active()):
        return False
    return _belongs(user_id, unit_id_of(site))


def check_person(site, user_id: str) -> None:
    """Raise Invalid for who cannot look after the site: guests, closed accounts, people of other units."""
    account = account_of(user_id)
    if is_guest(user_id) or (account is not None and not account.active()):
        raise _wrong(user=_("This account is closed or a guest's."))
    if not _belongs(user_id, unit_id_of(site)):
        raise _wrong(user=_("This person holds no function in the unit of the site."))


@operation(
    "site.appoint", ISite, title=_("Appoint"), permission=MANAGE, states=("in_use",),
    schema=parameters.IAppointment, order=40,
    help=_("The registrars, the unit that runs the system and the people of the site are told."),
)  # fmt: skip
@rule("NT-12.2", "TQ-P7/2", "HN-R/3.2")
def appoint(site, user, role, since=None, phone=None, email=None, replaces=""):
    """Let *user* look after the site from *since* on; who is replaced leaves that day."""
    put_to_work(site, user, role, since or today(), phone or "", email or "", replaces)


def put_to_work(site, user, role, since, phone="", email="", replaces="") -> None:
    """Do what ``appoint`` does.  Checks no right; raises Invalid."""
    check_person(site, user)
    uid, store = IUUID(site), sites_store()
    if any(
        (one.user_id, one.role) == (user, role) and (one.until is None or one.until > since)
        for _id, one in store.staff_of(uid)
    ):
        raise _wrong(user=_("This person holds the role already."))
    relieved = ""
    if replaces:
        former = record_of(site, replaces)
        if former.role != role or former.until is not None:
            raise _wrong(replaces=_("Only who holds the same role now can be replaced."))
        relieved = former.user_id
        store.put_staff(uid, replaces, ended(former, max(former.since, since), ""))
    if role == TECHNICIAN:
        _let_serve(unit_id_of(site), user, since)
    record_id = f"{now().timestamp():017.3f}-{token_hex(4)}"
    store.put_staff(
        uid,
        record_id,
        StaffRecord(user, role, since, None, phone, email, changed_at=now(), changed_by=_me()),
    )
    notify(StaffChanged(uid, unit_id_of(site), role, since, appointed=user, relieved=relieved))


def _let_serve(unit_id, user_id, since) -> None:
    """Give a technician the function with which the unit's meetings are served, if she has it not yet."""
    store = assignment_store()
    held = [one for one in store.history_of(user_id) if (one.unit, one.function) == (unit_id, SERVES)]
    if not any(one.until is None for one in held):
        since = datetime.combine(since, time(), tzinfo=LOCAL) if since > today() else now()
        store.assign(user_id, Assignment(unit_id, SERVES, since=since))


def ended(record, until, reason):
    """Return a record that ends with the day *until*."""
    return replace(record, until=until, reason=reason, changed_at=now(), changed_by=_me())


@operation(
    "site.relieve", ISite, title=_("Relieve"), permission=MANAGE, schema=parameters.ILeave, order=45,
    help=_("The record stays; the days without anybody are counted."),
)  # fmt: skip
@rule("HN-R/3.2")
def relieve(site, record, reason, until=None):
    """End the work of somebody at the site: from the day *until* on somebody else is needed."""
    found, until = record_of(site, record), until or today()
    if found.until is not None:
        raise errors.WrongState(_("This person does not look after the site any more."))
    if until < found.since:
        raise _wrong(until=_("This day lies before the first one."))
    sites_store().put_staff(IUUID(site), record, ended(found, until, reason))
    notify(
        StaffChanged(IUUID(site), unit_id_of(site), found.role, until, relieved=found.user_id, reason=reason)
    )


@operation(
    "site.reach", ISite, title=_("Change telephone and e-mail"), permission=MANAGE,
    schema=parameters.IContactOfStaff, order=46,
)  # fmt: skip
def reach(site, record, phone="", email=""):
    """Change how somebody is reached; empty: as the account says."""
    found = record_of(site, record)
    if found.until is not None and found.until <= today():
        raise errors.WrongState(_("This person does not look after the site any more."))
    kept = replace(found, phone=phone or "", email=email or "", changed_at=now(), changed_by=_me())
    sites_store().put_staff(IUUID(site), record, kept)
    notify(StaffChanged(IUUID(site), unit_id_of(site), found.role, today(), reason="contact"))

"""Are the data of a unit still right?  Its administrators say so, every so often (BD-12.2.d)."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from hopso import _
from hopso.accounts.records import account_store
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.assignments import assignment_store
from hopso.organisation.content import BadAddress
from hopso.organisation.content import is_address
from hopso.organisation.content import IUnit
from hopso.organisation.records import Confirmation
from hopso.organisation.records import organisation_store
from hopso.organisation.tree import above
from hopso.organisation.tree import all_units
from hopso.organisation.tree import is_closed
from hopso.organisation.tree import today
from hopso.organisation.tree import UnitFacts
from hopso.policy.api import current_policy
from zope import schema
from zope.event import notify
from zope.interface import Interface
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


PERMISSION = "hopso: Maintain unit"
# Who of a unit is reminded; units inside of others are confirmed by those who administer them, if any do.
CONFIRMING = "admins"


@dataclass(frozen=True)
class Due:
    """A unit and when its data were last confirmed (a day, None: never) and are to be again."""

    unit: UnitFacts
    last: date | None
    due: date
    by: str = ""

    @property
    def title(self) -> str:
        """Name of the unit."""
        return self.unit.title

    @property
    def address(self) -> str:
        """Path of the unit below the site."""
        return "/".join(self.unit.path.split("/")[2:])

    def overdue(self, day: date) -> bool:
        """Tell whether the day by which it was to be confirmed is over."""
        return self.due < day

    def about(self):
        """Return the line of facts for lists."""
        if self.last is None:
            return _("never confirmed, due on ${due}", mapping={"due": f"{self.due:%d/%m/%Y}"})
        return _(
            "confirmed on ${last}, due on ${due}",
            mapping={"last": f"{self.last:%d/%m/%Y}", "due": f"{self.due:%d/%m/%Y}"},
        )


def tag_of(due: Due, day: date) -> tuple[str, object]:
    """Return class and word of the tag of a unit: overdue, to be confirmed now, or in time."""
    if due.overdue(day):
        return "hs-tag--bad", _("overdue")
    return ("hs-tag--warn", _("to be confirmed")) if due.due == day else ("hs-tag--good", _("in time"))


def due_on(last: date | None, begun: date | None, days: int, day: date) -> date:
    """Return the day by which data last confirmed on *last* are confirmed again.

    A unit that was never confirmed has as long from the day of its beginning
    *begun*; without one it is due now, on *day*.
    """
    start = last or begun
    return start + timedelta(days=days) if start is not None else day


def due_list(units=None) -> list[Due]:
    """Return all living units that have administrators of their own, the most overdue first; empty if never."""
    days = current_policy().unit_confirmation_days
    if not days:
        return []
    units = all_units() if units is None else units
    confirmed, assignments = organisation_store().confirmations, assignment_store()
    found, day = [], today()
    for one in units.values():
        if one.closed() or not assignments.of_unit(one.id, CONFIRMING):
            continue
        kept = confirmed.get(one.id)
        last = local(kept.at).date() if kept is not None else None
        found.append(Due(one, last, due_on(last, one.valid_from, days, day), kept.by if kept else ""))
    return sorted(found, key=lambda one: (one.due, one.unit.title))


def units_to_confirm(unit_ids) -> list[Due]:
    """Return those of *unit_ids* (administered by the present user) whose data are due to be confirmed."""
    if not unit_ids:
        return []
    day = today()
    units = {key: one for key, one in all_units().items() if key in unit_ids}
    return [one for one in due_list(units) if one.due <= day]


def reach(unit_id: str) -> set[str]:
    """Return the ids of a unit and of all below it."""
    units = all_units()
    return {unit_id, *(key for key in units if unit_id in above(units, key))}


def confirmation_of(unit) -> Confirmation | None:
    """Return the last confirmation of a unit, None if there is none."""
    return organisation_store().confirmations.get(unit.getId())


def to_look_at(unit) -> dict:
    """Return what is to be confirmed: head (user id), contact, number of accounts, functions by user id."""
    functions: dict[str, list] = {}
    for user_id, one in assignment_store().of_unit(unit.getId()):
        functions.setdefault(user_id, []).append(one)
    accounts = [one for one in account_store().of_unit(unit.getId()) if one.active()]
    return {
        "head": unit.head or "",
        "contact": {name: getattr(unit, name) or "" for name in CONTACT},
        "accounts": len(accounts),
        "functions": functions,
    }


CONTACT = ("address", "telephone", "email", "official_email", "contact")


class IConfirm(Interface):
    """What the administrator has to say about it."""

    note = schema.TextLine(title=_("Remark"), required=False, max_length=250)


class IContact(Interface):
    """Head and ways of contact: what unit administrators keep themselves."""

    head = schema.Choice(title=_("Head of unit"), vocabulary="hopso.People", required=False)
    address = schema.TextLine(title=_("Address"), required=False, max_length=250)
    telephone = schema.TextLine(title=_("Telephone"), required=False, max_length=60)
    email = schema.TextLine(title=_("E-mail"), required=False, max_length=120)
    official_email = schema.TextLine(title=_("Official e-mail"), required=False, max_length=120)
    contact = schema.Text(title=_("Other ways of contact"), required=False, max_length=2000)


def alive(unit) -> bool:
    """Tell whether a unit still exists."""
    return not is_closed(unit)


def _living(unit):
    if is_closed(unit):
        raise errors.WrongState(_("The unit is closed."))


@operation(
    "unit.confirm",
    IUnit,
    title=_("Confirm the data"),
    permission=PERMISSION,
    schema=IConfirm,
    when=alive,
    order=10,
    help=_("Head, ways of contact, people and functions are right as they stand here."),
)
def confirm(unit, note=None):
    """Record that the data of a unit were looked at and are right."""
    _living(unit)
    organisation_store().confirmations[unit.getId()] = Confirmation(now(), current_user_id(), note or "")


@operation(
    "unit.update_contact",
    IUnit,
    title=_("Update head and contact"),
    permission=PERMISSION,
    schema=IContact,
    when=alive,
    order=11,
)
def update_contact(unit, **values):
    """Change head and ways of contact; parameters that are left out are emptied."""
    _living(unit)
    bad = {}
    for name in ("email", "official_email"):
        try:
            is_address(values[name])
        except BadAddress as error:
            bad[name] = error.doc()
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    changed = [name for name, value in values.items() if (getattr(unit, name) or None) != value]
    for name in changed:
        setattr(unit, name, values[name])
    if changed:
        notify(ObjectModifiedEvent(unit, Attributes(IUnit, *changed)))


def administrators(unit_id: str) -> list[str]:
    """Return who is reminded about a unit."""
    return [user_id for user_id, _one in assignment_store().of_unit(unit_id, CONFIRMING)]


def remind() -> int:
    """Ask for mails to the administrators of units that are due, one a cycle; return how many were asked for."""
    from hopso.notifications.jobs import SEND
    from hopso.organisation.tree import find_unit
    from hopso.tasks.queue import enqueue_after_commit
    from plone.uuid.interfaces import IUUID

    asked, day = 0, today()
    for one in due_list():
        if one.due > day:
            break
        unit = find_unit(one.unit.id)
        stamp = one.due.isoformat() if one.last or one.unit.valid_from else "first"
        for user_id in administrators(one.unit.id):
            # The log of notices knows the stamp: nobody is told twice about the same day.
            enqueue_after_commit(
                SEND, kind="unit_to_confirm", uid=IUUID(unit), recipient=user_id, stamp=stamp
            )
            asked += 1
    return asked

"""Who answers for a device: its owner, its custodian, where it stands, to whom it is lent.

Moving and lending need somebody who allowed it, a document and a purpose within
the function of the system (NA-3.4, NT-6.1); any other use is refused.
"""

from datetime import date

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.content import IDevice
from hopso.inventory.devices import parameters
from hopso.inventory.devices.life import inspected
from hopso.inventory.devices.life import LIVING
from hopso.inventory.devices.life import MANAGE
from hopso.inventory.devices.life import not_to_come
from hopso.inventory.devices.rules import device_purpose
from hopso.inventory.devices.story import keep
from hopso.organisation.assignments import assignment_store
from hopso.organisation.place import unit_of
from hopso.policy.api import current_policy
from hopso.policy.register import rule


ALLOWING = ("leaders", "admins")


def purposeful(device, **params) -> list:
    """Return what the rules say against moving or lending the device for this purpose."""
    return device_purpose(bool(params.get("within_function")), current_policy().rule_sets)


def _lendable(device, **params) -> list:
    return [*purposeful(device, **params), *inspected(device)]


def may_allow(device, user_id: str) -> bool:
    """Tell whether a person may allow to move or lend: a leader or administrator of its unit or one above."""
    store, unit = assignment_store(), unit_of(device)
    while unit is not None:
        if any(one == user_id for one, _held in store.of_unit(unit.getId(), *ALLOWING)):
            return True
        unit = unit_of(unit.__parent__)
    return False


def _check_allowed(device, user_id):
    if not may_allow(device, user_id):
        message = _("Only a leader or an administrator of the unit that has the device may allow this.")
        raise errors.Invalid(_("Please check what you entered."), errors={"authorised_by": message})


@operation(
    "device.register_asset", IDevice, title=_("Enter owner and asset number"), permission=MANAGE,
    states=LIVING, schema=parameters.IAsset, order=60,
)  # fmt: skip
@rule("HN-5.7", "HN-R/4.2", "NA-6.1", "NT-12.1")
def register_asset(device, **values):
    """Keep to whom the device belongs and under which number it stands in the books."""
    before = {name: getattr(device, name, None) for name in values}
    after = {name: value for name, value in values.items() if value != before[name]}
    if not after:
        raise errors.Invalid(_("Nothing was changed."))
    for name, value in after.items():
        setattr(device, name, value)
    keep(device, "register_asset", "", {name: before[name] for name in after}, after)
    device.reindexObject()


@operation(
    "device.hand_over", IDevice, title=_("Hand over"), permission=MANAGE,
    states=("new", "in_use", "awaiting_inspection"), schema=parameters.IHandover, order=50,
    help=_("A record is made that both sides sign."),
)  # fmt: skip
@rule("NA-6.1", "NT-12.1")
def hand_over(device, *, to_unit, to_person, on, document, condition, accessories):
    """Give the device into the care of a unit and a person; return the device.

    The device stays in the books of its unit; custody and the record of it change.
    """
    not_to_come("on", on)
    before = {"custodian": device.custodian, "custodian_unit": device.custodian_unit}
    after = {"custodian": to_person, "custodian_unit": to_unit}
    device.custodian, device.custodian_unit, device.condition = to_person, to_unit, condition
    keep(
        device, "hand_over", "", before, after,
        on=on, document=document, condition=condition, accessories=accessories,
    )  # fmt: skip
    device.reindexObject()
    return device


@operation(
    "device.move", IDevice, title=_("Move"), permission=MANAGE,
    states=("new", "in_use", "awaiting_inspection"), schema=parameters.IMove, check=purposeful, order=55,
)  # fmt: skip
def move(device, *, room, site, place, purpose, within_function, authorised_by, document):
    """Keep where the device stands from now on, and who allowed it (NA-3.4, NT-6.1)."""
    if not (room or site or place):
        message = _("Say where it is to stand: a room, a site or a place.")
        raise errors.Invalid(message, errors={"place": message})
    _check_allowed(device, authorised_by)
    before = {"room": device.room, "site": device.site, "place": device.place}
    after = {"room": room, "site": site, "place": place}
    device.room, device.site, device.place = room, site, place
    keep(device, "move", purpose, before, after, authorised_by=authorised_by, document=document)
    device.reindexObject()


@operation(
    "device.lend", IDevice, title=_("Lend"), permission=MANAGE, states=("in_use",),
    schema=parameters.ILoan, check=_lendable, order=45,
)  # fmt: skip
@rule("BD-8.2/3")
def lend(device, *, borrower, until, meeting, purpose, within_function, authorised_by, document):
    """Lend the device to a person until the end of a day (Viet Nam)."""
    if until < local(now()).date():
        message = _("This day is over.")
        raise errors.Invalid(_("Please check what you entered."), errors={"until": message})
    if device.condition == "broken":
        message = _("The device is broken.")
        raise errors.Invalid(message, errors={"borrower": message})
    _check_allowed(device, authorised_by)
    transition(device, "lend", purpose)
    device.borrower, device.due_on, device.loan_meeting = borrower, until, meeting
    keep(
        device, "lend", purpose,
        borrower=borrower, until=until, meeting=meeting, authorised_by=authorised_by, document=document,
    )  # fmt: skip
    device.reindexObject()


@operation(
    "device.take_back", IDevice, title=_("Take back"), permission=MANAGE, states=("lent",),
    schema=parameters.IReturn, order=5, primary=True,
)  # fmt: skip
def take_back(device, *, condition, note):
    """Take a lent device back, in the condition in which it came."""
    borrower, until = device.borrower, device.due_on
    transition(device, "take_back", note)
    device.borrower, device.due_on, device.loan_meeting, device.condition = None, None, "", condition
    keep(device, "take_back", note, borrower=borrower, until=until, condition=condition)
    device.reindexObject()


def overdue(state: str, due_on: date | None, today: date) -> bool:
    """Tell whether a device should have come back: its last day *due_on* is over."""
    return state in ("lent", "in_repair") and due_on is not None and due_on < today

"""The life of a device: new, used, repaired, upgraded, inspected, taken out of use.

Where the policy asks for it, a device that is new, repaired or upgraded waits
until it has passed a security inspection (HN-R/5); elsewhere it is used at once.
"""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.operation import transition
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.content import IDevice
from hopso.inventory.devices import parameters
from hopso.inventory.devices.rules import security_inspection
from hopso.inventory.devices.story import keep
from hopso.organisation.content import IUnit
from hopso.organisation.place import device_folder
from hopso.policy.api import current_policy
from hopso.policy.register import rule
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent


CONFIGURE = "hopso: Configure device"
MANAGE = "hopso: Manage inventory"
REPORT = "hopso: Report incident"
FIELDS = ("title", "kind", "serial", "asset_number", "owned_by", "custodian", "for_loan", "configuration")
LIVING = ("new", "in_use", "lent", "in_repair", "awaiting_inspection")


def inspected(device, **_params) -> list:
    """Return what the rules say against using the device now."""
    required = current_policy().device_inspection_required
    return security_inspection(bool(device.inspection_passed), device.inspected_on, required)


def not_to_come(name: str, day) -> None:
    """Raise Invalid if a day that was lies ahead."""
    if day is not None and day > local(now()).date():
        message = _("This day is still to come.")
        raise errors.Invalid(_("Please check what you entered."), errors={name: message})


def _use_unless_inspected(device, comment: str) -> None:
    """Put a device to use at once where no inspection is asked for."""
    if not inspected(device):
        transition(device, "put_to_use", comment)


@operation(
    "device.add", IUnit, title=_("Add a device"), permission=CONFIGURE, schema=parameters.INewDevice, order=340,
)  # fmt: skip
def add_device(unit, **values):
    """Enter a device of *unit*, and return it; it is in use at once unless it must be inspected first."""
    device = addContentToContainer(
        device_folder(unit),
        createContent("Device", custodian_unit=unit.getId(), **values),
        checkConstraints=False,
    )
    keep(device, "add", "", {}, {name: values[name] for name in FIELDS if values.get(name)})
    _use_unless_inspected(device, "")
    device.reindexObject()
    return device


@operation(
    "device.put_to_use", IDevice, title=_("Put to use"), permission=CONFIGURE,
    states=("new", "awaiting_inspection"), check=inspected, order=5, primary=True,
)  # fmt: skip
def put_to_use(device):
    """Put a device to use, once it has passed its inspection where one is asked for (HN-R/5)."""
    transition(device, "put_to_use")
    keep(device, "put_to_use")
    device.reindexObject()


@operation(
    "device.inspect", IDevice, title=_("Enter a security inspection"), permission=MANAGE,
    states=("new", "awaiting_inspection", "in_use"), schema=parameters.IInspection, order=15,
    help=_("A device that is new, repaired or upgraded is inspected before it is used."),
)  # fmt: skip
def inspect(device, *, body, on, passed, document, note):
    """Keep the result of a security inspection; a device that failed is not used any more."""
    not_to_come("on", on)
    device.inspection_passed = passed == "passed"
    device.inspected_on, device.inspected_by, device.inspection_document = on, body, document
    if not device.inspection_passed and state_of(device) == "in_use":
        transition(device, "stop", note)
    keep(device, "inspect", note, body=body, on=on, result=passed, document=document)
    device.reindexObject()


def _forget_inspection(device) -> None:
    device.inspection_passed, device.inspected_on = False, None
    device.inspected_by = device.inspection_document = ""


@operation(
    "device.configure", IDevice, title=_("Change the configuration"), permission=CONFIGURE,
    states=("new", "in_use", "awaiting_inspection"), schema=parameters.IConfiguration, order=10,
    help=_("What it was before, who changed it, when and why is kept."),
)  # fmt: skip
@rule("BD-12.3.d/1")
def configure(device, reason, upgrade=False, **values):
    """Change what is kept about the device; before and after stay on record.

    An upgrade is inspected again before use, where devices are inspected (HN-R/5).
    """
    wanted = {name: value for name, value in values.items() if value not in (None, "")}
    after = {name: value for name, value in wanted.items() if value != getattr(device, name, None)}
    if not after:
        raise errors.Invalid(_("Nothing was changed."))
    before = {name: getattr(device, name, None) for name in after}
    for name, value in after.items():
        setattr(device, name, value)
    keep(device, "upgrade" if upgrade else "configure", reason, before, after)
    if upgrade:
        _forget_inspection(device)
        if state_of(device) == "in_use" and inspected(device):
            transition(device, "stop", reason)
    device.reindexObject()


@operation(
    "device.report_condition", IDevice, title=_("Report its condition"), permission=REPORT,
    states=LIVING, schema=parameters.ICondition, order=30,
)  # fmt: skip
def report_condition(device, *, condition, note):
    """Say in what condition the device is; whoever uses it may."""
    before, device.condition = device.condition, condition
    keep(device, "report_condition", note, {"condition": before}, {"condition": condition})
    device.reindexObject()


@operation(
    "device.send_to_repair", IDevice, title=_("Send to repair"), permission=CONFIGURE,
    states=("new", "in_use", "awaiting_inspection"), schema=parameters.IRepair, order=40,
)  # fmt: skip
def send_to_repair(device, *, where, fault, due_on, document):
    """Give the device away to be repaired."""
    transition(device, "send_to_repair", fault)
    device.condition, device.due_on = "broken", due_on
    keep(device, "send_to_repair", fault, where=where, due_on=due_on, document=document)
    device.reindexObject()


@operation(
    "device.back_from_repair", IDevice, title=_("Back from repair"), permission=CONFIGURE,
    states=("in_repair",), schema=parameters.IRepaired, order=5, primary=True,
    help=_("Where devices are inspected for security, it has to be inspected before it is used again."),
)  # fmt: skip
def back_from_repair(device, *, done, condition):
    """Take the device back; the earlier inspection holds no more (HN-R/5)."""
    device.condition, device.due_on = condition, None
    _forget_inspection(device)
    transition(device, "back_from_repair", done)
    keep(device, "back_from_repair", done, condition=condition)
    _use_unless_inspected(device, done)
    device.reindexObject()


@operation(
    "device.withdraw", IDevice, title=_("Take out of use"), permission=CONFIGURE,
    states=("new", "in_use", "in_repair", "awaiting_inspection"), schema=parameters.IWhy, order=80, danger=True,
)  # fmt: skip
def withdraw(device, reason):
    """Take the device out of use; its record stays."""
    before = state_of(device)
    transition(device, "withdraw", reason)
    keep(device, "withdraw", reason, {"state": before}, {"state": "withdrawn"})
    device.reindexObject()


@operation(
    "device.restore", IDevice, title=_("Use again"), permission=CONFIGURE,
    states=("withdrawn",), schema=parameters.IWhy, order=20,
)  # fmt: skip
def restore(device, reason):
    """Put the device to use again, after an inspection where one is asked for."""
    _forget_inspection(device)
    transition(device, "restore", reason)
    _use_unless_inspected(device, reason)
    keep(device, "restore", reason, {"state": "withdrawn"}, {"state": state_of(device)})
    device.reindexObject()

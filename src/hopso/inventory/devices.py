"""Hardware with which people use the system: what it is, who keeps it, what was changed of it when.

BD-12.3.d/1 forbids to change the configuration of such hardware at one's own
will: whoever may does it here, and what it was before is kept for good.
"""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.inventory.content import IDevice
from hopso.organisation.content import IUnit
from hopso.organisation.place import device_folder
from hopso.policy.register import rule
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


KEY = "hopso.inventory.changes"
CONFIGURE = "hopso: Configure device"
FIELDS = ("title", "kind", "serial", "custodian", "configuration")


@dataclass(frozen=True)
class Change:
    """One change of a device: who, when (UTC), why; before and after by the names of fields."""

    who: str
    when: datetime
    reason: str
    before: dict
    after: dict


class INewDevice(Interface):
    """A device that is put to use."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    kind = schema.Choice(title=_("Kind of device"), vocabulary="hopso.DeviceKinds", default="tablet")
    serial = schema.TextLine(title=_("Serial number"), max_length=100)
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    configuration = schema.Text(
        title=_("Configuration"),
        description=_("Operating system, programs, settings, accessories."),
        required=False,
        default="",
        max_length=10_000,
    )


class IConfiguration(Interface):
    """What is to be different from now on, and why; what is left empty stays."""

    title = schema.TextLine(title=_("Name"), required=False, max_length=250)
    serial = schema.TextLine(title=_("Serial number"), required=False, max_length=100)
    custodian = schema.Choice(title=_("Custodian"), vocabulary="hopso.People", required=False)
    configuration = schema.Text(title=_("Configuration"), required=False, max_length=10_000)
    reason = schema.TextLine(title=_("Reason for the change"), max_length=500)


class IWhy(Interface):
    """A reason that must be given."""

    reason = schema.TextLine(title=_("Reason"), max_length=500)


def changes_of(device) -> list[Change]:
    """Return the changes of a device, the latest first."""
    return list(reversed(IAnnotations(device).get(KEY, {}).values()))


def _keep(device, reason, before, after) -> None:
    kept = IAnnotations(device)
    if KEY not in kept:
        kept[KEY] = OOBTree()
    moment = now()
    who = api.user.get_current().getId() or "system"
    kept[KEY][f"{moment.timestamp():017.3f}-{token_hex(4)}"] = Change(who, moment, reason, before, after)


@operation(
    "device.add", IUnit, title=_("Add a device"), permission=CONFIGURE, schema=INewDevice, order=340,
)  # fmt: skip
def add_device(unit, **values):
    """Put a device of *unit* to use, and return it."""
    device = addContentToContainer(
        device_folder(unit), createContent("Device", **values), checkConstraints=False
    )
    _keep(device, "", {}, {name: values[name] for name in FIELDS if values.get(name)})
    return device


@operation(
    "device.configure", IDevice, title=_("Change the configuration"), permission=CONFIGURE,
    states=("in_use",), schema=IConfiguration, order=10, primary=True,
    help=_("What it was before, who changed it, when and why is kept."),
)  # fmt: skip
@rule("BD-12.3.d/1")
def configure(device, reason, **values):
    """Change what is kept about the device; before and after stay on record."""
    wanted = {name: value for name, value in values.items() if value not in (None, "")}
    after = {name: value for name, value in wanted.items() if value != getattr(device, name, None)}
    if not after:
        raise errors.Invalid(_("Nothing was changed."))
    before = {name: getattr(device, name, None) for name in after}
    for name, value in after.items():
        setattr(device, name, value)
    _keep(device, reason, before, after)
    device.reindexObject()


@operation(
    "device.withdraw", IDevice, title=_("Take out of use"), permission=CONFIGURE,
    states=("in_use",), schema=IWhy, order=80, danger=True,
)  # fmt: skip
def withdraw(device, reason):
    """Take the device out of use; its record stays."""
    transition(device, "withdraw", reason)
    _keep(device, reason, {"state": "in_use"}, {"state": "withdrawn"})
    device.reindexObject()


@operation(
    "device.restore", IDevice, title=_("Use again"), permission=CONFIGURE,
    states=("withdrawn",), schema=IWhy, order=20,
)  # fmt: skip
def restore(device, reason):
    """Put the device to use again."""
    transition(device, "restore", reason)
    _keep(device, reason, {"state": "withdrawn"}, {"state": "in_use"})
    device.reindexObject()

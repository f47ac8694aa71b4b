"""What the catalog knows of devices."""

from hopso.inventory.content import IDevice
from plone.indexer import indexer


@indexer(IDevice)
def device_facts(device):
    return {"kind": device.kind, "serial": device.serial, "custodian": device.custodian or ""}

"""Devices: hardware with which people use the system, from its handing over to its end.

``story.py`` what happened to one; ``life.py`` use, repair, inspection; ``custody.py``
owner, custodian, place, loans; ``counting.py`` taking the inventory of a unit.
"""

from hopso.inventory.devices.life import add_device
from hopso.inventory.devices.life import CONFIGURE
from hopso.inventory.devices.life import configure
from hopso.inventory.devices.life import restore
from hopso.inventory.devices.life import withdraw
from hopso.inventory.devices.story import Change
from hopso.inventory.devices.story import changes_of


__all__ = ["CONFIGURE", "Change", "add_device", "changes_of", "configure", "restore", "withdraw"]

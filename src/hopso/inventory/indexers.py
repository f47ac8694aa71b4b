"""What the catalog knows of devices."""

from hopso.inventory.content import IDevice
from plone.indexer import indexer


FACTS = (
    "kind", "serial", "asset_number", "owned_by", "owner_name", "funded_by", "acquired_on", "custodian",
    "custodian_unit", "condition", "room", "site", "place", "for_loan", "borrower", "due_on",
    "inspection_passed", "inspected_on",
)  # fmt: skip


@indexer(IDevice)
def device_facts(device):
    """Return the facts by name: texts, days, yes or no; empty texts for what is missing."""
    facts = {name: getattr(device, name, None) for name in FACTS}
    return {name: "" if value is None and name not in DAYS else value for name, value in facts.items()}


DAYS = ("acquired_on", "due_on", "inspected_on")

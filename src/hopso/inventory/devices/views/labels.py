"""How states, conditions and steps of devices are named and coloured."""

from hopso import _
from hopso.inventory import vocabularies


STATES = {
    "new": (_("New"), "hs-tag--acc"),
    "in_use": (_("In use"), "hs-tag--good"),
    "lent": (_("Lent"), "hs-tag--acc"),
    "in_repair": (_("In repair"), "hs-tag--warn"),
    "awaiting_inspection": (_("Awaiting inspection"), "hs-tag--warn"),
    "withdrawn": (_("Out of use"), ""),
}
CONDITIONS = {"good": "hs-tag--good", "worn": "hs-tag--warn", "broken": "hs-tag--bad"}
# Kind of an entry of the story -> what it says
STEPS = {
    "add": _("Entered in the books"),
    "put_to_use": _("Put to use"),
    "inspect": _("Security inspection"),
    "configure": _("Configuration changed"),
    "upgrade": _("Upgraded"),
    "report_condition": _("Condition reported"),
    "send_to_repair": _("Sent to repair"),
    "back_from_repair": _("Back from repair"),
    "withdraw": _("Taken out of use"),
    "restore": _("Used again"),
    "register_asset": _("Owner and asset number entered"),
    "hand_over": _("Handed over"),
    "move": _("Moved"),
    "lend": _("Lent out"),
    "take_back": _("Taken back"),
    "counted": _("Counted"),
}
FIELDS = {
    "title": _("Name"),
    "kind": _("Kind of device"),
    "serial": _("Serial number"),
    "configuration": _("Configuration"),
    "asset_number": _("Asset number"),
    "owned_by": _("Owned by"),
    "owner_name": _("Name of the owner"),
    "funded_by": _("Funded by"),
    "acquired_on": _("Acquired on"),
    "custodian": _("Custodian"),
    "custodian_unit": _("Unit that looks after it"),
    "condition": _("Condition"),
    "room": _("Room"),
    "site": _("Site"),
    "place": _("Place"),
    "for_loan": _("Kept for lending"),
    "borrower": _("Borrower"),
    "until": _("To be given back on"),
    "due_on": _("Expected back on"),
    "meeting": _("Meeting"),
    "authorised_by": _("Allowed by"),
    "document": _("Number of the document"),
    "body": _("Inspecting body"),
    "on": _("Day"),
    "result": _("Result"),
    "where": _("Repaired by"),
    "accessories": _("Accessories"),
    "state": _("State"),
}
CHOICES = {
    "kind": vocabularies.DeviceKinds,
    "owned_by": vocabularies.DeviceOwners,
    "condition": vocabularies.DeviceConditions,
    "result": vocabularies.InspectionResults,
}


def tag(state: str) -> dict:
    """Return name and class of the tag for a state."""
    name, style = STATES.get(state, (state, ""))
    return {"name": name, "class": f"hs-tag {style}".strip()}


def condition_tag(condition: str) -> dict:
    """Return name and class of the tag for a condition."""
    return {
        "name": title_of("condition", condition),
        "class": f"hs-tag {CONDITIONS.get(condition, '')}".strip(),
    }


def title_of(field: str, value):
    """Return the title of a value of a list; the value itself if it is not on it."""
    terms = CHOICES[field](None)
    return terms.getTerm(value).title if value in terms else value or ""

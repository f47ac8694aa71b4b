"""How states, kinds and columns of registers are named."""

from hopso import _
from hopso.operations_desk.views import labels as desk


STATES = {
    "RegisterEntry": {
        "planned": (_("Planned"), "hs-tag--acc"),
        "submitted": (_("Submitted"), "hs-tag--warn"),
        "decided": (_("Decided"), "hs-tag--good"),
        "done": (_("Done"), "hs-tag--good"),
        "closed": (_("Carried out"), "hs-tag--good"),
        "cancelled": (_("Cancelled"), ""),
    },
    "PeriodicReport": {
        "draft": (_("Being written"), "hs-tag--warn"),
        "submitted": (_("Handed in"), "hs-tag--acc"),
        "returned": (_("Returned"), "hs-tag--bad"),
        "accepted": (_("Accepted"), "hs-tag--good"),
    },
}
desk.STATES.update(STATES)
desk.TYPES.update({"RegisterEntry": _("Entry of a register"), "PeriodicReport": _("Periodic report")})
desk.FIRST.update({"RegisterEntry": _("Planned"), "PeriodicReport": _("Begun")})
desk.STEPS.update(
    {
        "complete": _("Done"),
        "submit": _("Handed in"),
        "accept": _("Accepted"),
        "return": _("Returned"),
        "cancel": _("Cancelled"),
    }
)
COLUMNS = {
    "kind": (_("Kind"), 22),
    "unit": (_("Unit"), 28),
    "planned_on": (_("Planned for"), 14),
    "sites": (_("Sites"), 10),
    "responsible": (_("Responsible"), 24),
    "done_on": (_("Done on"), 14),
    "problems": (_("Sites with faults"), 14),
    "trainer": (_("Trainer"), 24),
    "people": (_("People"), 24),
    "attended": (_("Took part"), 12),
    "concerned_unit": (_("Unit concerned"), 28),
    "follow_up_due": (_("To be carried out by"), 16),
    "followed_up_on": (_("Carried out on"), 16),
    "year": (_("Year"), 8),
    "amount": (_("Amount (VND)"), 18),
    "submitted_on": (_("Submitted on"), 14),
    "outcome": (_("Outcome"), 18),
    "decision_number": (_("Number of the decision"), 20),
    "decided_on": (_("Date of the decision"), 16),
}
ACTORS = {"units": _("Units"), "operator": _("Body that runs the system")}


def tag(portal_type: str, state: str) -> dict:
    """Return name and class of the tag for a state."""
    return desk.tag(portal_type, state)


def amount_text(amount) -> str:
    """Return an amount of đồng as it is written here: ``1.250.000``; empty for None."""
    return f"{amount:,}".replace(",", ".") if amount is not None else ""

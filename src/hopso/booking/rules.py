"""What stands against a booking; pure functions of values, texts for people."""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding


HS_ROOM = "HS-ROOM"


BY_PRIORITY = _("the registrar, by taking the slot for the meeting of higher priority")


def taken(resource: str, by: str, span: str, data: dict | None = None, priority: bool = False) -> Finding:
    """State that *resource* (its name) is taken during *span*.

    *by*: title of the meeting or why it is blocked; empty: not for this viewer.
    priority: the meeting that is refused may take the slot (NT-4.2/3).
    *data* goes along for pages and programs (rule of the house: no two
    meetings hold the same room, site or bridge at the same time).
    """
    mapping = {"resource": resource, "by": by, "span": span}
    text = (
        _("${resource} is taken: “${by}”, ${span}.", mapping=mapping)
        if by
        else _("${resource} is taken: there is another meeting, ${span}.", mapping=mapping)
    )
    return Finding(HS_ROOM, BLOCK, text, data=data or {}, override_who=BY_PRIORITY if priority else "")


def too_long(days: int) -> Finding:
    """State that nothing is booked for more than *days* days."""
    return Finding(
        "HS-SPAN", BLOCK, _("Nothing is booked for more than ${days} days.", mapping={"days": days})
    )

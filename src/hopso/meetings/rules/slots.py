"""Time and place: what stands against a slot.

Pure functions of values; moments are aware datetimes.
"""

from datetime import datetime

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.meetings.rules.base import say
from hopso.policy.register import rule


def agenda_there(items: int) -> list[Finding]:
    """Ask for an agenda before people are invited (rule of the house)."""
    if items:
        return []
    return [Finding("HS-AGENDA", BLOCK, _("The agenda is empty: add at least one item."))]


def seats(room: str, capacity: int, people: int) -> list[Finding]:
    """Warn when more people are invited than a room has seats (rule of the house)."""
    if people <= capacity:
        return []
    mapping = {"room": room, "capacity": capacity, "people": people}
    text = _("${room} has ${capacity} seats, ${people} are invited.", mapping=mapping)
    return [Finding("HS-SEATS", WARN, text, data=mapping)]


@rule("NT-2.2.b")
def one_chair_site(
    mode: str, sites, chair_site: str, rule_id: str = "NT-2.2.b", level: str = BLOCK
) -> list[Finding]:
    """Ask an online meeting for its one chair's site, which is one of its sites."""
    if mode == "in_person":
        return []
    if not chair_site:
        text = _("Choose the chair's site: the meeting is chaired from one of the sites.")
    elif chair_site not in (sites or ()):
        text = _("The chair's site is not among the sites of the meeting.")
    else:
        return []
    return [say(rule_id, level, text, data={"field": "chair_site"})]


@rule("NT-4.2/2", "NT-11.2")
def slot_before_invitation(confirmed_at: datetime | None, rule_id: str = "NT-4.2/2") -> list[Finding]:
    """Forbid to issue the invitation before the registrar has confirmed the slot."""
    if confirmed_at is not None:
        return []
    text = _(
        "The invitation is issued only after the registrar has confirmed the time: wait for the scheduling."
    )
    return [say(rule_id, BLOCK, text)]


@rule("NT-4.2/2", "NT-11.2")
def agreed_first(
    confirmed_at: datetime | None, issued_at: datetime | None, rule_id: str = "NT-4.2/2"
) -> list[Finding]:
    """Measure whether the time had been agreed when the invitation was issued."""
    if issued_at is None:
        return []
    if confirmed_at is not None and confirmed_at <= issued_at:
        text = _("Time confirmed ${first}, invitation issued ${then}.",
                 mapping={"first": datetime_text(confirmed_at), "then": datetime_text(issued_at)})  # fmt: skip
        return [say(rule_id, RECORD, text, data={"kept": True})]
    text = _("The invitation was issued ${then}, before the time was confirmed.",
             mapping={"then": datetime_text(issued_at)})  # fmt: skip
    return [say(rule_id, WARN, text, data={"kept": False})]


@rule("NT-4.1")
def invitation_before_preparation(invitation: bool, urgent: bool = False) -> list[Finding]:
    """Ask for the invitation, or the notice in lieu of it, before technical preparation starts."""
    if invitation:
        return []
    text = _(
        "Technical preparation starts on the basis of the invitation or the notice in lieu: there is none yet."
    )
    return [say("NT-4.1", WARN if urgent else BLOCK, text)]


@rule("NA-4.1/2")
def steps_approved(pending, refused: bool = False, rule_id: str = "NA-4.1/2") -> list[Finding]:
    """Ask for all steps of approval; *pending* names the next one for people, empty if none is left."""
    if not pending:
        return []
    text = _("The meeting waits for approval: ${who}.", mapping={"who": pending})
    return [say(rule_id, BLOCK, text)]

"""What a registration must state and when it must be there (BD-6, NA-3, NA-7).

Pure functions of values; moments are aware datetimes.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.meetings.rules.base import LIFTED
from hopso.meetings.rules.base import say
from hopso.meetings.rules.base import voice
from hopso.policy.register import rule


# BD-6.2 and NA-7: field -> its name for people.
REQUIRED = {
    "content": _("Content"),
    "chair": _("Chair"),
    "secretary": _("Secretary"),
    "approver": _("Approver of documents"),
    "start": _("Time"),
    "rooms": _("Room"),
    "participants": _("Participants"),
    "documents": _("Documents"),
}
# NA-7 asks for these, whatever else a province wants.
WRITTEN = ("content", "participants", "start", "rooms")
# BD-3.2: what the meeting's page must be able to tell.
INFORMATION = ("title", "invitation", "start", "rooms", "content", "documents", "participants")
# Provinces that say how long ahead one registers.
LEAD_RULES = ("BD-6.1/1", "NA-3.1/1", "HS-LEAD")
NATIONAL = "Quyết định 45/2018/QĐ-TTg"


@dataclass(frozen=True)
class Facts:
    """What a registration states.

    ``documents`` is the number of documents uploaded, ``handed_out`` the
    number of items whose documents are handed out at the meeting.
    """

    title: str = ""
    content: str = ""
    chair: str = ""
    secretary: str = ""
    approver: str = ""
    start: datetime | None = None
    end: datetime | None = None
    mode: str = "in_person"
    rooms: tuple = ()
    participants: tuple = ()
    documents: int = 0
    handed_out: int = 0
    invitation: bool = False
    extra: dict = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the required thing *name* is there."""
        if name == "rooms":
            # An online meeting takes place without a room.
            return bool(self.rooms) or self.mode == "online"
        if name == "approver":
            # Left empty it is the chair, who approves by Điều 6 khoản 3.
            return bool(self.approver or self.chair)
        if name == "start":
            return bool(self.start and self.end)
        if name == "documents":
            return bool(self.documents or self.handed_out)
        value = getattr(self, name)
        return bool(value.strip() if isinstance(value, str) else value)


def missing(facts: Facts, names=tuple(REQUIRED)) -> list[str]:
    """Return the required things that *facts* lack, in the order of the regulation."""
    return [name for name in names if not facts.has(name)]


def completeness(facts: Facts) -> int:
    """Return how much of what BD-6.2 asks for is there, in percent."""
    return round(100 * (len(REQUIRED) - len(missing(facts))) / len(REQUIRED))


@rule("BD-6.2")
def registration_complete(facts: Facts) -> list[Finding]:
    """Name what Bình Định's registration lacks; documents alone may follow later."""
    lacking = missing(facts)
    needed = [name for name in lacking if name != "documents"]
    found = [
        Finding(
            "BD-6.2",
            BLOCK,
            _("Missing: ${name}.", mapping={"name": REQUIRED[name]}),
            "Điều 6 khoản 2",
            data={"field": name},
        )
        for name in needed
    ]
    if "documents" in lacking:
        found.append(
            Finding(
                "BD-6.2",
                WARN,
                _("No document is attached yet: the registration counts as complete only with them."),
                "Điều 6 khoản 2",
                data={"field": "documents"},
            )
        )
    return found


@rule("NA-7")
def written_registration(facts: Facts, rule_id: str = "NA-7") -> list[Finding]:
    """Name what a registration lacks of the shorter list: Nghệ An's, and the house's where nothing is said."""
    return [
        say(rule_id, BLOCK, _("Missing: ${name}.", mapping={"name": REQUIRED[name]}), data={"field": name})
        for name in missing(facts, WRITTEN)
    ]


@rule("BD-3.2")
def meeting_information(facts: Facts) -> list[str]:
    """Return which of the seven statements about a meeting (BD-3.2) are missing."""
    return missing(facts, INFORMATION)


def lead_rule(policy) -> str:
    """Return the id of the rule about the lead time that speaks under *policy*."""
    return voice(policy, *LEAD_RULES)


@rule("BD-6.1/1", "NA-3.1/1")
def lead_time(
    moment: datetime, deadline: datetime, level: str = BLOCK, rule_id: str = "BD-6.1/1"
) -> list[Finding]:
    """Ask that a planned meeting is registered at *deadline* or earlier; the urgent path is open to others."""
    if moment <= deadline:
        return []
    text = _(
        "The information had to be sent by ${deadline}. Choose a later day, or mark the meeting as urgent.",
        mapping={"deadline": datetime_text(deadline)},
    )
    return [say(rule_id, level, text, deadline=deadline, **LIFTED)]


def national_invitation(moment: datetime, deadline: datetime | None, level: str = WARN) -> list[Finding]:
    """Tell that the national rule wanted the invitations earlier: its clock runs beside the regulation's."""
    if deadline is None or moment <= deadline:
        return []
    text = _(
        "The national rule wants invitations to be sent by ${deadline}.",
        mapping={"deadline": datetime_text(deadline)},
    )
    return [say("HS-INVITE", level, text, article=NATIONAL, deadline=deadline, data={"kept": False})]


@rule("NT-3.1")
def purpose_stated(purpose: str) -> list[Finding]:
    """Ask for the purpose of the meeting."""
    if (purpose or "").strip():
        return []
    text = _("Missing: ${name}.", mapping={"name": _("Purpose")})
    return [say("NT-3.1", BLOCK, text, data={"field": "purpose"})]


@rule("NT-11.3")
def contact_named(contact: str, rule_id: str = "NT-11.3") -> list[Finding]:
    """Ask for the officer of the host who coordinates with the technicians."""
    if contact:
        return []
    text = _("Name the officer of the host unit who coordinates with the technicians during the meeting.")
    return [say(rule_id, BLOCK, text, data={"field": "host_contact"})]


@rule("NA-3.3/2")
def host_checklist(invitation: bool, items: int, documents: int, waiting: int, place: bool) -> list[Finding]:
    """Name what the registering unit still has to do: invitation, content, documents, other conditions."""
    wanted = (
        ("invitation", invitation, _("The invitation has not been prepared.")),
        ("agenda", items, _("The agenda has no item.")),
        ("documents", documents, _("No document is attached, and none is to be handed out.")),
        ("approval", not waiting, _("${count} documents are not approved.", mapping={"count": waiting})),
        ("place", place, _("No room and no site is chosen.")),
    )
    return [say("NA-3.3/2", WARN, text, data={"item": name}) for name, there, text in wanted if not there]

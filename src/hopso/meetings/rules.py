"""What the regulations ask of a meeting's registration, publication and answers.

Pure functions of values; moments are aware datetimes.  What is configurable
(how long, how strict) is handed in by the caller, who asked the policy.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.core.text import datetime_text
from hopso.policy.register import rule


OVERRIDE = "hopso: Override rule"
OVERRIDE_WHO = _("a leader of the host unit, giving the reason")

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
def written_registration(facts: Facts) -> list[Finding]:
    """Name what Nghệ An's written registration lacks."""
    return [
        Finding(
            "NA-7",
            BLOCK,
            _("Missing: ${name}.", mapping={"name": REQUIRED[name]}),
            "Điều 7",
            data={"field": name},
        )
        for name in missing(facts, WRITTEN)
    ]


@rule("BD-3.2")
def meeting_information(facts: Facts) -> list[str]:
    """Return which of the seven statements about a meeting (BD-3.2) are missing."""
    return missing(facts, INFORMATION)


@rule("BD-6.1/1")
def lead_time(moment: datetime, deadline: datetime, level: str = BLOCK) -> list[Finding]:
    """Ask that a planned meeting is registered at *deadline* or earlier."""
    if moment <= deadline:
        return []
    return [
        Finding(
            "BD-6.1/1",
            level,
            _(
                "The information had to be sent by ${deadline}. Choose a later day, or mark the meeting as urgent.",
                mapping={"deadline": datetime_text(deadline)},
            ),
            "Điều 6 khoản 1",
            deadline=deadline,
            override=OVERRIDE,
            override_who=OVERRIDE_WHO,
        )
    ]


@rule("BD-6.1/2")
def urgent_notice(reason: str, calls, deadline: datetime, allow_below: bool = True) -> list[Finding]:
    """Ask an urgent meeting for its reason and a telephone call by *deadline*.

    *calls* are the moments of the calls that were logged.  Calls later than
    *deadline* are enough where the policy allows it: then paper may replace
    what cannot be uploaded (BD-7/3), and that is recorded.
    """
    article = "Điều 6 khoản 1"
    found = []
    if not reason:
        found.append(Finding("BD-6.1/2", BLOCK, _("Give the reason for the urgency."), article))
    if not calls:
        text = _(
            "Inform the units by telephone and log the call, by ${deadline} at the latest.",
            mapping={"deadline": datetime_text(deadline)},
        )
        found.append(Finding("BD-6.1/2", BLOCK, text, article, deadline=deadline))
    elif min(calls) > deadline:
        text = _(
            "The first call was made after ${deadline}: less than the time the regulation asks for.",
            mapping={"deadline": datetime_text(deadline)},
        )
        level = WARN if allow_below else BLOCK
        override = {} if allow_below else {"override": OVERRIDE, "override_who": OVERRIDE_WHO}
        found.append(Finding("BD-6.1/2", level, text, article, deadline=deadline, **override))
    return found


@rule("BD-7/3")
def paper_fallback(urgent: bool, calls, deadline: datetime) -> list[Finding]:
    """Record that documents of a meeting notified too late may be handed out on paper."""
    if not urgent or not calls or min(calls) <= deadline:
        return []
    text = _("Documents that cannot be uploaded in time are printed and handed out at the meeting.")
    return [Finding("BD-7/3", RECORD, text, "Điều 7", deadline=deadline)]


@rule("BD-5.2.b")
def paper_by_decision(allowed: int, given: int, copies: int, too_late: bool = False) -> list[Finding]:
    """Forbid paper copies beyond what the chair has decided.

    *allowed* copies of this document by decision of the chair, *given* recorded
    already, *copies* more are asked for.  *too_late*: the notice of an urgent
    meeting was too short to upload documents (BD-7/3), which needs no decision.
    """
    if too_late or given + copies <= allowed:
        return []
    mapping = {"allowed": allowed, "given": given}
    text = (
        _("The chair has allowed ${allowed} paper copies; ${given} are recorded already.", mapping=mapping)
        if allowed
        else _(
            "Electronic documents are used; paper copies only where the chair has decided so on the document."
        )
    )
    return [Finding("BD-5.2.b", BLOCK, text, "Điều 5 khoản 2 điểm b", data=mapping)]


@rule("BD-6.3/1")
def documents_approved(waiting, approver: str, leave_out: bool = False, reason: str = "") -> list[Finding]:
    """Ask that every document is approved before it is published.

    *waiting* are the titles of documents without approval; with *leave_out*
    and a reason the others are published without them.
    """
    if not waiting:
        return []
    names = "; ".join(f"“{title}”" for title in waiting[:5]) + (" …" if len(waiting) > 5 else "")
    mapping = {"count": len(waiting), "names": names, "who": approver or "—"}
    text = _("${count} documents are not approved yet: ${names}. Approver: ${who}.", mapping=mapping)
    if leave_out and reason.strip():
        return [Finding("BD-6.3/1", RECORD, text, "Điều 6 khoản 3", data={"left_out": len(waiting)})]
    return [
        Finding(
            "BD-6.3/1",
            BLOCK,
            text,
            "Điều 6 khoản 3",
            override_who=_("the approver, or publish without these documents, giving the reason"),
            data={"waiting": len(waiting)},
        )
    ]


@rule("BD-7/1")
def published_in_time(
    complete_at: datetime | None, moment: datetime, deadline: datetime | None
) -> list[Finding]:
    """Measure whether the meeting was published within the time after complete information."""
    if complete_at is None or deadline is None:
        return []
    if moment <= deadline:
        text = _("Published in time, before ${deadline}.", mapping={"deadline": datetime_text(deadline)})
        return [Finding("BD-7/1", RECORD, text, "Điều 7", deadline=deadline, data={"kept": True})]
    text = _("The meeting had to be published by ${deadline}.", mapping={"deadline": datetime_text(deadline)})
    return [Finding("BD-7/1", WARN, text, "Điều 7", deadline=deadline, data={"kept": False})]


@rule("BD-7/2")
def placeholder_only(classification: str) -> list[Finding]:
    """Tell of a classified meeting that its papers are handed out, never uploaded."""
    if classification not in ("mat", "toi_mat", "tuyet_mat"):
        return []
    text = _(
        "Classified documents are not uploaded: the agenda shows that they are handed out at the meeting."
    )
    return [Finding("BD-7/2", WARN, text, "Điều 7")]


@rule("BD-3.1.g")
def reading_hours(published_at: datetime | None, start: datetime) -> float | None:
    """Return how many hours delegates had to read before *start*; None before publication."""
    if published_at is None:
        return None
    return max(0.0, round((start - published_at).total_seconds() / 3600, 1))


@rule("BD-8.1/1")
def answer_in_time(moment: datetime, deadline: datetime | None) -> list[Finding]:
    """Record an answer that came after *deadline*."""
    if deadline is None or moment <= deadline:
        return []
    text = _("Answers were asked for by ${deadline}.", mapping={"deadline": datetime_text(deadline)})
    return [Finding("BD-8.1/1", WARN, text, "Điều 8 khoản 1", deadline=deadline)]


@rule("BD-10.1/1")
def minutes_issued(issued: int) -> list[Finding]:
    """Ask for issued minutes before a meeting goes into the archive."""
    if issued:
        return []
    text = _("The minutes have not been issued yet.")
    return [Finding("BD-10.1/1", BLOCK, text, "Điều 10 khoản 1")]


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

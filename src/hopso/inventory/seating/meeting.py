"""The seats of a meeting: kept on it with a copy of the plan, so that later plans of the room change nothing."""

from dataclasses import dataclass
from datetime import datetime

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.inventory.seating import assigning
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.plan import read_plan
from hopso.inventory.seating.store import current_plan
from hopso.meetings import participation
from hopso.meetings.content import IMeeting
from hopso.organisation.assignments import functions_of
from hopso.organisation.managed import position_texts
from hopso.organisation.managed import values_of
from hopso.organisation.names import participant_names
from plone import api
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


KEY = "hopso.inventory.seating"
PREPARE = "hopso: Prepare meeting"
STATES = ("registered", "scheduled", "convened", "in_session")


class ISeats(Interface):
    """How the seats are given."""

    room = schema.Choice(title=_("Room"), vocabulary="hopso.Rooms", required=False)
    order = schema.Choice(
        title=_("In which order"), vocabulary="hopso.SeatOrders", required=False, default="rank"
    )
    seats = schema.Tuple(
        title=_("Seats"),
        description=_("Seat, an equals sign, who sits there. Left empty, the order decides."),
        value_type=schema.TextLine(max_length=200),
        required=False,
        default=(),
        max_length=1000,
    )
    seen = schema.Int(title=_("Version that was seen"), required=False, default=0, min=0)


@dataclass(frozen=True)
class Seating:
    """Who sits where: in which room (UID), on which plan (JSON); seats: id -> principal."""

    number: int
    room: str
    data: str
    seats: dict
    who: str
    when: datetime

    @property
    def plan(self) -> Plan:
        """The plan as it was when the seats were given."""
        return read_plan(self.data)

    def seat_of(self, principals) -> str:
        """Return the id of the seat of one of *principals*, empty if none has one."""
        return next((seat for seat, one in self.seats.items() if one in principals), "")


def seating_of(meeting) -> Seating | None:
    """Return who sits where in a meeting, None if seats were not given."""
    return IAnnotations(meeting).get(KEY)


def guests_of(meeting) -> list[assigning.Guest]:
    """Return who needs a seat: those in the meeting by a part, and those invited who did not decline.

    A substitute comes instead of whom she stands for.
    """
    parts: dict[str, str] = {}
    for name in ("chair", "secretary"):
        if user_id := getattr(meeting, name, None):
            parts[f"user:{user_id}"] = name
    for principal, record in participation.records(meeting).items():
        if record.part == "technicians" or record.answer == participation.DECLINED:
            continue
        if record.answer == participation.SUBSTITUTED and record.substitute:
            principal = f"user:{record.substitute}"
        parts.setdefault(principal, record.part)
    names, ranks, texts = participant_names(parts), _ranks(), position_texts()
    found = []
    for principal, part in parts.items():
        positions = _positions(principal)
        rank = min((ranks.get(one, assigning.FAR) for one in positions), default=assigning.FAR)
        words = next((texts.get(one, one) for one in positions), "")
        found.append(assigning.Guest(principal, names[principal], part, rank, words))
    return found


def _positions(principal) -> list[str]:
    sort, _colon, value = principal.partition(":")
    return [one.position for one in functions_of(value) if one.position] if sort == "user" else []


def _ranks() -> dict[str, int]:
    """Return position id -> its place in the order that administrators keep."""
    return {one.id: place for place, one in enumerate(values_of("positions"))}


def rooms_with_plan(meeting) -> list:
    """Return the rooms of a meeting that have a seat plan."""
    from hopso.inventory.vocabularies import room_of

    rooms = [room_of(uid) for uid in meeting.rooms or ()]
    return [room for room in rooms if room is not None and current_plan(room) is not None]


@operation(
    "meeting.assign_seats", IMeeting, title=_("Assign the seats"), permission=PREPARE, states=STATES,
    schema=ISeats, order=210, confidential=("seats",),
)  # fmt: skip
def assign_seats(meeting, *, room, order, seats, seen):
    """Give the seats of a room of the meeting: as *seats* say, else in an order; return the Seating.

    Raises EditConflict if somebody has given them since version *seen*.
    """
    last = seating_of(meeting)
    if seen != (last.number if last is not None else 0):
        raise errors.EditConflict(_("Somebody else has assigned seats in the meantime. Open the page again."))
    chosen = _room(meeting, room)
    version = current_plan(chosen)
    plan, guests = version.plan, guests_of(meeting)
    if seats:
        try:
            given = assigning.read_seats(seats, plan, {one.principal for one in guests})
        except ValueError as error:
            message = _("This seat cannot be given so: ${text}", mapping={"text": str(error)})
            raise errors.Invalid(message, errors={"seats": message}) from error
    else:
        given = assigning.assign(plan, guests, order or assigning.RANK)
    who = api.user.get_current().getId() or "system"
    number = last.number + 1 if last is not None else 1
    made = Seating(number, chosen.UID(), version.data, given, who, now())
    IAnnotations(meeting)[KEY] = made
    return made


def _room(meeting, uid):
    rooms = rooms_with_plan(meeting)
    if not rooms:
        raise errors.Invalid(_("No room of this meeting has a seat plan."))
    for room in rooms:
        if uid in (None, "", room.UID()):
            return room
    message = _("The meeting does not take place in this room, or it has no seat plan.")
    raise errors.Invalid(message, errors={"room": message})

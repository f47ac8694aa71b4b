"""A seat plan: seats and things on a sheet, read from JSON that a browser sent and from nothing else.

Lengths are in points of the sheet, whole numbers; a seat is SEAT wide and its
place is its middle, a thing's place its upper left corner.
"""

from dataclasses import asdict
from dataclasses import dataclass
import json

from hopso import _


SEAT = 44
STEP = 10  # of the grid on which seats are moved
WIDEST = 40_000
MOST_BYTES = 200_000
MOST_SEATS = 1_000
MOST_THINGS = 60
LONGEST_LABEL = 12
LONGEST_TEXT = 80
# seat: anybody's; chair, secretary: theirs; fixed: kept for a position or body; blocked: nobody's
SEAT_KINDS = ("seat", "chair", "secretary", "fixed", "blocked")
THING_KINDS = ("table", "screen", "door", "podium")


@dataclass(frozen=True)
class Seat:
    """A seat: id, place, label (unique), kind; ``keep`` says for whom a fixed seat is kept."""

    id: str
    x: int
    y: int
    label: str
    kind: str = "seat"
    keep: str = ""


@dataclass(frozen=True)
class Thing:
    """A table, a screen, a door, a podium; ``w`` and ``h`` its size."""

    id: str
    kind: str
    x: int
    y: int
    w: int
    h: int
    label: str = ""


@dataclass(frozen=True)
class Plan:
    """A sheet with its seats and things."""

    width: int
    height: int
    seats: tuple[Seat, ...] = ()
    things: tuple[Thing, ...] = ()

    def usable(self) -> tuple[Seat, ...]:
        """Return the seats on which somebody may sit."""
        return tuple(one for one in self.seats if one.kind != "blocked")

    def seat(self, seat_id: str) -> Seat | None:
        """Return a seat by its id, None if there is none."""
        return next((one for one in self.seats if one.id == seat_id), None)

    def to_json(self) -> str:
        """Return the plan as JSON, always written the same way."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


class BadPlan(ValueError):
    """What is wrong with a plan, as a translatable ``message``."""

    def __init__(self, message):
        super().__init__(str(message))
        self.message = message


def read_plan(text: str) -> Plan:
    """Return the plan that JSON describes.  Raises BadPlan with the first thing that is wrong."""
    if len(text.encode()) > MOST_BYTES:
        raise BadPlan(_("The seat plan is too large."))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadPlan(_("This is no seat plan.")) from error
    if not isinstance(data, dict):
        raise BadPlan(_("This is no seat plan."))
    width, height = _length(data.get("width"), 200, WIDEST), _length(data.get("height"), 200, WIDEST)
    seats = tuple(_seat(one, width, height) for one in _list(data.get("seats"), MOST_SEATS))
    things = tuple(_thing(one, width, height) for one in _list(data.get("things"), MOST_THINGS))
    _unique([one.id for one in (*seats, *things)], _("Two things have the same id."))
    labels = [one.label.casefold() for one in seats]
    for label in labels:
        if labels.count(label) > 1:
            raise BadPlan(_("Two seats are called “${label}”.", mapping={"label": label.upper()}))
    if sum(one.kind == "chair" for one in seats) > 1:
        raise BadPlan(_("There is more than one chair's seat."))
    return Plan(width, height, seats, things)


def _list(value, most):
    if not isinstance(value, list):
        raise BadPlan(_("This is no seat plan."))
    if len(value) > most:
        raise BadPlan(_("The plan holds more than ${count} seats or things.", mapping={"count": most}))
    return value


def _length(value, least, most) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadPlan(_("A place or size lies outside of the sheet."))
    return value


def _text(value, longest, empty=True) -> str:
    if not isinstance(value, str):
        raise BadPlan(_("This is no seat plan."))
    text = " ".join(value.split())
    if len(text) > longest or not (text or empty) or any(ord(one) < 32 for one in text):
        raise BadPlan(_("A label is empty or longer than ${count} characters.", mapping={"count": longest}))
    return text


def _name(value) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 20 or not value.isascii() or not value.isalnum():
        raise BadPlan(_("This is no seat plan."))
    return value


def _kind(value, kinds) -> str:
    if value not in kinds:
        raise BadPlan(_("This is no seat plan."))
    return value


def _dict(value) -> dict:
    if not isinstance(value, dict):
        raise BadPlan(_("This is no seat plan."))
    return value


def _seat(value, width, height) -> Seat:
    one = _dict(value)
    return Seat(
        _name(one.get("id")),
        _length(one.get("x"), 0, width),
        _length(one.get("y"), 0, height),
        _text(one.get("label"), LONGEST_LABEL, empty=False),
        _kind(one.get("kind", "seat"), SEAT_KINDS),
        _text(one.get("keep", ""), LONGEST_TEXT),
    )


def _thing(value, width, height) -> Thing:
    one = _dict(value)
    x, y = _length(one.get("x"), 0, width), _length(one.get("y"), 0, height)
    w, h = _length(one.get("w"), 10, width), _length(one.get("h"), 10, height)
    return Thing(
        _name(one.get("id")), _kind(one.get("kind"), THING_KINDS), x, y, w, h,
        _text(one.get("label", ""), LONGEST_TEXT),
    )  # fmt: skip


def _unique(values, message):
    if len(set(values)) != len(values):
        raise BadPlan(message)

"""Who sits where: an order of people laid on the seats of a plan; pure."""

from dataclasses import dataclass

from hopso.core.text import collation_key
from hopso.core.text import name_key
from hopso.inventory.seating.plan import Plan


RANK, ALPHABET = "rank", "alphabet"
FAR = 1_000_000


@dataclass(frozen=True)
class Guest:
    """Somebody who needs a seat.

    principal: ``user:<id>`` or ``unit:<id>``; name: as it is written; part: chair,
    secretary or another; rank: the lower, the higher; position: in words.
    """

    principal: str
    name: str
    part: str = "delegates"
    rank: int = FAR
    position: str = ""


def assign(plan: Plan, guests, order: str = RANK) -> dict[str, str]:
    """Return seat id -> principal: chair and secretary on their seats, fixed seats by position, others in order.

    order: RANK (rank, then name) or ALPHABET (name).  Nobody sits on a blocked seat;
    those for whom there is no seat are left out.  A fixed seat stays empty without
    somebody whose position or name it names.
    """
    found, left = {}, sorted(guests, key=_key(order))
    for kind in ("chair", "secretary"):
        seat = next((one for one in plan.seats if one.kind == kind), None)
        guest = next((one for one in left if one.part == kind), None)
        if seat is not None and guest is not None:
            found[seat.id] = guest.principal
            left.remove(guest)
    for seat in plan.seats:
        if seat.kind != "fixed" or not seat.keep:
            continue
        wanted = collation_key(seat.keep)
        guest = next(
            (one for one in left if wanted in (collation_key(one.position), collation_key(one.name))), None
        )
        if guest is not None:
            found[seat.id] = guest.principal
            left.remove(guest)
    free = [one for one in plan.seats if one.kind == "seat"]
    if not any(one.kind == "secretary" for one in plan.seats):
        left.sort(key=lambda one: one.part != "chair")
    for seat, guest in zip(free, left, strict=False):
        found[seat.id] = guest.principal
    return found


def _key(order):
    if order == ALPHABET:
        return lambda one: name_key(one.name)
    return lambda one: (one.rank, name_key(one.name))


def read_seats(lines, plan: Plan, principals) -> dict[str, str]:
    """Read ``seat=principal`` lines.  Raises ValueError with a line that cannot hold."""
    found, usable = {}, {one.id for one in plan.usable()}
    for line in lines:
        seat, _equals, principal = line.partition("=")
        if not principal:
            continue
        if seat not in usable or principal not in principals:
            raise ValueError(line)
        if seat in found or principal in found.values():
            raise ValueError(line)
        found[seat] = principal
    return found

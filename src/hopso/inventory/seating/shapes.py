"""The usual arrangements of a room, for a number of seats; pure.

The first seat is the chair's; the screen is at the top, the door at the bottom.
"""

from dataclasses import replace
from math import ceil
from math import sqrt

from hopso import _
from hopso.inventory.seating.plan import MOST_SEATS
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.plan import Seat
from hopso.inventory.seating.plan import Thing


GAP = 60  # between the middles of two seats
EDGE = 60
SHAPES = {
    "rectangle": _("Around a table"),
    "u": _("U-shape"),
    "hollow": _("Hollow square"),
    "classroom": _("Classroom"),
    "rows": _("Rows"),
}
TOP = 130  # below the screen


def arrange(shape: str, seats: int, words: dict[str, str] | None = None) -> Plan:
    """Return a plan of *seats* seats (1 to MOST_SEATS); words: kind of thing -> what is written on it.

    Raises KeyError for an unknown shape, ValueError for a number that is not possible.
    """
    if shape not in SHAPES:
        raise KeyError(shape)
    if not 1 <= seats <= MOST_SEATS:
        raise ValueError(seats)
    makers = {"rectangle": _rectangle, "u": _u, "hollow": _hollow, "classroom": _classroom, "rows": _rows}
    made = makers[shape](seats)
    things = tuple(replace(one, label=(words or {}).get(one.kind, "")) for one in made.things)
    return replace(made, things=things)


def _sheet(points, tables, columns, rows, labels=None) -> Plan:
    """Return the plan with seats at *points* (columns and rows of the grid, the chair's first)."""
    width = max(400, 2 * EDGE + GAP * max(columns - 1, 1))
    height = TOP + EDGE + 40 + GAP * max(rows - 1, 1)
    left = (width - GAP * (columns - 1)) / 2
    spots = [(round(left + GAP * column), round(TOP + GAP * row)) for column, row in points]
    names = labels or ["CT", *(str(number) for number in range(1, len(points)))]
    found = [
        Seat(f"s{number}", x, y, name, "chair" if number == 1 else "seat")
        for number, ((x, y), name) in enumerate(zip(spots, names, strict=True), 1)
    ]
    things = [Thing("t1", "screen", round(width / 2 - 90), 20, 180, 24)]
    things.append(Thing("t2", "door", width - 90, height - 24, 60, 16))
    for number, (column, row, across, down) in enumerate(tables, 3):
        x, y = round(left + GAP * column), round(TOP + GAP * row)
        things.append(
            Thing(f"t{number}", "table", x, y, max(10, round(GAP * across)), max(10, round(GAP * down)))
        )
    return Plan(width, height, tuple(found), tuple(things))


def _rectangle(seats) -> Plan:
    """One table, longer than wide: the chair at its head, the others along both sides and at the foot."""
    rest = seats - 1
    foot = rest % 2
    side = rest // 2
    points = [(1, 0)]
    for row in range(side):
        points += [(0, row + 1), (2, row + 1)]
    points += [(1, side + 1)] * foot
    rows = max(2, side + 2)
    return _sheet(points, [(0.55, 0.5, 0.9, max(0.6, side + 0.0) or 0.6)], 3, rows)


def _u(seats) -> Plan:
    """Three sides, open towards the screen; the chair in the middle of the one that faces it."""
    base = _odd(max(1, min(seats, round(seats / 3))))
    left = ceil((seats - base) / 2)
    right = seats - base - left
    rows, columns = left + 1, base + 2
    middle = base // 2 + 1
    points = [(middle, left)]
    points += [(column, left) for column in range(1, base + 1) if column != middle]
    points += [(0, row) for row in range(left)]
    points += [(columns - 1, row) for row in range(right)]
    tables = [(0.55, left - 0.75, columns - 2.1, 0.3)] if left else []
    return _sheet(points, tables, columns, max(2, rows))


def _hollow(seats) -> Plan:
    """Four sides around an empty middle; the chair in the middle of the upper one."""
    top = _odd(max(1, ceil(seats / 4)))
    top = min(top, seats if seats % 2 else max(1, seats - 1))
    left = ceil((seats - top) / 3)
    right = min(left, seats - top - left)
    bottom = seats - top - left - right
    across = max(top, bottom)
    columns, rows = across + 2, left + 2
    middle = across // 2 + 1
    start = middle - top // 2
    points = [(middle, 0)]
    points += [(column, 0) for column in range(start, start + top) if column != middle]
    points += [(0, row + 1) for row in range(left)]
    points += [(columns - 1, row + 1) for row in range(right)]
    points += [(column + 1, rows - 1) for column in range(bottom)]
    # Four narrow tables around the empty middle.
    wide, deep = columns - 2.2, rows - 2.0
    tables = [(0.6, 0.5, wide, 0.3), (0.6, 0.2 + deep, wide, 0.3)] if left else []
    if left > 2:
        tables += [(0.6, 0.8, 0.3, deep - 0.6), (0.3 + wide, 0.8, 0.3, deep - 0.6)]
    return _sheet(points, tables, columns, rows)


def _classroom(seats) -> Plan:
    """The chair in front, the others two by two at desks."""
    return _facing(seats, pair=2)


def _rows(seats) -> Plan:
    """The chair in front, the others in rows with an aisle in the middle."""
    return _facing(seats, pair=0)


def _facing(seats, pair) -> Plan:
    rest = seats - 1
    columns = max(2, min(24, ceil(sqrt(rest * 1.5))))
    if pair:
        columns = max(2, columns + columns % 2)
    half = columns // 2
    spots, labels = [], []
    for number in range(rest):
        row, place = divmod(number, columns)
        aisle = place // 2 * 0.6 if pair else (0.8 if place >= half else 0)
        spots.append((place + aisle, row + 2))
        labels.append(f"{_letters(row)}{place + 1}")
    across = max((column for column, _row in spots), default=0)
    width = max(2, ceil(across) + 1)
    points = [((width - 1) / 2, 0), *spots]
    tables = [((width - 1) / 2 - 1, 0.45, 2, 0.3)]
    if pair:
        desks = {(column, row) for number, (column, row) in enumerate(spots) if number % columns % 2 == 0}
        tables += [(column - 0.3, row - 0.6, 1.6, 0.2) for column, row in sorted(desks)][:50]
    return _sheet(points, tables, width, max((row for _c, row in spots), default=1) + 1, ["CT", *labels])


def _letters(row: int) -> str:
    """Return A … Z, AA, AB … for a row."""
    text = ""
    row += 1
    while row:
        row, rest = divmod(row - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _odd(number: int) -> int:
    return number if number % 2 else number - 1 or 1

"""The organisation as a picture: a tree from left to right, drawn on the server without any library.

Pure: from the facts of units to positions, and from positions to SVG whose
looks are attributes, so that the file is the same on a page and on paper.
"""

from dataclasses import dataclass
from html import escape
import textwrap

from hopso.organisation.tree import children_of
from hopso.organisation.tree import UnitFacts


WIDTH, HEIGHT = 250, 46  # of a box
GAP_X, GAP_Y = 44, 10
MARGIN = 16
LINE = 36  # characters of a line in a box
ALL_SHOWN = 60  # up to so many units nothing is collapsed
# sector -> (edge and text, ground); each is told by its word in the legend as well
COLOURS = {
    "party": ("#a3211b", "#fbe6e4"),
    "state": ("#0f4c81", "#e6eff7"),
    "council": ("#8a5300", "#fdf1dc"),
    "provider": ("#4d5a69", "#eef2f6"),
    "other": ("#1b6e46", "#e3f2ea"),
}
INK, SOFT, EDGE = "#16202c", "#4d5a69", "#8a97a5"


@dataclass(frozen=True)
class Box:
    """One unit in the picture: its corner, and how many units below it are not shown."""

    unit: UnitFacts
    x: float
    y: float
    hidden: int


@dataclass(frozen=True)
class Picture:
    """Boxes, lines between them as (id above, id below), and the size of all."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[str, str], ...]
    width: float
    height: float


def levels_for(units: dict, root: str = "") -> int:
    """Return how many levels to show at first, so that a picture can be taken in."""
    return 99 if len(units) <= ALL_SHOWN else 2 if root else 3


def lay_out(units: dict[str, UnitFacts], root: str = "", levels: int = 99) -> Picture:
    """Place the units below *root* ("": all): children beneath each other, each parent at their middle.

    No two boxes overlap, and the order is that of names.  Units more than *levels*
    levels down are counted at the last one shown.
    """
    children = children_of(units)
    boxes: dict[str, Box] = {}
    lines: list[tuple[str, str]] = []
    cursor = [float(MARGIN)]

    def count(unit_id):
        return sum(1 + count(one.id) for one in children.get(unit_id, ()))

    def place(one, depth) -> float:
        below = children.get(one.id, []) if depth + 1 < levels else []
        if below:
            middles = [place(child, depth + 1) for child in below]
            lines.extend((one.id, child.id) for child in below)
            middle = (middles[0] + middles[-1]) / 2
        else:
            middle = cursor[0] + HEIGHT / 2
            cursor[0] += HEIGHT + GAP_Y
        hidden = 0 if below else count(one.id)
        boxes[one.id] = Box(one, MARGIN + depth * (WIDTH + GAP_X), middle - HEIGHT / 2, hidden)
        return middle

    tops = [units[root]] if root in units else children.get("", [])
    for one in tops:
        place(one, 0)
    right = max((box.x for box in boxes.values()), default=0) + WIDTH + GAP_X + MARGIN
    return Picture(tuple(boxes.values()), tuple(lines), right, cursor[0] + MARGIN)


def svg(picture: Picture, title: str, *, address=None, subtitles=None, closed=frozenset(), more=None) -> str:
    """Return the picture as SVG.

    address: called with a unit's facts, returns where its box leads ("" nowhere);
    subtitles: unit id -> second line; closed: ids drawn with dashed edges; more: called
    with facts, returns where the number of hidden units leads.
    """
    places = {box.unit.id: box for box in picture.boxes}
    width, height = round(picture.width), round(picture.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hs-orgchart" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="Be Vietnam Pro, Arial, sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff" stroke="none"/>',
    ]
    for upper, lower in picture.lines:
        one, other = places[upper], places[lower]
        x1, y1 = one.x + WIDTH, one.y + HEIGHT / 2
        x2, y2 = other.x, other.y + HEIGHT / 2
        middle = x1 + GAP_X / 2
        parts.append(
            f'<path d="M{x1:g} {y1:g}H{middle:g}V{y2:g}H{x2:g}" fill="none" stroke="{EDGE}" stroke-width="1"/>'
        )
    for box in picture.boxes:
        parts.append(_box(box, address, (subtitles or {}).get(box.unit.id, ""), box.unit.id in closed, more))
    parts.append("</svg>")
    return "".join(parts)


def _box(box, address, subtitle, is_closed, more) -> str:
    one = box.unit
    edge, ground = COLOURS.get(one.sector, COLOURS["other"])
    dashes = ' stroke-dasharray="5 4"' if is_closed else ""
    texts = textwrap.wrap(one.title, LINE, max_lines=1 if subtitle else 2, placeholder=" …") or [one.code]
    found = [
        f"<title>{escape(one.title)}</title>",
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{ground}"'
        f' stroke="{edge}" stroke-width="1.5"{dashes}/>',
        f'<rect x="{box.x:g}" y="{box.y:g}" width="5" height="{HEIGHT}" fill="{edge}" stroke="none"/>',
    ]
    rows = [(text, INK, "600") for text in texts] + ([(subtitle[:LINE], SOFT, "400")] if subtitle else [])
    top = box.y + HEIGHT / 2 - 8 * (len(rows) - 1) + 4
    for number, (text, colour, weight) in enumerate(rows):
        found.append(
            f'<text x="{box.x + 14:g}" y="{top + 16 * number:g}" fill="{colour}" stroke="none"'
            f' font-weight="{weight}">{escape(text)}</text>'
        )
    where = address(one) if address else ""
    drawn = "".join(found)
    if where:
        drawn = f'<a href="{escape(where, quote=True)}" tabindex="-1">{drawn}</a>'
    if box.hidden:
        drawn += _more(box, more(one) if more else "")
    return f"<g>{drawn}</g>"


def _more(box, where) -> str:
    x, y = box.x + WIDTH + 4, box.y + HEIGHT / 2 + 4
    text = f'<text x="{x:g}" y="{y:g}" fill="#0f4c81" stroke="none" font-weight="600">+{box.hidden}</text>'
    return f'<a href="{escape(where, quote=True)}" tabindex="-1">{text}</a>' if where else text

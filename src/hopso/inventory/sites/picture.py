"""Where the sites stand on the map: a tree that is drawn by rails, so that no line ever crosses a site.

The centre is on top, the chairs' points below it, then all others in columns;
each column has a rail from which short lines go to its sites.  Pure: sizes are
in the units of the picture.
"""

from dataclasses import dataclass


WIDTH, NODE_W, NODE_H, GAP_X, GAP_Y, MARGIN, RAIL = 1200, 260, 76, 34, 22, 12, 20
COLUMNS = 4
TOP = ("control_centre", "central")
CHAIR = ("chair",)


@dataclass(frozen=True)
class Node:
    """A box on the map: its upper left corner, and which point it is."""

    x: int
    y: int
    point: object


@dataclass(frozen=True)
class Link:
    """A line on the map: an SVG path, the type of link it stands for ("" for a rail)."""

    path: str
    link_type: str = ""


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def _row(points, y, width=WIDTH) -> list[Node]:
    """Return a row of nodes in the middle of the picture."""
    whole = len(points) * NODE_W + (len(points) - 1) * GAP_X
    left = max(MARGIN, (width - whole) // 2)
    return [Node(left + number * (NODE_W + GAP_X), y, one) for number, one in enumerate(points)]


def _rows(points, y) -> tuple[list[Node], int]:
    nodes = []
    for begin in range(0, len(points), COLUMNS):
        nodes += _row(points[begin : begin + COLUMNS], y)
        y += NODE_H + GAP_Y
    return nodes, y


def _joined(nodes, middle: int, until: int) -> list[Link]:
    """Return the lines from the lower sides of the nodes above to the middle, and down to *until*."""
    below = max(node.y for node in nodes) + NODE_H
    level = below + GAP_Y // 2
    centres = [node.x + NODE_W // 2 for node in nodes if node.y + NODE_H == below]
    found = [Link(f"M{centre} {below} V{level}") for centre in centres]
    if ends := sorted({*centres, middle}):
        found.append(Link(f"M{ends[0]} {level} H{ends[-1]}"))
    return [*found, Link(f"M{middle} {level} V{until}")]


def draw(points, chair: str = "") -> Picture:
    """Return the picture of *points* (with uid, kind and link_type), in the order given.

    chair: UID of the chair's point of a meeting, whatever its kind is.
    """
    top = [one for one in points if one.kind in TOP and one.uid != chair]
    chairs = [one for one in points if one.uid == chair or (one.kind in CHAIR and one not in top)]
    others = [one for one in points if one not in top and one not in chairs]
    nodes, links, y = [], [], MARGIN
    middle = WIDTH // 2
    for group in (top, chairs):
        if not group:
            continue
        made, below = _rows(group, y + (2 * GAP_Y if nodes else 0))
        first = made[0].y
        if nodes:
            links += _joined(nodes, middle, first - GAP_Y // 2)
        for node in made:
            centre = node.x + NODE_W // 2
            if nodes:
                links.append(Link(f"M{middle} {first - GAP_Y // 2} H{centre}"))
                links.append(Link(f"M{centre} {first - GAP_Y // 2} V{node.y}", node.point.link_type))
        nodes += made
        y = below
    if not others:
        return Picture(WIDTH, max(y, NODE_H), tuple(nodes), tuple(links))
    bus = y + GAP_Y
    # Read downwards, as a list is read; no column stays empty.
    deep = -(-len(others) // COLUMNS)
    columns = -(-len(others) // deep)
    start = y + 3 * GAP_Y
    step = NODE_W + GAP_X
    left = max(MARGIN + RAIL, (WIDTH - columns * step) // 2 + RAIL)
    if nodes:
        links += _joined([node for node in nodes if node.y == max(one.y for one in nodes)], middle, bus)
    rails = [left + number * step - RAIL for number in range(columns)]
    ends = (min([middle, *rails]) if nodes else rails[0], max([middle, *rails]) if nodes else rails[-1])
    links.append(Link(f"M{ends[0]} {bus} H{ends[1]}"))
    for number, one in enumerate(others):
        column, line = divmod(number, deep)
        node = Node(left + column * step, start + line * (NODE_H + GAP_Y), one)
        nodes.append(node)
        links.append(Link(f"M{rails[column]} {node.y + NODE_H // 2} H{node.x}", one.link_type))
    for column in range(columns):
        lines = [node for node in nodes if node.x == left + column * step and node.y >= start]
        if lines:
            links.append(Link(f"M{rails[column]} {bus} V{lines[-1].y + NODE_H // 2}"))
    height = max(node.y for node in nodes) + NODE_H + MARGIN
    return Picture(WIDTH, height, tuple(nodes), tuple(links))

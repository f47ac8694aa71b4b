"""The picture of a seat plan: SVG made of attributes only, and PNG.

Colours carry no meaning alone: each seat has its label, each kind its own outline.
"""

from html import escape
import io
from pathlib import Path

from hopso.core.text import initials
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.plan import SEAT


# kind of seat -> fill, outline, dash
SEATS = {
    "seat": ("#ffffff", "#4d5a69", ""),
    "chair": ("#e6eff7", "#0f4c81", ""),
    "secretary": ("#e3f2ea", "#1b6e46", ""),
    "fixed": ("#fdf1dc", "#8a5300", ""),
    "blocked": ("#eef2f6", "#8a97a5", "4 3"),
}
THINGS = {"table": "#dfe4ea", "screen": "#16202c", "door": "#8a97a5", "podium": "#c6cfd9"}
INK, MINE = "#16202c", "#0f4c81"
FONTS = Path(__file__).parents[2] / "theme" / "static" / "fonts"


def svg(plan: Plan, names: dict[str, str] | None = None, mine: str = "", title: str = "") -> str:
    """Return the picture; names: seat id -> who sits there; mine: id of the seat to point out."""
    names = names or {}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hs-seats" viewBox="0 0 {plan.width} {plan.height}" '
        f'width="{plan.width}" height="{plan.height}" role="img" aria-label="{_attr(title)}">',
        f'<rect x="1" y="1" width="{plan.width - 2}" height="{plan.height - 2}" fill="#ffffff" stroke="#c6cfd9"/>',
    ]
    for one in plan.things:
        parts.append(
            f'<rect x="{one.x}" y="{one.y}" width="{one.w}" height="{one.h}" rx="4" fill="{THINGS[one.kind]}" stroke="none"/>'
        )
        if one.label:
            fill = "#ffffff" if one.kind == "screen" else INK
            parts.append(_words(one.x + one.w // 2, one.y + one.h // 2 + 5, one.label, 14, fill))
    for one in plan.seats:
        parts.append(_seat(one, names.get(one.id, ""), one.id == mine))
    parts.append("</svg>")
    return "".join(parts)


def _seat(seat, name, mine) -> str:
    fill, line, dash = SEATS[seat.kind]
    half = SEAT // 2
    ink = INK
    if mine:
        fill, line, dash, ink = MINE, MINE, "", "#ffffff"
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    said = f"{seat.label}: {name}" if name else f"{seat.label} {seat.keep}".strip()
    parts = [
        f"<g><title>{escape(said)}</title>",
        f'<rect x="{seat.x - half}" y="{seat.y - half}" width="{SEAT}" height="{SEAT}" rx="9" fill="{fill}" '
        f'stroke="{line}" stroke-width="2"{dashed}/>',
    ]
    if name:
        parts.append(_words(seat.x, seat.y - 3, seat.label, 11, ink))
        parts.append(_words(seat.x, seat.y + 14, initials(name), 15, ink, bold=True))
    else:
        parts.append(_words(seat.x, seat.y + 5, seat.label, 14, ink))
    parts.append("</g>")
    return "".join(parts)


def _words(x, y, text, size, fill, bold=False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="{fill}" stroke="none" '
        f'font-family="Be Vietnam Pro, Arial, sans-serif"{weight}>{escape(text)}</text>'
    )


def _attr(text) -> str:
    return escape(text or "", quote=True)


def png(plan: Plan, names: dict[str, str] | None = None, scale: float = 2.0) -> bytes:
    """Return the picture as PNG, *scale* dots a point; sheets of great halls get fewer."""
    from PIL import Image
    from PIL import ImageDraw

    names = names or {}
    scale = min(scale, 4000 / max(plan.width, plan.height))
    image = Image.new("RGB", (round(plan.width * scale), round(plan.height * scale)), "#ffffff")
    draw = ImageDraw.Draw(image)

    def box(x, y, w, h):
        return tuple(round(one * scale) for one in (x, y, x + w, y + h))

    for one in plan.things:
        draw.rounded_rectangle(box(one.x, one.y, one.w, one.h), round(4 * scale), fill=THINGS[one.kind])
        if one.label:
            fill = "#ffffff" if one.kind == "screen" else INK
            _write(draw, one.x + one.w / 2, one.y + one.h / 2, one.label, 14, fill, scale)
    half = SEAT // 2
    for one in plan.seats:
        fill, line, _dash = SEATS[one.kind]
        draw.rounded_rectangle(
            box(one.x - half, one.y - half, SEAT, SEAT), round(9 * scale), fill=fill, outline=line,
            width=max(1, round(2 * scale)),
        )  # fmt: skip
        if name := names.get(one.id):
            _write(draw, one.x, one.y - 9, one.label, 11, INK, scale)
            _write(draw, one.x, one.y + 8, initials(name), 15, INK, scale)
        else:
            _write(draw, one.x, one.y, one.label, 14, INK, scale)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(draw, x, y, text, size, fill, scale):
    """Write a text around its middle; letters of Vietnamese stand in a font file of their own."""
    from PIL import ImageFont

    parts = [(one, _font(ImageFont, one, round(size * scale))) for one in text]
    wide = sum(font.getlength(one) for one, font in parts)
    left = x * scale - wide / 2
    for one, font in parts:
        draw.text((left, y * scale), one, font=font, fill=fill, anchor="lm")
        left += font.getlength(one)


_fonts: dict = {}


def _font(fonts, letter, size):
    code = ord(letter)
    special = 0x1EA0 <= code <= 0x1EF9 or code in (0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169)
    special = special or code in (0x1A0, 0x1A1, 0x1AF, 0x1B0)
    name = "vietnamese" if special else "latin"
    if (name, size) not in _fonts:
        try:
            path = FONTS / f"be-vietnam-pro-{name}-500-normal.woff2"
            _fonts[name, size] = fonts.truetype(str(path), size)
        except OSError:
            _fonts[name, size] = fonts.load_default(size)
    return _fonts[name, size]

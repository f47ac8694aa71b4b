"""Drawing a backdrop: the same proportions and colours at every size (NT-5.3).

Pillow draws; the letters come from a TrueType font of the machine that knows
Vietnamese.  The same input gives the same bytes.
"""

from functools import lru_cache
from io import BytesIO
import shutil
import subprocess

from hopso.documents.convert.fonts import VIETNAMESE
from PIL import features
from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont


WIDTH, HEIGHT = 1920, 1080
PREFERRED = ("Be Vietnam Pro", "Arimo", "Liberation Sans", "FreeSans", "DejaVu Sans")
# Of the height: size of the letters and where the middle of each part stands.
UPPER, TITLE, LOWER = (0.042, 0.17), (0.085, 0.50), (0.036, 0.86)
MARGIN = 0.08
LEADING = 1.35
SMALLEST = 0.4


class NoFont(RuntimeError):
    """There is no TrueType font with Vietnamese letters on this machine."""


@lru_cache(maxsize=2)
def font_file(bold: bool) -> str:
    """Return the path of a font with Vietnamese letters.  Raises NoFont."""
    program = shutil.which("fc-list")
    listed = ""
    if program is not None:
        listed = subprocess.run(  # noqa: S603
            [program, VIETNAMESE, "file", "family", "style"], capture_output=True, text=True, check=False
        ).stdout
    known = []
    for line in listed.splitlines():
        path, _colon, rest = line.partition(": ")
        family, _style, style = rest.partition(":style=")
        if path.endswith((".ttf", ".otf")):
            known.append((family.split(",")[0].strip(), style.split(",")[0].strip(), path))
    wanted = "Bold" if bold else "Regular"
    for family in PREFERRED:
        for name, style, path in sorted(known):
            if name == family and style in (wanted, "Book" if wanted == "Regular" else wanted):
                return path
    if known:
        return min(known)[2]
    raise NoFont


def _font(size: float, bold: bool):
    return ImageFont.truetype(
        font_file(bold),
        max(8, round(size)),
        layout_engine=ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC,
    )


def wrapped(text: str, font, width: float) -> list[str]:
    """Return *text* in lines no wider than *width* pixels; its own line breaks stay."""
    lines = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _part(draw, text, place, width, height, ink, bold):
    """Draw a text centred at its place, smaller if it would be too wide or too high."""
    size, middle = place
    room = width * (1 - 2 * MARGIN)
    scale = 1.0
    while True:
        font = _font(size * height * scale, bold)
        lines = wrapped(text, font, room)
        tall = len(lines) * size * height * scale * LEADING
        fits = max((font.getlength(line) for line in lines), default=0) <= room and tall <= height * 0.46
        if fits or scale <= SMALLEST:
            break
        scale -= 0.05
    step = size * height * scale * LEADING
    top = middle * height - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        draw.text((width / 2, top + number * step), line, font=font, fill=ink, anchor="mm")


def picture(spec, scale: int = 1) -> Image.Image:
    """Return the backdrop as an image of 1920×1080 pixels times *scale*.

    spec: has upper, title, lower (texts) and background, ink (``#rrggbb``).
    """
    width, height = WIDTH * scale, HEIGHT * scale
    image = Image.new("RGB", (width, height), spec.background)
    draw = ImageDraw.Draw(image)
    if spec.upper:
        _part(draw, spec.upper.upper(), UPPER, width, height, spec.ink, True)
        line = 0.255 * height
        draw.line(
            [(width * 0.40, line), (width * 0.60, line)], fill=spec.ink, width=max(2, round(height * 0.003))
        )
    _part(draw, spec.title.upper(), TITLE, width, height, spec.ink, True)
    if spec.lower:
        _part(draw, spec.lower, LOWER, width, height, spec.ink, False)
    return image


def files_of(spec) -> dict[str, bytes]:
    """Return ``png`` (1920×1080), ``png4k`` (3840×2160) and ``pdf``."""
    found = {}
    small, large = picture(spec), picture(spec, 2)
    for name, image in (("png", small), ("png4k", large)):
        stream = BytesIO()
        image.save(stream, "PNG", optimize=True)
        found[name] = stream.getvalue()
    stream = BytesIO()
    # One page of 1920×1080 points, whatever the pixels.
    large.save(stream, "PDF", resolution=144.0, title=spec.title)
    found["pdf"] = stream.getvalue()
    return found

"""Fonts for LibreOffice that know Vietnamese.

Older Liberation fonts, which stand in for Times New Roman and Arial, lack
ế, ạ, ữ …: LibreOffice then takes those letters from another font, the page is
ugly and its text falls apart ("K ho ch  ế ạ").  A configuration of our own
puts such fonts aside and prefers those with the same widths that have them.
"""

from functools import lru_cache
from pathlib import Path
import shutil
import subprocess


VIETNAMESE = ":charset=1ea1 1ebf 1eef 1b0 111"
# What documents ask for: what to take, the same widths first.
STAND_INS = {
    "Times New Roman": ("Liberation Serif", "Tinos", "FreeSerif", "DejaVu Serif"),
    "Arial": ("Liberation Sans", "Arimo", "FreeSans", "DejaVu Sans"),
    "Courier New": ("Liberation Mono", "Cousine", "FreeMono", "DejaVu Sans Mono"),
}


@lru_cache(maxsize=1)
def vietnamese_families() -> frozenset[str]:
    """Return the families on this machine that have all Vietnamese letters; empty if nobody knows."""
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    listed = subprocess.run(  # noqa: S603
        [program, VIETNAMESE, "family"], capture_output=True, text=True, check=False
    ).stdout
    return frozenset(name.strip() for line in listed.splitlines() for name in line.split(","))


def stand_in(family: str, known=None) -> str:
    """Return the family to take for *family*, empty if there is nothing better than the default."""
    known = vietnamese_families() if known is None else known
    if family in known:
        return family
    return next((one for one in STAND_INS[family] if one in known), "")


def configuration(folder: Path, known=None) -> str:
    """Return a fontconfig file; fontconfig's own cache goes to *folder*."""
    known = vietnamese_families() if known is None else known
    lines = [
        '<?xml version="1.0"?>',
        "<fontconfig>",
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ]
    lines.append(f"<cachedir>{folder}</cachedir>")
    for family, candidates in STAND_INS.items():
        chosen = stand_in(family, known)
        if not chosen:
            continue
        if candidates[0] not in known:
            lines.append(
                "<selectfont><rejectfont><pattern><patelt name='family'>"
                f"<string>{candidates[0]}</string></patelt></pattern></rejectfont></selectfont>"
            )
        for asked in (family, candidates[0]):
            lines.append(
                f"<match target='pattern'><test name='family'><string>{asked}</string></test>"
                f"<edit name='family' mode='assign' binding='same'><string>{chosen}</string></edit></match>"
            )
    return "\n".join([*lines, "</fontconfig>", ""])

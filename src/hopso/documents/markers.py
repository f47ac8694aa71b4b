"""Secrecy stamps in the text of a page: MẬT, TỐI MẬT, TUYỆT MẬT.

A stamp stands on a line (or in a column) of its own and in capitals; running
text about secrets ("bảo mật", "Mật độ", "BÍ MẬT NHÀ NƯỚC") is no stamp.  OCR
loses marks of letters and puts blanks between them, so a line near the top of
a page is compared without accents; further down only the exact word counts.
"""

from dataclasses import dataclass
import re
import unicodedata


# From worst to least.
STAMPS = {"TUYETMAT": "tuyet_mat", "TOIMAT": "toi_mat", "MAT": "mat"}
TOP_LINES = 15
MAX_LETTERS = 24
_COLUMNS = re.compile(r"\t|\s{3,}|[|│]")
_LEVEL = re.compile(r"^(?:DAU CHI |DAU |CHI )?(?:DO|MUC DO) ?MAT ?[:.\-–]+ ?(.*)$")
_TRIM = re.compile(r"^[\W_\d]+|[\W_\d]+$")


@dataclass(frozen=True)
class Marker:
    """A stamp: *level* (mat, toi_mat, tuyet_mat), *page* and *line* numbers from 1, the *text* found."""

    level: str
    page: int
    line: int
    text: str


def find_marker(text: str, page: int = 1) -> Marker | None:
    """Return the worst stamp in the *text* of a page, None if there is none."""
    found = []
    number = 0
    for line in unicodedata.normalize("NFC", text).splitlines():
        if not line.strip():
            continue
        number += 1
        for part in _COLUMNS.split(line):
            level = level_of(part, top=number <= TOP_LINES)
            if level:
                found.append(Marker(level, page, number, part.strip()))
    return min(found, key=lambda one: severity(one.level), default=None)


def severity(level: str) -> int:
    """Return a number to sort levels by, the worst first."""
    return list(STAMPS.values()).index(level)


def level_of(part: str, top: bool = True) -> str:
    """Return the level that one line or column states, empty if it is no stamp."""
    part = part.strip()
    declared = _LEVEL.match(_bare(part).upper())
    if declared:
        # "Độ mật: Tối mật" is a statement in any case; "Độ mật: Không" says there is none.
        return STAMPS.get(_squeeze(declared[1]), "")
    word = _TRIM.sub("", part)
    if not word or len(word) > MAX_LETTERS or word != word.upper():
        return ""
    squeezed = _squeeze(_bare(word))
    squeezed = {"DOMAT": "MAT", "DOTOIMAT": "TOIMAT", "DOTUYETMAT": "TUYETMAT"}.get(squeezed, squeezed)
    level = STAMPS.get(squeezed, "")
    if level == "mat" and not _reads_mat(word, top):
        return ""
    return level if top or _exact(word) else ""


def _bare(text: str) -> str:
    """Drop all marks of letters, đ included."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("Ð", "D"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_\d]+", "", text)


def _exact(word: str) -> bool:
    return "MẬT" in re.sub(r"\s+", "", word)


def _reads_mat(word: str, top: bool) -> bool:
    """Tell MẬT and what OCR makes of it from MẮT, MẶT and the like, which have another vowel."""
    letters = unicodedata.normalize("NFD", _squeeze(word.replace("Đ", "D")))
    if _exact(word):
        return True
    return top and "\u0306" not in letters

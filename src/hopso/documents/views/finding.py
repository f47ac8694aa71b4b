"""Finding words in the pages of one document, accents folded.

Pure functions: they take texts and return hits.  A word is found from its
beginning ("dau tu" in "đầu tư", "ban" not in "bàn giao" only by its accents,
never inside of another syllable), short words count like any other.
"""

from dataclasses import dataclass
import unicodedata


BEFORE, AFTER = 60, 110  # characters of a snippet around the hit
LIMIT = 500  # hits in all


@dataclass(frozen=True)
class Hit:
    """One place: ``page`` from 1, the snippet in three parts."""

    page: int
    before: str
    match: str
    after: str


def prepared(text: str) -> str:
    """Return *text* in NFC, each run of white space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded_char(char: str) -> str:
    """Return a character without accents and case; always one character long."""
    low = char.lower()
    if low in "đð":
        return "d"
    base = unicodedata.normalize("NFD", low)[:1]
    return base or char


def folded(text: str) -> str:
    """Return *text* folded, character by character, so that places stay the same."""
    return "".join(map(folded_char, text))


def lowered(text: str) -> str:
    """Return *text* in lower case, character by character (Ð counts as Đ)."""
    return "".join((char.lower()[:1] or char).replace("ð", "đ") for char in text)


def has_accents(query: str) -> bool:
    """Tell whether *query* was written with accents."""
    return folded(prepared(query)) != lowered(prepared(query))


def find(texts, query: str, limit: int = LIMIT) -> tuple[list[Hit], bool, int]:
    """Return (hits, exact, total) for *query* in ``(page, text)`` pairs.

    A query written with accents finds exactly that where it occurs at all
    (``exact`` is True then); otherwise accents do not matter.  ``total``
    counts the hits beyond *limit* too.
    """
    wanted = prepared(query)
    if not wanted:
        return [], False, 0
    pages = [(page, prepared(text)) for page, text in texts]
    if has_accents(wanted):
        hits, total = _collect(pages, lowered(wanted), lowered, limit)
        if total:
            return hits, True, total
    hits, total = _collect(pages, folded(wanted), folded, limit)
    return hits, False, total


def _collect(pages, needle, change, limit):
    hits, total = [], 0
    for page, text in pages:
        for place in _places(change(text), needle):
            total += 1
            if len(hits) < limit:
                hits.append(_hit(page, text, place, place + len(needle)))
    return hits, total


def _places(text, needle):
    place = text.find(needle)
    while place >= 0:
        if place == 0 or not (text[place - 1].isalnum() and needle[0].isalnum()):
            yield place
            place = text.find(needle, place + len(needle))
        else:
            place = text.find(needle, place + 1)


def _hit(page, text, start, end):
    left, right = max(0, start - BEFORE), min(len(text), end + AFTER)
    before, after = text[left:start], text[end:right]
    if left and " " in before:
        before = "…" + before.partition(" ")[2]
    if right < len(text) and " " in after:
        after = after.rpartition(" ")[0] + "…"
    return Hit(page, before, text[start:end], after)

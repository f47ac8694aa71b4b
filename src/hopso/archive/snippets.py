"""Pieces of text around the words that were found, to be shown with marks.

A snippet is a list of (text, marked) pairs of plain text; templates and
``as_html`` escape each, so nothing of a document reaches a page as markup.
"""

from dataclasses import dataclass
from html import escape
import unicodedata

from hopso.archive.normalise import fold_word
from hopso.archive.normalise import spans
from hopso.archive.stored import page_text
from hopso.archive.stored import pages_with


WIDTH = 240  # characters of a snippet, about
BEFORE = 70  # characters in front of the first word found
LOOK_AT = 20_000  # characters of a text in which words are looked for


@dataclass(frozen=True)
class Words:
    """The words of a query, for marking: folded ones, beginnings, and exact ones."""

    whole: frozenset
    begins: tuple[str, ...]
    exact: frozenset

    @classmethod
    def of(cls, clauses) -> "Words":
        """Return the words of parsed *clauses*."""
        whole, begins, exact = set(), [], set()
        for clause in clauses:
            words = list(clause.words)
            if clause.begin:
                begins.append(words.pop())
            whole.update(words)
            exact.update(clause.exact)
        return cls(frozenset(whole), tuple(begins), frozenset(exact))

    def __bool__(self):
        return bool(self.whole or self.begins)

    def hit(self, exact_words) -> bool:
        """Tell whether one of a word's exact forms is looked for."""
        folded = [fold_word(word) for word in exact_words]
        return any(word in self.whole or (self.begins and word.startswith(self.begins)) for word in folded)


def snippet(text: str, words: Words, width: int = WIDTH) -> list[tuple[str, bool]]:
    """Return the piece of *text* with the most words found, as (text, marked) pairs.

    Without a word found it is the beginning of the text.
    """
    text = unicodedata.normalize("NFC", " ".join(text[:LOOK_AT].split()))
    if not text:
        return []
    found = [(start, end, one) for start, end, one in spans(text) if words and words.hit(one)]
    start = max(0, _best(found, words, width) - BEFORE) if found else 0
    start = text.find(" ", start) + 1 if start and " " in text[start : start + BEFORE] else start
    end = min(len(text), start + width)
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    pieces, at = [("…", False)] if start else [], start
    for first, last, _one in found:
        if first < start or last > end:
            continue
        if first > at:
            _add(pieces, text[at:first], False)
        _add(pieces, text[first:last], True)
        at = last
    if at < end:
        _add(pieces, text[at:end], False)
    if end < len(text):
        pieces.append((" …", False))
    return pieces


def _best(found, words: Words, width: int) -> int:
    """Return where the window begins that holds the most different words, exact ones counting double."""
    best, place = -1, 0
    for number, (start, _end, _one) in enumerate(found[:400]):
        inside = {
            word for s, _e, one in found[number : number + 40] if s < start + width - BEFORE for word in one
        }
        worth = len({fold_word(word) for word in inside}) + 2 * len(inside & words.exact)
        if worth > best:
            best, place = worth, start
    return place


def _add(pieces, text, marked):
    # Two marked words with only a space between them read better under one mark.
    if marked and len(pieces) > 1 and pieces[-1] == (" ", False) and pieces[-2][1]:
        pieces.pop()
        text = pieces.pop()[0] + " " + text
    pieces.append((text, marked))


def as_html(pieces) -> str:
    """Return a snippet as safe HTML with ``<mark>``."""
    return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces)


def page_of(document, words: Words) -> int | None:
    """Return the first page that holds the words, best with their accents; None without pages.

    Only a handful of pages is read, the others are known by their folded words.
    """
    whole = sorted(words.whole)
    numbers = pages_with(document, whole) if whole else _pages_beginning(document, words.begins)
    numbers = numbers or next((pages for word in whole if (pages := pages_with(document, [word]))), [])
    for number in numbers[:10] if words.exact else ():
        if words.exact <= _exact_words(page_text(document, number)):
            return number
    return numbers[0] if numbers else None


def _exact_words(text: str) -> set[str]:
    return {word for _s, _e, one in spans(unicodedata.normalize("NFC", text)) for word in one}


def _pages_beginning(document, begins) -> list[int]:
    """Return the first of the first pages with a word that begins so."""
    for number in range(1, min(document.page_count or 0, 50) + 1):
        if any(fold_word(word).startswith(begins) for word in _exact_words(page_text(document, number))):
            return [number]
    return []

"""Vietnamese words in the form in which they are found.

Two forms of a text, both made of syllables (there are no stop words, short
words count):

- *exact*: lower case, one way of composing letters (NFC), of placing the tone
  (``hòa`` = ``hoà``), of writing i and y (``kĩ`` = ``kỹ``); the tones are kept;
- *folded*: the same without tones and diacritics, ``đ`` as ``d``.  What a
  person types without accents finds everything; what is typed with accents
  is ranked by the exact form.

``214/BC-STC`` becomes the words 214, bc, stc, one after the other: the whole
symbol is found as a phrase, each part by itself.  Abbreviations of
``synonyms.txt`` become the words that they stand for.

All functions are pure; texts may be NFC or NFD.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
import re
import unicodedata


TONES = "\u0300\u0301\u0303\u0309\u0323"
WORD = re.compile(r"[^\W_]+")
# Where y alone is the rhyme, i is written as well: kỹ/kĩ, lý/lí, quý/quí.
ONSETS = ("h", "k", "l", "m", "qu", "s", "t", "v")


def _compose(letters: str) -> str:
    return unicodedata.normalize("NFC", letters)


# Both vowels of oa, oe, uy (and of the slips húê, thủơ): the tone goes to the second.
_PLACED = {
    _compose(first + tone) + second: first + _compose(second + tone)
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"), ("u", "ê"), ("u", "ơ"))
    for tone in TONES
}
_MISPLACED = re.compile("|".join(_PLACED))
_Y = {_compose("y" + tone): _compose("i" + tone) for tone in ("", *TONES)}
_LONE_Y = re.compile(rf"(?<![^\W_])({'|'.join(ONSETS)})([{''.join(_Y)}])(?![^\W_])")


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) != 0 or unicodedata.category(char) == "Mn"


class _Folding(dict):
    """Table for ``str.translate`` that works out a letter when it first meets it."""

    def __missing__(self, code: int) -> str:
        text, before = chr(code), None
        while text != before:
            before = text
            text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not _is_mark(c))
            text = text.replace("đ", "d").replace("ð", "d")
        self[code] = text
        return text


class _Unmarked(dict):
    """Table that drops marks which no letter took up, and makes Ð (U+00D0) a Đ."""

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        self[code] = "" if _is_mark(char) else "đ" if char == "ð" else code
        return self[code]


_FOLDING, _UNMARKED = _Folding(), _Unmarked()


def exact(text: str) -> str:
    """Return *text* in its exact form; what is not a letter stays where it was."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    text = text.translate(_UNMARKED)
    text = _MISPLACED.sub(lambda match: _PLACED[match[0]], text)
    return _LONE_Y.sub(lambda match: match[1] + _Y[match[2]], text)


def fold(text: str) -> str:
    """Return *text* in its folded form: ``Ủy ban`` and ``UY BAN`` give ``uy ban``."""
    return _LONE_Y.sub(lambda match: match[1] + _Y[match[2]], exact(text).translate(_FOLDING))


def read_synonyms(lines) -> dict[str, tuple[str, ...]]:
    """Return abbreviation (exact and folded) -> exact words, from lines ``UBND = Ủy ban nhân dân``."""
    found = {}
    for line in lines:
        short, equals, words = line.partition("=")
        if equals and not line.startswith("#"):
            meaning = tuple(WORD.findall(exact(words)))
            found[exact(short.strip())] = meaning
            found[fold(short.strip())] = meaning
    return found


SYNONYMS = read_synonyms((Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=32768)
def fold_word(word: str) -> str:
    """Return the folded form of one exact word."""
    return fold(word)


def _meaning(word: str) -> tuple[str, ...]:
    """Return the words that one exact *word* stands for."""
    if len(word) == 2 and word[0] == "0" and word[1].isdigit():
        return (word[1],)  # 05/BB-UBND is typed as 5/BB-UBND as well
    return SYNONYMS.get(word) or (word,)


def exact_tokens(text: str) -> list[str]:
    """Return the exact words of *text*, in order."""
    return [one for word in WORD.findall(exact(text)) for one in _meaning(word)]


def tokens(text: str) -> list[str]:
    """Return the folded words of *text*, in order: what is indexed and looked for."""
    return [folded for one in exact_tokens(text) if (folded := fold_word(one))]


def has_accents(text: str) -> bool:
    """Tell whether the writer of *text* used tones, diacritics or đ."""
    return any(fold_word(word) != word for word in WORD.findall(exact(text)))


def spans(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield (start, end, exact words) for every word of *text*, which must be NFC."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), exact_tokens(match[0])

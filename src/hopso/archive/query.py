"""From what a person types and chooses to a query.

Text: words (all must occur), ``"a phrase"``, ``begin*``.  Whatever is typed
gives a query, and a note where it could not be taken as it stands; nothing
raises.
"""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from datetime import date
from datetime import datetime
import re

from hopso import _
from hopso.archive.normalise import exact_tokens
from hopso.archive.normalise import has_accents
from hopso.archive.normalise import tokens


MAX_LENGTH = 500  # characters of text
MAX_WORDS = 40
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
TYPES = ("Meeting", "AgendaItem", "MeetingDocument", "Minutes", "ConclusionNotice", "Unit", "Room")
SORTS = ("relevance", "date", "date_asc", "number")
PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Clause:
    """One thing that must occur: folded *words* in a row; *begin*: the last one may go on.

    *exact* are the same words with their accents, empty if none were typed.
    """

    words: tuple[str, ...]
    begin: bool = False
    exact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A text taken apart; ``notes`` are translatable messages about it."""

    clauses: tuple[Clause, ...] = ()
    notes: tuple = ()
    hopeless: bool = False  # something was typed, nothing can be looked for


def parse(text: str) -> Parsed:
    """Take *text* apart."""
    text = (text or "").strip()
    if len(text) > MAX_LENGTH:
        note = _("Please search for fewer words: at most ${n} characters.", mapping={"n": MAX_LENGTH})
        return Parsed(notes=(note,), hopeless=True)
    notes, clauses = [], []
    if text.count('"') % 2:
        notes.append(_("A quotation mark is not closed; the words are searched one by one."))
        text = text.replace('"', " ")
    for phrase, word in PIECE.findall(text):
        clause, note = _clause(phrase or word, begin=word.endswith("*"))
        if clause is not None:
            clauses.append(clause)
        if note is not None and note not in notes:
            notes.append(note)
    if text and not clauses:
        notes = notes or [_("Please type letters or digits.")]
        return Parsed(notes=tuple(notes), hopeless=True)
    if sum(len(clause.words) for clause in clauses) > MAX_WORDS:
        note = _("Please search for fewer words: at most ${n}.", mapping={"n": MAX_WORDS})
        return Parsed(notes=(note,), hopeless=True)
    return Parsed(tuple(clauses), tuple(notes))


def _clause(text: str, begin: bool):
    """Return (Clause or None, note or None)."""
    words = tuple(tokens(text))
    if not words:
        return None, None
    if begin and len(words[-1]) < 2:
        return Clause(words), _("A star needs at least two letters before it.")
    exact = tuple(exact_tokens(text)) if has_accents(text) else ()
    return Clause(words, begin, exact), None


def index_query(clauses) -> str:
    """Return the clauses in the language of the folded text index."""
    return " ".join(part for clause in clauses for part in _parts(clause.words, clause.begin))


def exact_query(clauses) -> str:
    """Return the accented clauses in the language of the exact index; empty if there are none."""
    return " ".join(part for c in clauses if c.exact for part in _parts(c.exact, c.begin))


def _parts(words, begin):
    if begin:
        head = words[:-1]
        return ([f'"{" ".join(head)}"'] if head else []) + [f"{words[-1]}*"]
    return [f'"{" ".join(words)}"']


@dataclass(frozen=True)
class Query:
    """What is looked for.

    types: portal types; kinds: kinds of document; units: unit ids;
    start, end: first and last day (dates, Vietnamese time); years: ints;
    number: number and symbol or a part of it; chair, person: user ids;
    page: from 1; size: hits on a page.
    """

    text: str = ""
    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    meeting_kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    start: date | None = None
    end: date | None = None
    number: str = ""
    chair: str = ""
    person: str = ""
    sort: str = ""
    page: int = 1
    size: int = PAGE_SIZE
    notes: tuple = field(default=(), compare=False)

    @property
    def order(self) -> str:
        """The sort order that holds: relevance needs words."""
        return self.sort or ("relevance" if self.text else "date")

    def filtered(self) -> bool:
        """Tell whether anything but text was chosen."""
        return any(value for _name, value in self.parameters() if _name not in ("q", "sort", "size"))

    def parameters(self, **changes) -> list[tuple[str, str]]:
        """Return the query as (name, value) pairs for an address, changed by *changes*."""
        one = replace(self, **changes)
        pairs = []
        for name, attribute in PARAMETERS.items():
            value = getattr(one, attribute)
            default = DEFAULTS[attribute]
            if value == default or attribute == "page":
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs.extend((name, v.isoformat() if isinstance(v, date) else str(v)) for v in values)
        if one.page > 1:
            pairs.append(("page", str(one.page)))
        return pairs


# Name in the address -> attribute
PARAMETERS = {
    "q": "text",
    "type": "types",
    "kind": "kinds",
    "unit": "units",
    "meeting_kind": "meeting_kinds",
    "state": "states",
    "year": "years",
    "from": "start",
    "to": "end",
    "number": "number",
    "chair": "chair",
    "person": "person",
    "sort": "sort",
    "page": "page",
    "size": "size",
}
DEFAULTS = {one.name: one.default for one in fields(Query)}


def read_query(form) -> Query:
    """Return the query of a form or an address; what cannot be read is noted and left out."""
    notes = []
    values = {"text": _text(form, "q")}
    for name in ("type", "kind", "unit", "meeting_kind", "state"):
        values[PARAMETERS[name]] = _list(form, name)
    values["types"] = tuple(one for one in values["types"] if one in TYPES)
    values["years"] = tuple(int(y) for y in _list(form, "year") if y.isdecimal() and len(y) == 4)
    for name in ("from", "to"):
        values[PARAMETERS[name]] = _date(_text(form, name), notes)
    for name in ("number", "chair", "person"):
        values[name] = _text(form, name)[:100]
    sort = _text(form, "sort")
    values["sort"] = sort if sort in SORTS else ""
    values["page"] = _int(_text(form, "page"), 1, 1_000_000)
    values["size"] = _int(_text(form, "size"), PAGE_SIZE, MAX_PAGE_SIZE)
    if values["start"] and values["end"] and values["end"] < values["start"]:
        notes.append(_("The period ends before it begins."))
    return Query(**values, notes=tuple(notes))


def _text(form, name) -> str:
    value = form.get(name, "")
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return value.replace("\0", "").strip() if isinstance(value, str) else str(value or "")


def _list(form, name) -> tuple[str, ...]:
    value = form.get(name, ())
    values = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(dict.fromkeys(one for one in values if isinstance(one, str) and one))[:50]


def _int(text, default, most) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 8 and int(text) > 0 else default


def _date(text, notes) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y") if text else ():
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if text:
        notes.append(_("“${text}” is not a date (dd/mm/yyyy).", mapping={"text": text[:30]}))
    return None

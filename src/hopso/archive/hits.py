"""From records of the catalog to what a hit shows; shared by the page, the API and the export."""

from dataclasses import dataclass
from dataclasses import field
from urllib.parse import urlencode

from AccessControl import Unauthorized
from hopso.archive import stored
from hopso.archive.labels import Labels
from hopso.archive.labels import MARKS
from hopso.archive.labels import state_css
from hopso.archive.snippets import as_html
from hopso.archive.snippets import page_of
from hopso.archive.snippets import snippet
from hopso.archive.snippets import Words
from hopso.archive.texts import facts_of
from hopso.core.moments import to_utc
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.organisation.history import changes_of
from hopso.organisation.history import value_on


@dataclass
class Hit:
    """One hit; texts are plain, ``pieces`` and ``title_pieces`` are (text, marked) pairs."""

    uid: str
    url: str
    portal_type: str
    type_title: str
    title: str
    number: str = ""
    when: object = None  # aware datetime, or None
    unit: str = ""
    meeting: str = ""
    state: str = ""
    state_title: str = ""
    state_css: str = ""
    kind_title: str = ""
    chair: str = ""
    extension: str = ""
    page: int | None = None
    picture: str = ""
    mark: str = ""
    title_pieces: list = field(default_factory=list)
    pieces: list = field(default_factory=list)

    @property
    def date_text(self) -> str:
        """Date and time of the meeting or of the issue, in Vietnamese time."""
        return datetime_text(self.when) if self.when else ""

    @property
    def html(self) -> str:
        """The snippet as safe HTML."""
        return as_html(self.pieces)


def value_of(brain, name):
    """Return a column of a record, None where it has none."""
    # A column without a value holds Missing.Value, which is false.
    return getattr(brain, name, None) or None


def plain_hits(brains, request) -> list[Hit]:
    """Return hits without snippets: nothing but the records is read."""
    labels = Labels(request)
    labels.load(
        filter(None, (value_of(brain, "archive_unit") for brain in brains)),
        filter(None, (value_of(brain, "chair") for brain in brains)),
    )
    return [_plain(brain, labels) for brain in brains]


def _plain(brain, labels: Labels) -> Hit:
    unit, kind = value_of(brain, "archive_unit"), value_of(brain, "doc_kind")
    state, chair = value_of(brain, "review_state") or "", value_of(brain, "chair")
    return Hit(
        uid=brain.UID,
        url=brain.getURL(),
        portal_type=brain.portal_type,
        type_title=labels.of("type", brain.portal_type),
        title=brain.Title,
        number=value_of(brain, "doc_number") or "",
        when=_moment(value_of(brain, "archive_date")),
        unit=_unit_name(unit, value_of(brain, "archive_date"), labels),
        meeting=value_of(brain, "meeting_title") or "",
        state=state,
        state_title=labels.of("state", state) if state else "",
        state_css=state_css(state),
        kind_title=labels.of("kind", kind) if kind else "",
        chair=labels.of("chair", chair) if chair else "",
        extension=value_of(brain, "file_extension") or "",
        mark=labels.translate(MARKS.get(brain.portal_type, "")),
    )


def _moment(value):
    """Return the aware moment of ``archive_date``, which is naive Vietnamese time."""
    return to_utc(value) if value is not None else None


def full_hits(result, request) -> list[Hit]:
    """Return the hits of the page with snippets; only these things are opened."""
    words = Words.of(result.parsed.clauses)
    found = []
    for hit, brain in zip(plain_hits(result.brains, request), result.brains, strict=True):
        try:
            thing = brain.getObject()
        except (KeyError, AttributeError, Unauthorized):
            continue  # taken away or closed since the catalog was asked
        _open(hit, thing, words, result.query.text)
        found.append(hit)
    return found


def _open(hit: Hit, thing, words: Words, text: str) -> None:
    hit.title_pieces = snippet(hit.title, words, width=max(240, len(hit.title)))
    if hit.portal_type == "MeetingDocument":
        hit.page = page_of(thing, words) if words else None
        body = stored.page_text(thing, hit.page or 1)
        hit.pieces = snippet(body, words)
        hit.picture = stored.page_picture(thing, hit.page or 1)
        hit.url += f"?{urlencode({'q': text})}#p{hit.page}" if hit.page else ""
    else:
        hit.pieces = snippet(facts_of(thing), words)


def _unit_name(unit_id, when, labels) -> str:
    """Return the name that a unit had at the time of a hit."""
    if not unit_id:
        return ""
    moment, name = _moment(when), labels.of("unit", unit_id)
    return value_on(changes_of(unit_id), "title", local(moment).date(), name) if moment else name

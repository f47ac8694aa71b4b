"""Vocabularies that administrators keep: positions, types of meetings and documents, issuing bodies.

A value's id never changes and is never given again, so that what was chosen
once stays readable; people rename values, put them in order and retire them.
What the house brings along is code; only what differs from it is stored, one
key a value, so that two administrators at once lose nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from hopso import _
from hopso.core.text import collation_key
from plone import api
from Products.CMFCore.indexing import processQueue
from zope.annotation.interfaces import IAnnotations
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


KEY = "hopso.vocabularies"
STEP = 10  # between the places of values that the house brings along
LAST = 1_000_000  # added values come at the end, by name


@dataclass(frozen=True)
class Value:
    """One value; ``title`` is a text or a message, ``retired_at`` aware, UTC, or None.

    online_recommended, basis: of a type of meetings, that it is to be held online, and by which rule.
    """

    id: str
    title: object
    place: int = LAST
    retired_at: datetime | None = None
    online_recommended: bool = False
    basis: str = ""


@dataclass(frozen=True)
class Kind:
    """One vocabulary: its name in code, what people call it, what the house brings along.

    field: name of the field of content that holds a value (its present one stays
    choosable though retired); index: name of the catalog index that counts uses;
    by_title: things hold the title of a value, not its id.
    """

    name: str
    title: object
    defaults: tuple
    field: str = ""
    index: str = ""
    count: Callable | None = None
    by_title: bool = False


KINDS: dict[str, Kind] = {}


def managed(name: str, title, *pairs, online=None, **options):
    """Declare a vocabulary with (id, title) pairs; return its factory.

    online: id -> rule by which meetings of the type are to be held online.
    """
    online = online or {}
    values = tuple(
        Value(value, text, STEP * place, None, value in online, online.get(value, ""))
        for place, (value, text) in enumerate(pairs, 1)
    )
    kind = KINDS[name] = Kind(name, title, values, **options)

    @provider(IVocabularyFactory)
    def factory(context=None):
        return vocabulary(kind, context)

    return factory


class Terms(SimpleVocabulary):
    """Lists the values to choose from, but knows the retired ones as well."""

    def __init__(self, terms, retired):
        super().__init__(terms)
        self.retired = {term.value: term for term in retired}

    def __contains__(self, value):
        return super().__contains__(value) or value in self.retired

    def getTerm(self, value):
        return self.retired[value] if value in self.retired else super().getTerm(value)

    def getTermByToken(self, token):
        return self.retired[token] if token in self.retired else super().getTermByToken(token)


def vocabulary(kind: Kind, context=None) -> Terms:
    """Return the values of *kind* for a field of *context*."""
    present = getattr(aq_base(context), "__dict__", {}).get(kind.field) if kind.field else None
    shown, retired = [], []
    for value in values_of(kind.name):
        term = SimpleTerm(value.id, value.id, value.title)
        (shown if value.retired_at is None or value.id == present else retired).append(term)
    return Terms(shown, retired)


def stored(kind: str):
    """Return id -> Value of what differs from what the house brings along (read-only)."""
    everything = IAnnotations(api.portal.get()).get(KEY)
    return everything.get(kind, {}) if everything is not None else {}


def values_of(kind: str) -> list[Value]:
    """Return all values of a kind in their order, retired ones included.  Raises KeyError for an unknown kind."""
    found = {one.id: one for one in KINDS[kind].defaults}
    found.update(stored(kind))
    return sorted(found.values(), key=lambda one: (one.place, collation_key(_text(one.title))))


def find_value(kind: str, value_id: str) -> Value | None:
    """Return one value, None if there is none."""
    found = stored(kind).get(value_id)
    return found or next((one for one in KINDS[kind].defaults if one.id == value_id), None)


def title_of(kind: str, value_id: str | None):
    """Return the title of a value (text or message); what is no value is returned as it is, None as ""."""
    found = find_value(kind, value_id) if value_id else None
    return found.title if found is not None else value_id or ""


def position_text(position: str) -> str:
    """Return what people read for the position of an assignment: a managed one, or the words of former days."""
    title = title_of("positions", position)
    return api.portal.translate(title) if position else ""


def position_texts() -> dict[str, str]:
    """Return id -> text of all managed positions, for lists of people."""
    return {one.id: api.portal.translate(one.title) for one in values_of("positions")}


def store(kind: str, value: Value) -> None:
    """Keep a value (operations only)."""
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    if kind not in annotations[KEY]:
        annotations[KEY][kind] = OOBTree()
    annotations[KEY][kind][value.id] = value


def ensure_store(portal) -> None:
    """Make the trees, so that two who store first do not meet (installation)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    for kind in KINDS:
        if kind not in annotations[KEY]:
            annotations[KEY][kind] = OOBTree()


def uses(kind: str) -> dict[str, int]:
    """Return id -> how often a value is used; for kinds by title, title -> number."""
    one = KINDS[kind]
    if one.count is not None:
        return one.count()
    if not one.index:
        return {}
    processQueue()
    index = api.portal.get_tool("portal_catalog").Indexes[one.index]
    return dict(index.uniqueValues(withLengths=True))


def _text(title) -> str:
    return str(getattr(title, "default", None) or title)


def _count_positions() -> dict[str, int]:
    from hopso.core.text import now
    from hopso.organisation.assignments import assignment_store

    found: dict[str, int] = {}
    moment = now()
    for held in assignment_store().by_user.values():
        for position in {one.position for one in held if one.position and one.current(moment)}:
            found[position] = found.get(position, 0) + 1
    return found


Positions = managed(
    "positions",
    _("Positions"),
    ("chair", _("Chair (Chủ tịch)")),
    ("vice_chair", _("Vice chair (Phó Chủ tịch)")),
    ("secretary", _("Secretary of the party committee (Bí thư)")),
    ("vice_secretary", _("Deputy secretary of the party committee (Phó Bí thư)")),
    ("chief_of_office", _("Chief of office (Chánh Văn phòng)")),
    ("deputy_chief_of_office", _("Deputy chief of office (Phó Chánh Văn phòng)")),
    ("director", _("Director (Giám đốc)")),
    ("deputy_director", _("Deputy director (Phó Giám đốc)")),
    ("head", _("Head of division (Trưởng phòng)")),
    ("deputy_head", _("Deputy head of division (Phó Trưởng phòng)")),
    ("chief", _("Head of branch (Chi cục trưởng)")),
    ("deputy_chief", _("Deputy head of branch (Phó Chi cục trưởng)")),
    ("senior_specialist", _("Senior specialist (Chuyên viên chính)")),
    ("specialist", _("Specialist (Chuyên viên)")),
    ("archivist", _("Archivist (Văn thư, lưu trữ)")),
    ("technician", _("Technician (Kỹ thuật viên)")),
    count=_count_positions,
)
IssuingBodies = managed("issuing_bodies", _("Issuing bodies"), index="issuing_body", by_title=True)


def changed(value: Value, **fields) -> Value:
    """Return *value* with other fields."""
    return replace(value, **fields)

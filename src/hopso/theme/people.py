"""Finding people, units, rooms and sites by a few letters, accents or not.

The directory of the province is held in memory, sorted once, so that a
keystroke costs a scan over plain strings and neither the catalog nor the
accounts are listed.  Changes made by this process show at once, those of
other processes after REFRESH seconds.
"""

from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from time import monotonic

from hopso.accounts.records import account_store
from hopso.accounts.records import is_guest
from hopso.archive.normalise import exact
from hopso.archive.normalise import fold
from hopso.core.text import collation_key
from hopso.core.text import initials
from hopso.core.text import name_key
from hopso.organisation.assignments import assignment_store
from hopso.organisation.managed import position_texts
from hopso.organisation.tree import all_units
from plone import api


LIMIT = 20
REFRESH = 30  # seconds
KINDS = ("user", "unit", "participant", "room", "site")


@dataclass(frozen=True)
class Entry:
    """One person, unit or room: ``value`` is what forms store."""

    value: str
    title: str
    about: str
    mark: str
    words: str  # folded, with a space before each word
    accented: str


def entry(value: str, title: str, about: str = "", mark: str = "") -> Entry:
    """Return an Entry with its words folded for finding."""
    text = f"{title} {about}"
    return Entry(value, title, about, mark, " " + fold(text), " " + exact(text))


def matching(entries, query: str, limit: int = LIMIT) -> list[Entry]:
    """Return up to *limit* of *entries* that have a word starting with each word of *query*.

    Keeps their order, but those that match with accents as typed come first.
    """
    wanted = [" " + word for word in fold(query).split()]
    accented = [" " + word for word in exact(query).split()]
    first, second = [], []
    for one in entries:
        if all(word in one.words for word in wanted):
            (first if all(word in one.accented for word in accented) else second).append(one)
            if len(first) >= limit:
                break
    return (first + second)[:limit]


_kept: dict[tuple, tuple[float, list[Entry]]] = {}


def forget(*_event) -> None:
    """Drop what is held in memory (subscriber of changes to accounts, units and rooms)."""
    _kept.clear()


def account_changed(event) -> None:
    """Drop it when an operation has changed who is here, and as what."""
    if event.operation.name.startswith("account."):
        forget()


def directory(kind: str) -> list[Entry]:
    """Return all entries of a kind, sorted: people by given name, units and rooms by name."""
    key = (api.portal.get().getPhysicalPath(), kind)
    when, entries = _kept.get(key, (0.0, None))
    if entries is None or monotonic() - when > REFRESH:
        entries = _MAKERS[kind]()
        _kept[key] = (monotonic(), entries)
    return entries


def pick(kind: str, query: str, limit: int = LIMIT) -> list[Entry]:
    """Return what to offer for *query*; *kind* is one of KINDS.  A guest is offered nothing."""
    if is_guest(api.user.get_current().getId() or ""):
        return []
    if kind == "participant":
        units = [Entry(f"unit:{e.value}", *_rest(e)) for e in matching(directory("unit"), query, limit // 2)]
        people = matching(directory("user"), query, limit - len(units))
        return units + [Entry(f"user:{e.value}", *_rest(e)) for e in people]
    return matching(directory(kind), query, limit)


def _rest(one: Entry) -> tuple:
    return one.title, one.about, one.mark, one.words, one.accented


def _unit_titles() -> dict[str, str]:
    catalog = api.portal.get_tool("portal_catalog")
    return {b.getId: b.Title for b in catalog.unrestrictedSearchResults(portal_type="Unit")}


def _units() -> list[Entry]:
    found = [entry(one.id, one.title) for one in all_units().values() if not one.closed()]
    return sorted(found, key=lambda one: collation_key(one.title))


def _rooms() -> list[Entry]:
    return _of_units("Room")


def _sites() -> list[Entry]:
    return _of_units("Site")


def _of_units(portal_type: str) -> list[Entry]:
    """Return what units have of this type, each with the name of its unit."""
    catalog = api.portal.get_tool("portal_catalog")
    units = _unit_titles()
    found = []
    for brain in catalog.unrestrictedSearchResults(portal_type=portal_type):
        unit = next((part for part in reversed(brain.getPath().split("/")) if part in units), "")
        found.append(entry(brain.UID, brain.Title, units.get(unit, "")))
    return sorted(found, key=lambda one: collation_key(one.title))


def _people() -> list[Entry]:
    titles = _unit_titles()
    held, positions = assignment_store(), position_texts()
    found = []
    for user_id, name in _accounts():
        functions = held.of_user(user_id)
        first = next((one for one in functions if one.position), functions[0] if functions else None)
        about = ""
        if first is not None:
            about = ", ".join(
                part
                for part in (positions.get(first.position, first.position), titles.get(first.unit, ""))
                if part
            )
        found.append(_person(user_id, name, about))
    return [one for _key, one in sorted(found, key=itemgetter(0))]


@lru_cache(maxsize=30_000)
def _person(user_id: str, name: str, about: str) -> tuple[tuple, Entry]:
    """Return sort key and entry of a person: to fold a name costs more than to look it up again."""
    return name_key(name), entry(user_id, name, about, initials(name))


def _accounts():
    """Yield (user id, full name) of every account that may be given a part: not of leavers, not of guests."""
    folder = api.portal.get_tool("acl_users")
    properties = folder.mutable_properties._storage
    # Ten thousand records, each an answer of the database server to wait for, would take half a minute.
    not_offered = set(account_store().not_offered)
    for user_id in folder.source_users.listUserIds():
        if user_id in not_offered:
            continue
        yield user_id, (properties.get(user_id) or {}).get("fullname") or user_id


_MAKERS = {"user": _people, "unit": _units, "room": _rooms, "site": _sites}

"""The search engine of the archive, behind one small interface.

``search(query)`` returns a ``Result``.  This engine is the embedded catalog;
another one (for millions of documents) would offer the same function.

Security comes first: the catalog is asked with the roles and groups of the
searcher, and everything else (count, facets, order, hits) is worked out from
that set only.  Indexes that are read directly are intersected with it.
"""

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import time
import re

from hopso import _
from hopso.archive.query import exact_query
from hopso.archive.query import index_query
from hopso.archive.query import parse
from hopso.archive.query import Parsed
from hopso.archive.query import Query
from hopso.archive.query import TYPES
from hopso.meetings.participation import participation_store
from plone import api
from Products.ZCTextIndex.ParseTree import ParseError
from Products.ZCTextIndex.ParseTree import QueryError


# Facet -> index whose values are counted
FACETS = {
    "type": "portal_type",
    "kind": "doc_kind",
    "unit": "archive_unit",
    "year": "archive_year",
    "state": "review_state",
    "meeting_kind": "archive_kind",
    "chair": "archive_chair",
}


@dataclass
class Result:
    """What was found: *brains* of the asked page, *count* of all, facets value -> number."""

    query: Query
    parsed: Parsed
    count: int = 0
    brains: list = field(default_factory=list)
    facets: dict[str, dict] = field(default_factory=dict)
    exact: int = 0  # hits with the very accents of the query
    notes: tuple = ()

    @property
    def pages(self) -> int:
        """How many pages of hits there are."""
        return -(-self.count // self.query.size)


def search(query: Query, limit: int | None = None) -> Result:
    """Carry out *query* for the current user; with *limit*, return the first hits of all pages."""
    parsed = parse(query.text)
    result = Result(query, parsed, notes=(*query.notes, *parsed.notes))
    if parsed.hopeless:
        return result
    catalog = api.portal.get_tool("portal_catalog")
    asked = _catalog_query(query, parsed, result)
    if asked is None:
        return result
    try:
        scores = _scores(catalog.searchResults(asked))
    except (ParseError, QueryError):
        result.notes = (
            *result.notes,
            _("These words cannot be searched for. Please write them differently."),
        )
        return result
    result.count = len(scores)
    result.facets = {name: _count(catalog, index, scores) for name, index in FACETS.items()}
    ordered = _ordered(catalog, query, parsed, scores, result)
    first = 0 if limit else (query.page - 1) * query.size
    result.brains = [catalog._catalog[rid] for rid in ordered[first : first + (limit or query.size)]]
    return result


def _catalog_query(query: Query, parsed: Parsed, result: Result) -> dict | None:
    """Return the query for the catalog, None if it can have no hits."""
    asked: dict = {"portal_type": list(query.types or TYPES)}
    if parsed.clauses:
        asked["SearchableText"] = index_query(parsed.clauses)
    if query.number:
        number = parse(f'"{query.number.replace(chr(34), " ")}"')
        if not number.clauses:
            result.notes = (*result.notes, _("The number and symbol hold letters or digits: 214/BC-STC."))
            return None
        asked["archive_number"] = index_query(number.clauses)
    for values, index in (
        (query.kinds, "doc_kind"),
        (query.units, "archive_unit"),
        (query.meeting_kinds, "archive_kind"),
        (query.states, "review_state"),
    ):
        if values:
            asked[index] = list(values)
    if query.chair:
        asked["archive_chair"] = query.chair
    if query.person:
        asked["meeting_uid"] = _meetings_with(query.person)
        if not asked["meeting_uid"]:
            return None
    if query.years:
        asked["archive_year"] = list(query.years)
    if query.start or query.end:
        asked["archive_date"] = _period(query.start, query.end)
    return asked


def _period(start, end) -> dict:
    """Return the query of a date index for whole days; naive times as they are indexed."""
    first = datetime.combine(start, time.min) if start else None
    last = datetime.combine(end, time.max) if end else None
    if first and last:
        return {"query": (first, last), "range": "min:max"}
    return {"query": first, "range": "min"} if first else {"query": last, "range": "max"}


def _meetings_with(user_id: str) -> list[str]:
    """Return UIDs of the meetings that a person takes part in, of those that the searcher may see."""
    uids = [uid for uid, _parts in participation_store().meetings_of(f"user:{user_id}")]
    if not uids:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    return [brain.UID for brain in catalog.searchResults(portal_type="Meeting", UID=uids)]


def _scores(found) -> dict[int, float]:
    """Return record id -> score (0 without words) of a result that was not sorted.

    A lazy result makes a brain of each record it is asked for; the ids alone
    stand in the sequence underneath, as ids or as pairs (score, id).
    """
    sequence = getattr(found, "_seq", ())
    return (
        {one[1]: one[0] for one in sequence}
        if sequence and isinstance(sequence[0], tuple)
        else dict.fromkeys(sequence, 0)
    )


def _count(catalog, name: str, rids) -> dict:
    """Return value -> number of *rids* that have it in the index."""
    counts = Counter(map(catalog._catalog.getIndex(name).documentToKeyMap().get, rids))
    return {value: number for value, number in counts.items() if value is not None and value != ""}


def _ordered(catalog, query: Query, parsed: Parsed, scores: dict, result: Result) -> list[int]:
    """Return the record ids in the order of the query."""
    if query.order == "relevance":
        return _by_relevance(catalog, parsed, scores, result)
    if query.order == "number":
        number_of = catalog._catalog.getIndex("doc_number").documentToKeyMap()
        numbered = sorted(
            (rid for rid in scores if number_of.get(rid)), key=lambda rid: natural(number_of[rid])
        )
        return numbered + sorted(rid for rid in scores if not number_of.get(rid))
    date_of = catalog._catalog.getIndex("archive_date").documentToKeyMap()
    newest = query.order == "date"
    # What has no date (units, rooms) comes last either way.
    return sorted(
        scores,
        key=lambda rid: (rid not in date_of, -date_of.get(rid, 0) if newest else date_of.get(rid, 0), rid),
    )


def _by_relevance(catalog, parsed: Parsed, scores: dict, result: Result) -> list[int]:
    """Exact accents first, then words in the title, then the score of the text."""
    exact, titles = exact_query(parsed.clauses), index_query(parsed.clauses)
    hits = _matching(catalog, "exact_text", exact, scores) if exact else frozenset()
    titled = _matching(catalog, "Title", titles, scores) if titles else frozenset()
    result.exact = len(hits)
    return sorted(scores, key=lambda rid: (rid not in hits, rid not in titled, -scores[rid], rid))


def _matching(catalog, index: str, text: str, rids) -> set[int]:
    """Return those of *rids* that match *text* in a text index."""
    found = catalog._catalog.getIndex(index)._apply_index({index: {"query": text}})
    return {rid for rid in (found[0] or ()) if rid in rids} if found else set()


def natural(number: str) -> tuple:
    """Return a sort key for numbers and symbols: 9/BC before 10/BC."""
    parts = re.split(r"(\d+)", number.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)

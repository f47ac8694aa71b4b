"""How available sites and their lines were: from incidents whose cause is the line or the power (NA-8.1, NT-13.1).

Availability of a site over a period is the share of the time in which no
incident with that cause was open at it.  An incident counts from when it
interrupted something (else from when it occurred) until the interruption was
over (else until it was resolved); one that is still open counts until now.
Where minutes of interruption were written down, they count instead, from the
same beginning.  Times in which several incidents were open count once.
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from hopso.core.text import now
from hopso.policy.register import rule
from plone import api


CAUSES = ("line", "power")


@dataclass(frozen=True)
class Availability:
    """Figures of one site or provider: incidents, minutes of interruption, share of the time (0–1)."""

    incidents: int
    minutes: int
    share: float
    line: int = 0
    power: int = 0

    @property
    def percent(self) -> str:
        """The share for people, ``99,95 %``: never rounded up to a full hundred."""
        value = int(self.share * 10_000) / 100
        return f"{value:.2f} %".replace(".", ",")


def merged(spans, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans inside of [first, last), joined where they meet; begin and end aware."""
    found: list[tuple[datetime, datetime]] = []
    for begin, end in sorted((max(begin, first), min(end, last)) for begin, end in spans):
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def length(spans) -> timedelta:
    """Return how long spans that do not overlap are in all."""
    return sum((end - begin for begin, end in spans), timedelta())


def span_of(facts: dict, moment: datetime) -> tuple[datetime, datetime] | None:
    """Return when an incident (its facts in the catalog) made a site unavailable; None: never."""
    begin = facts.get("begin") or facts.get("occurred_at") or facts.get("reported_at")
    if begin is None:
        return None
    end = facts.get("end") or facts.get("resolved_at") or moment
    minutes = facts.get("interruption")
    if minutes is not None:
        end = begin + timedelta(minutes=minutes)
    return (begin, min(end, moment)) if begin < min(end, moment) else None


@rule("NT-13.1", "NA-8.1")
def availability(incidents, first: datetime, last: datetime, sites: int = 1) -> Availability:
    """Return the figures of incidents over [first, last).

    incidents: facts of those at one site (or, with *sites* > 1, at the sites of one
    provider: each with its ``site``); spans of different sites do not join.
    """
    by_site: dict[str, list] = {}
    counted = [one for one in incidents if one.get("cause") in CAUSES]
    inside = []
    for one in counted:
        span = span_of(one, last)
        if span is None or span[1] <= first or span[0] >= last:
            continue
        inside.append(one)
        by_site.setdefault(one.get("site") or "", []).append(span)
    out = sum((length(merged(spans, first, last)) for spans in by_site.values()), timedelta())
    whole = (last - first) * max(sites, 1)
    share = 1.0 - out / whole if whole else 1.0
    causes = [one["cause"] for one in inside]
    return Availability(
        len(inside),
        round(out / timedelta(minutes=1)),
        max(0.0, share),
        causes.count("line"),
        causes.count("power"),
    )


def incidents_by_site(uids) -> dict[str, list[dict]]:
    """Return site UID -> facts of its incidents; one query, no right asked, no text of an incident told."""
    wanted = set(uids)
    found: dict[str, list[dict]] = {uid: [] for uid in wanted}
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(portal_type="Incident"):
        facts = brain.desk_facts if isinstance(brain.desk_facts, dict) else {}
        if facts.get("site") in wanted:
            found[facts["site"]].append({**facts, "state": brain.review_state})
    return found


def in_trouble(incidents) -> bool:
    """Tell whether one of the incidents (facts with ``state``) is still open."""
    return any(one.get("state") != "resolved" for one in incidents)


def last_days(days: int) -> tuple[datetime, datetime]:
    """Return the period of the last *days* days, until now (UTC)."""
    moment = now()
    return moment - timedelta(days=days), moment

"""How conflicts are told to people: who may see a meeting reads its name, others that there is one."""

from dataclasses import replace

from hopso import _
from hopso.booking import blocks
from hopso.booking import rules
from hopso.booking.resources import title_of
from hopso.booking.spans import BLOCK
from hopso.core.text import span_text
from plone import api


def findings_of(conflicts, offers=(), priority: bool = False) -> list:
    """Return a finding for each of these bookings of others; *offers* (Alternative) go with the first.

    priority: all of them give way to the meeting that is refused (NT-4.2/3).
    """
    conflicts = list(conflicts)
    titles = visible_titles(one.holder for one in conflicts)
    found = []
    for one in conflicts:
        data = {"resource": one.resource, "kind": one.kind}
        if offers and not found:
            data["alternatives"] = [offer.as_dict() for offer in offers]
        by = titles.get(one.holder, "") or why(one)
        found.append(rules.taken(title_of(one.resource), by, span(one.begins, one.ends), data, priority))
    return found


def why(booking) -> str:
    """Return why something is blocked, "" for meetings: their titles are not for everybody."""
    if booking.kind != BLOCK:
        return ""
    return api.portal.translate(blocks.CAUSES.get(booking.note, blocks.CAUSES[blocks.OTHER]))


def of_room(room: str, findings) -> list:
    """Return *findings* about a room with its name before their texts."""
    return [
        replace(
            one,
            text=_("${room}: ${text}", mapping={"room": room, "text": api.portal.translate(one.text)}),
        )
        for one in findings
    ]


def visible_titles(holders) -> dict[str, str]:
    """Return UID -> title of those meetings that the present user may see; one query."""
    uids = sorted(set(holders))
    if not uids:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    return {brain.UID: brain.Title for brain in catalog.searchResults(UID=uids, portal_type="Meeting")}


def span(start, end) -> str:
    """Return a span of time in the language of the present user."""
    return span_text(start, end, api.portal.get_current_language() or "vi")

"""From a meeting to the facts of a draft."""

from hopso.core.text import name_key
from hopso.documents.content import IMeetingDocument
from hopso.meetings.content import IAgendaItem
from hopso.meetings.participation import ATTENDING
from hopso.meetings.participation import DECLINED
from hopso.meetings.participation import INVITED
from hopso.meetings.participation import records
from hopso.meetings.participation import SUBSTITUTED
from hopso.minutes.drafting import Facts
from hopso.minutes.drafting import Point
from hopso.organisation.vocabularies import participant_title
from hopso.organisation.vocabularies import person_name
from plone import api


def facts_of(meeting) -> Facts:
    """Return what is known of *meeting*; reads its children one by one (for drafts, not for pages)."""
    children = list(meeting.objectValues())
    people = _people(meeting)
    return Facts(
        title=meeting.title,
        start=meeting.start,
        end=meeting.end,
        place=", ".join(_rooms(meeting)),
        chair=_name(meeting.chair),
        secretary=_name(meeting.secretary),
        present=people[ATTENDING] + people[SUBSTITUTED],
        absent=people[DECLINED],
        open=people[INVITED],
        points=tuple(
            Point(one.title, one.presenter or "", one.decision or "")
            for one in children
            if IAgendaItem.providedBy(one)
        ),
        documents=sum(1 for one in children if IMeetingDocument.providedBy(one)),
    )


def _name(user_id) -> str:
    return (person_name(user_id) or user_id) if user_id else ""


def _rooms(meeting):
    catalog = api.portal.get_tool("portal_catalog")
    for uid in meeting.rooms or ():
        # The secretary writes down where it was, whoever's room it is.
        for brain in catalog.unrestrictedSearchResults(UID=uid):
            yield brain.Title


def _people(meeting) -> dict[str, tuple[str, ...]]:
    """Return answer -> names, sorted by given name."""
    found: dict[str, list] = {ATTENDING: [], SUBSTITUTED: [], DECLINED: [], INVITED: []}
    for record in records(meeting).values():
        name = participant_title(record.principal) or record.principal.partition(":")[2]
        text = name
        if record.answer == SUBSTITUTED:
            text = f"{_name(record.substitute)} (dự thay {name})"
        elif record.answer == DECLINED and record.reason:
            text = f"{name} ({record.reason})"
        found.get(record.answer, found[INVITED]).append((name_key(name), text))
    return {answer: tuple(text for _key, text in sorted(people)) for answer, people in found.items()}

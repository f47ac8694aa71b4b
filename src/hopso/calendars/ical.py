"""Events as iCalendar (RFC 5545).

An entry keeps its UID for good; SEQUENCE and DTSTAMP follow the last change of
the meeting, so that programs see what is new, and the same calendar gives
the same bytes.  Moments are in UTC, which needs no definition of a zone.
"""

from datetime import timedelta

from hopso.calendars.describe import Describer
from hopso.calendars.events import BLOCK
from hopso.calendars.events import BUSY
from hopso.calendars.events import CalendarEvent
from hopso.calendars.events import SERVED
from hopso.meetings.content import SECRET_LEVELS
from icalendar import Calendar
from icalendar import Event


PRODUCT = "-//Hop So//Lich hop//VI"
REFRESH = timedelta(hours=1)
# SEQUENCE has 31 bits and counts seconds from here (September 2020).
EPOCH = 1_600_000_000


def calendar_of(events: list[CalendarEvent], name: str, request) -> bytes:
    """Return *events* as a calendar that programs show under *name*."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    describer = Describer(events, request)
    for event in events:
        calendar.add_component(entry_of(event, describer))
    return calendar.to_ical()


def entry_of(event: CalendarEvent, describer: Describer) -> Event:
    """Return one VEVENT; of busy and blocked times and of classified meetings when and where only."""
    entry, told = Event(), describer.describe(event)
    entry.add("uid", f"{event.uid}@hopso" if event.kind != BLOCK else f"block-{event.uid}@hopso")
    entry.add("dtstamp", event.changed or event.start)
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end)
    if event.changed is not None:
        entry.add("sequence", max(0, int(event.changed.timestamp()) - EPOCH))
        entry.add("last-modified", event.changed)
    entry.add("status", status_of(event))
    entry.add("transp", "TRANSPARENT" if event.off else "OPAQUE")
    if event.kind in (BUSY, BLOCK):
        entry.add("summary", told["title"])
        return entry
    # Feeds leave the house: what a classified meeting is about stays in it.
    secret = event.classification in SECRET_LEVELS
    entry.add("summary", describer.title_without_content(event) if secret else told["title"])
    if secret:
        entry.add("class", "CONFIDENTIAL")
    if told["place"]:
        entry.add("location", told["place"])
    entry.add("url", told["url"])
    lines = [
        told["state"],
        told["mode"],
        told["unit"],
        "" if secret or event.kind == SERVED else told["chair"],
    ]
    entry.add("description", "\n".join([*(line for line in lines if line), told["url"]]))
    return entry


def status_of(event: CalendarEvent) -> str:
    """Return CANCELLED, TENTATIVE or CONFIRMED."""
    if event.off:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"

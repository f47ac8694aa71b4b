"""Events as people read them: names for ids, words for states; a fixed number of look-ups for any number."""

from hopso import _
from hopso.calendars.events import BLOCK
from hopso.calendars.events import BUSY
from hopso.calendars.events import CalendarEvent
from hopso.calendars.events import FIRM
from hopso.calendars.events import SERVED
from hopso.core.text import local
from hopso.meetings.views import labels
from hopso.meetings.vocabularies import MeetingModes
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.names import unit_names
from plone import api
from zope.i18n import translate


TAKEN, OUT_OF_USE = _("Taken by a meeting"), _("Blocked for use")
PLANNED, CONFLICT = _("Planned, not confirmed"), _("Overlaps")
# What colours and words tell: (class of the entry, word).
LEGEND = (
    ("is-firm", _("Confirmed")),
    ("is-planned", PLANNED),
    ("is-conflict", CONFLICT),
    ("is-off", _("Cancelled, postponed")),
    ("is-busy", TAKEN),
    ("is-block", OUT_OF_USE),
)


class Describer:
    """Describes events in the language of *request*, with names looked up once."""

    def __init__(self, events: list[CalendarEvent], request):
        self.request = request
        self.rooms = room_names({uid for one in events for uid in one.rooms})
        self.sites = site_names({uid for one in events for uid in one.sites})
        self.units = unit_names(one.unit for one in events)
        self.people = person_names(one.chair for one in events)
        self.modes = {one.value: self.t(one.title) for one in MeetingModes(None)}

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def describe(self, event: CalendarEvent) -> dict:
        """Return uid, kind, title, place, unit, chair, mode, state (word), tag, style, url, start, end (local)."""
        return {
            "uid": event.uid,
            "kind": event.kind,
            "title": self.title(event),
            "place": self.place(event),
            "unit": self.units.get(event.unit, ""),
            "chair": self.people.get(event.chair, "") if event.chair else "",
            "mode": self.modes.get(event.mode, ""),
            "urgent": event.urgent,
            "conflict": event.conflict,
            "state": self.word(event),
            "tag": tag_of(event),
            "style": style_of(event),
            "url": f"{event.url}/@@logistics" if event.kind == SERVED else event.url,
            "start": local(event.start),
            "end": local(event.end),
        }

    def title(self, event) -> str:
        """Return what an entry is called."""
        if event.kind == BUSY:
            return self.t(TAKEN)
        if event.kind == BLOCK:
            return f"{self.t(OUT_OF_USE)}: {event.note}" if event.note else self.t(OUT_OF_USE)
        return self.title_without_content(event) if event.kind == SERVED else event.title

    def title_without_content(self, event) -> str:
        """Return what a meeting is called where nobody may learn what it is about."""
        return self.t(_("Meeting of ${unit}", mapping={"unit": self.units.get(event.unit, "")}))

    def place(self, event) -> str:
        """Return rooms and sites."""
        rooms = [self.rooms[uid] for uid in event.rooms if uid in self.rooms]
        sites = [self.sites[uid] for uid in event.sites if uid in self.sites]
        return ", ".join(rooms + sites)

    def word(self, event) -> str:
        """Return the state as a word, empty where the title says it."""
        if not event.state:
            return ""
        if event.tentative:
            return self.t(PLANNED)
        return self.t(labels.STATES.get(event.state, (event.state, ""))[0])


def site_names(uids) -> dict[str, str]:
    """Return site UID -> name; sites that do not exist any more are missing."""
    wanted = [uid for uid in uids if uid]
    if not wanted:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Site", UID=wanted)
    return {brain.UID: brain.Title for brain in found}


def style_of(event: CalendarEvent) -> str:
    """Return the class that colours an entry; words beside it say the same."""
    if event.kind in (BUSY, BLOCK):
        return f"is-{event.kind}"
    if event.off:
        return "is-off"
    if event.conflict:
        return "is-conflict"
    return "is-firm" if event.state in FIRM else "is-planned"


def tag_of(event: CalendarEvent) -> str:
    """Return the classes of the tag with the state."""
    styles = {"is-planned": "hs-tag--warn", "is-off": "hs-tag--bad", "is-firm": "hs-tag--good"}
    style = style_of(event)
    return f"hs-tag {styles.get('is-planned' if event.tentative else style, '')}".strip()


def described(events: list[CalendarEvent], request) -> list[dict]:
    """Return all *events* for people."""
    describer = Describer(events, request)
    return [describer.describe(one) for one in events]

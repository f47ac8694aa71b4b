"""One entry of a calendar, and what is told of several at once: pure, without a site."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime


# A meeting that one may see; one that one serves (when and where only); taken, nobody says by what; blocked.
MEETING, SERVED, BUSY, BLOCK = "meeting", "served", "busy", "block"
# Meetings that are arranged, those that are not yet, and those that will not be (at that time).
FIRM = ("scheduled", "convened", "in_session", "ended", "concluded", "archived")
TENTATIVE = ("draft", "registered", "returned")
OFF = ("postponed", "displaced", "cancelled")


@dataclass(frozen=True)
class CalendarEvent:
    """What stands in a calendar; moments are aware UTC, half-open.

    kind: MEETING, SERVED, BUSY or BLOCK; uid: of the meeting or block (of a busy
    time a digest, which leads nowhere); state, mode, chair, rooms, sites as on the
    meeting; unit: id of the host unit; note: why something is blocked; classification as on
    the meeting; changed: when the meeting was changed last, None if that is not known; conflict: it
    overlaps with another entry that takes the same.
    """

    kind: str
    start: datetime
    end: datetime
    uid: str = ""
    title: str = ""
    url: str = ""
    state: str = ""
    mode: str = ""
    unit: str = ""
    chair: str = ""
    rooms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    urgent: bool = False
    note: str = ""
    classification: str = ""
    changed: datetime | None = None
    conflict: bool = False

    @property
    def tentative(self) -> bool:
        """Tell whether the time is not confirmed yet."""
        return self.state in TENTATIVE

    @property
    def off(self) -> bool:
        """Tell whether it does not take place then."""
        return self.state in OFF


def mark_conflicts(events: list[CalendarEvent]) -> list[CalendarEvent]:
    """Return *events* in the order of time, with ``conflict`` set on those that overlap.

    What is called off takes nothing; several busy times of one meeting are one.
    """
    ordered = sorted(events, key=lambda one: (one.start, one.end, one.title, one.uid))
    clash: set[int] = set()
    open_ones: list[int] = []
    for number, event in enumerate(ordered):
        if event.off:
            continue
        open_ones = [one for one in open_ones if ordered[one].end > event.start]
        for one in open_ones:
            if not event.uid or ordered[one].uid != event.uid:
                clash.update((one, number))
        open_ones.append(number)
    return [replace(event, conflict=number in clash) for number, event in enumerate(ordered)]

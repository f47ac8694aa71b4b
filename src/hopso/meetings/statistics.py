"""Figures about the meetings of a period (BD-3.1.dd): plain counting, no site."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields

from hopso.meetings.participation import ATTENDING
from hopso.meetings.participation import DECLINED
from hopso.meetings.participation import SUBSTITUTED
from hopso.policy.register import rule


# A meeting counts from its invitation on; one that was called off does not.
COUNTED_STATES = ("convened", "in_session", "ended", "concluded", "archived")
COUNTED_PARTS = ("delegates", "guests")


@dataclass(frozen=True)
class MeetingFacts:
    """What is counted of one meeting.

    ``pages`` has one entry a document, None where nobody knows the number;
    ``answers`` are the delegates' answers, None if they are not for the reader.
    """

    unit: str
    pages: tuple = ()
    answers: tuple | None = ()


@dataclass
class Figures:
    """Sums over some meetings.

    ``documents_without_pages`` are among ``documents``; ``attending`` counts
    those who come or send somebody, ``absent`` those who declined;
    ``without_answers`` are the meetings whose answers the reader may not see.
    """

    meetings: int = 0
    documents: int = 0
    pages: int = 0
    documents_without_pages: int = 0
    attending: int = 0
    absent: int = 0
    unanswered: int = 0
    without_answers: int = 0

    def add(self, one: MeetingFacts) -> None:
        """Count one meeting more."""
        self.meetings += 1
        self.documents += len(one.pages)
        self.pages += sum(pages for pages in one.pages if pages)
        self.documents_without_pages += sum(1 for pages in one.pages if not pages)
        if one.answers is None:
            self.without_answers += 1
            return
        for answer in one.answers:
            if answer in (ATTENDING, SUBSTITUTED):
                self.attending += 1
            elif answer == DECLINED:
                self.absent += 1
            else:
                self.unanswered += 1

    def __add__(self, other: "Figures") -> "Figures":
        names = [one.name for one in fields(self)]
        return Figures(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def attendance(self) -> int | None:
        """Share of those who answered and attend, in percent; None without answers."""
        answered = self.attending + self.absent
        return round(100 * self.attending / answered) if answered else None


@rule("BD-3.1.dd")
def count(meetings: Iterable[MeetingFacts]) -> tuple[dict[str, Figures], Figures]:
    """Return the figures by unit id, and their total."""
    units: dict[str, Figures] = {}
    for one in meetings:
        units.setdefault(one.unit, Figures()).add(one)
    return units, sum(units.values(), Figures())

"""Cards of the start page: decisions that wait, content to prepare."""

from functools import cached_property

from hopso import _
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import span_text
from hopso.meetings.approval import cards
from hopso.meetings.approval import inbox
from hopso.organisation.names import unit_names
from hopso.theme.cards import Card
from hopso.theme.start import whoami
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


SHOWN = 8
PERMISSION = "hopso: Use the site"
WHAT = {"urgent": _("Decide on its urgency"), "step": _("Approve or refuse")}


class StartCard(Card):
    """Base: rows with a date mark, a title, facts and a link."""

    place = "todo"
    permission = PERMISSION
    template = ViewPageTemplateFile("templates/start_card.pt")
    name = ""
    title: object = ""
    action: object = ""

    @cached_property
    def me(self):
        """The present user."""
        return whoami()

    @cached_property
    def found(self) -> list:
        """What waits."""
        return []

    def shown(self):
        return bool(self.found)

    def count(self) -> int:
        """How many wait."""
        return len(self.found)

    @property
    def language(self) -> str:
        """``vi`` or ``en``."""
        return "en" if self.request.get("LANGUAGE", "vi").startswith("en") else "vi"

    def mark(self, brain) -> tuple:
        """Return day and time of a meeting."""
        start = local(brain.meeting_start)
        return f"{start:%d/%m}", f"{start:%H:%M}"


class DecisionsCard(StartCard):
    """Meetings that wait for my approval, urgent ones for my decision (NA-3.1/2, NA-4.1/2)."""

    order = 10
    name = "decide"
    title = _("Meetings waiting for your decision")

    @cached_property
    def found(self):
        return cards.to_decide(self.me)

    def rows(self) -> list[dict]:
        """Return the rows."""
        names = unit_names({brain.host_unit for _kind, brain in self.found[:SHOWN]})
        return [
            {
                "mark": self.mark(brain),
                "title": brain.Title,
                "url": brain.getURL(),
                "facts": " · ".join(
                    one
                    for one in (
                        names.get(brain.host_unit, ""),
                        span_text(brain.meeting_start, brain.meeting_end, self.language),
                    )
                    if one
                ),
                "tag": {"name": _("Urgent"), "class": "hs-tag hs-tag--bad"} if kind == "urgent" else None,
                "action": WHAT[kind],
            }
            for kind, brain in self.found[:SHOWN]
        ]


class ContentCard(StartCard):
    """Items of other units' meetings that my unit prepares (NT-11.1)."""

    order = 30
    name = "prepare-content"
    title = _("Content to prepare for other units' meetings")

    @cached_property
    def found(self):
        return cards.to_prepare(self.me)

    def rows(self) -> list[dict]:
        """Return the rows."""
        return [
            {
                "mark": self.mark(meeting),
                "title": meeting.Title if item is None else item.Title,
                "url": meeting.getURL() + ("" if item is None else f"#item-{item.getId}"),
                "facts": meeting.Title if item is not None else datetime_text(meeting.meeting_start),
                "tag": None,
                "action": _("Add documents"),
            }
            for meeting, item in self.found[:SHOWN]
        ]


class InboxCard(StartCard):
    """How many registrations wait for me as registrar, with the way to them."""

    place = "side"
    order = 5
    name = "inbox"
    title = _("Registrations received")
    template = ViewPageTemplateFile("templates/inbox_card.pt")

    @cached_property
    def found(self):
        if not self.me.units("admins", "registrars"):
            return []
        return inbox.to_receive(self.me, cards.waiting_meetings())

    def late(self) -> int:
        """How many were registered late or are urgent."""
        return sum(1 for one in self.found if one.urgent or inbox.facts_of(one).get("late"))

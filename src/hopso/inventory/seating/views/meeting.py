"""Pages of a meeting's seats: the plan with names, place cards, and what a delegate sees on the meeting's page."""

from functools import cached_property
import json

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.static import address
from hopso.core.text import datetime_text
from hopso.core.text import name_key
from hopso.inventory.seating import drawing
from hopso.inventory.seating import meeting as seating
from hopso.inventory.vocabularies import room_title
from hopso.inventory.vocabularies import SeatOrders
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import participant_names
from hopso.organisation.names import person_names
from hopso.theme.cards import Card
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


def own_principals() -> set[str]:
    """Return the principals for which the present user sits."""
    return {f"user:{getSecurityManager().getUser().getId() or ''}"}


class SeatsPage(DeskPage):
    """``<meeting>/@@seats``: who sits where."""

    hs_section = "meetings"
    page_title = _("Seats of the meeting")

    @cached_property
    def given(self):
        """Who sits where, None if seats were not given."""
        return seating.seating_of(self.context)

    @cached_property
    def guests(self) -> list:
        return seating.guests_of(self.context)

    @cached_property
    def names(self) -> dict[str, str]:
        """principal -> name of those who have a seat or need one."""
        seated = set(self.given.seats.values()) if self.given is not None else set()
        return participant_names(seated | {one.principal for one in self.guests})

    def by_seat(self) -> dict[str, str]:
        return {seat: self.names[one] for seat, one in self.given.seats.items()}

    def room(self) -> str:
        return room_title(self.given.room) or ""

    def picture(self) -> str:
        mine = self.given.seat_of(own_principals())
        return drawing.svg(self.given.plan, self.by_seat(), mine, self.t(self.page_title))

    def rows(self) -> list[dict]:
        """Return who sits where, by given name."""
        plan = self.given.plan
        labels = {one.id: one.label for one in plan.seats}
        mine = own_principals()
        rows = [
            {"seat": labels.get(seat, ""), "name": self.names[one], "mine": one in mine}
            for seat, one in self.given.seats.items()
        ]
        return sorted(rows, key=lambda one: name_key(one["name"]))

    def without(self) -> list[dict]:
        """Return those who have no seat."""
        seated = set(self.given.seats.values()) if self.given is not None else set()
        left = [one for one in self.guests if one.principal not in seated]
        return sorted(
            ({"principal": one.principal, "name": self.names[one.principal]} for one in left),
            key=lambda one: name_key(one["name"]),
        )

    def may_assign(self) -> bool:
        return seating.assign_seats.allowed(self.context)

    def rooms(self) -> list[dict]:
        """Return the rooms of the meeting that have a plan."""
        chosen = self.given.room if self.given is not None else ""
        return [
            {
                "value": room.UID(),
                "title": room.title,
                "selected": "selected" if room.UID() == chosen else None,
            }
            for room in seating.rooms_with_plan(self.context)
        ]

    def orders(self) -> list[dict]:
        return [{"value": one.value, "title": one.title} for one in SeatOrders(None)]

    def number(self) -> int:
        return self.given.number if self.given is not None else 0

    def kept(self) -> str:
        """Return who gave the seats, and when."""
        one = self.given
        return f"{person_names([one.who]).get(one.who, one.who)}, {datetime_text(one.when)}"

    def data(self) -> str:
        """Return plan, seats and names for the script, as JSON."""
        return json.dumps(
            {"plan": json.loads(self.given.data), "seats": self.given.seats, "names": self.names},
            ensure_ascii=False,
        )

    def texts(self) -> str:
        """Return what the script says, as JSON."""
        texts = {
            "chosen": _("chosen: now choose a seat"),
            "empty": _("empty"),
            "moved": _("sits on"),
            "out": _("has no seat now"),
        }
        return json.dumps({name: self.t(text) for name, text in texts.items()}, ensure_ascii=False)

    def cards(self) -> list[dict]:
        """Return the place cards: name, position, seat; in the order of the seats."""
        positions = {one.principal: one.position for one in self.guests}
        places = {one.id: place for place, one in enumerate(self.given.plan.seats)}
        labels = {one.id: one.label for one in self.given.plan.seats}
        found = sorted(self.given.seats.items(), key=lambda one: places.get(one[0], 0))
        return [
            {"name": self.names[one], "position": positions.get(one, ""), "seat": labels.get(seat, "")}
            for seat, one in found
        ]


class SeatsCard(Card):
    """On the meeting's page: the own seat, and the way to the plan."""

    place, order = "aside", 40
    template = ViewPageTemplateFile("templates/meeting_card.pt")

    @cached_property
    def given(self):
        return seating.seating_of(self.context)

    def shown(self):
        return self.given is not None or (self.may_assign() and bool(seating.rooms_with_plan(self.context)))

    def may_assign(self) -> bool:
        return seating.assign_seats.allowed(self.context)

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    @property
    def css(self) -> str:
        return address("inventory", "seats.css")

    def own(self) -> dict | None:
        """Return label of the own seat and the room, None without one."""
        if self.given is None:
            return None
        seat = self.given.plan.seat(self.given.seat_of(own_principals()))
        return {"label": seat.label, "room": room_title(self.given.room) or ""} if seat is not None else None

    def picture(self) -> str:
        seat = self.given.seat_of(own_principals())
        return drawing.svg(self.given.plan, {}, seat, translate(_("Your seat"), context=self.request))

"""Pages of seat plans: the editor of a room's plan, its picture to take away, a shape to begin with."""

from functools import cached_property
import json

from hopso import _
from hopso.core.static import address
from hopso.core.text import datetime_text
from hopso.inventory.seating import drawing
from hopso.inventory.seating.plan import MOST_SEATS
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.shapes import arrange
from hopso.inventory.seating.shapes import SHAPES
from hopso.inventory.seating.store import current_plan
from hopso.inventory.seating.store import MANAGE
from hopso.inventory.seating.store import versions_of
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import person_names
from hopso.theme.cards import Card
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import BadRequest
from zExceptions import NotFound
from zope.i18n import translate


KINDS = {
    "seat": _("Seat"),
    "chair": _("Chair's seat"),
    "secretary": _("Secretary's seat"),
    "fixed": _("Kept for a position"),
    "blocked": _("Blocked"),
}
THINGS = {"table": _("Table"), "screen": _("Screen"), "door": _("Door"), "podium": _("Speaker's desk")}
# What the script says, by its name there.
TEXTS = {
    "seat": _("Seat"),
    "picked": _("picked up: arrow keys move it, Enter puts it down"),
    "put": _("put down"),
    "removed": _("removed"),
    "added": _("added"),
    "moved": _("moved to"),
    "undone": _("Undone."),
    "arranged": _("Arranged."),
    "saved": _("Saved."),
    "unsaved": _("Not saved yet"),
    "count": _("Seats on the plan"),
    "differs": _("The room is entered with another number of seats:"),
    "line": _("The plan was not sent. Please try again."),
}


class SeatPlanPage(DeskPage):
    """``<room>/@@seat-plan``: the plan, with its editor for those who look after the room."""

    @property
    def page_title(self):
        return self.t(_("Seat plan of ${room}", mapping={"room": self.context.title}))

    @cached_property
    def version(self):
        """The latest version, None if there is none."""
        return current_plan(self.context)

    @cached_property
    def plan(self) -> Plan:
        """The plan to show: the latest, else an empty sheet."""
        return self.version.plan if self.version is not None else Plan(900, 640)

    def may_edit(self) -> bool:
        return self.may(MANAGE)

    def number(self) -> int:
        return self.version.number if self.version is not None else 0

    def data(self) -> str:
        return self.plan.to_json()

    def texts(self) -> str:
        """Return what the script says, as JSON."""
        return json.dumps({name: self.t(text) for name, text in TEXTS.items()}, ensure_ascii=False)

    def picture(self) -> str:
        return drawing.svg(self.plan, title=self.t(self.page_title))

    def shapes(self) -> list[dict]:
        return [{"value": name, "title": title} for name, title in SHAPES.items()]

    def kinds(self) -> list[dict]:
        return [{"value": name, "title": title} for name, title in KINDS.items()]

    def things(self) -> list[dict]:
        return [{"value": name, "title": title} for name, title in THINGS.items()]

    def versions(self) -> list[dict]:
        """Return who kept which version when."""
        found = versions_of(self.context)
        names = person_names(one.who for one in found)
        return [
            {"number": one.number, "who": names.get(one.who, one.who), "when": datetime_text(one.when)}
            for one in found
        ]


class Shape(BrowserView):
    """``<room>/@@seat-shape?shape=&seats=``: a usual arrangement as JSON; changes nothing."""

    def __call__(self):
        seats = self.request.form.get("seats", "")
        if not isinstance(seats, str) or not seats.isdecimal() or not 1 <= int(seats[:6]) <= MOST_SEATS:
            raise BadRequest("seats")
        try:
            words = {one: translate(THINGS[one], context=self.request) for one in ("screen", "door")}
            plan = arrange(self.request.form.get("shape", ""), int(seats), words)
        except KeyError as error:
            raise BadRequest("shape") from error
        self.request.response.setHeader("Content-Type", "application/json")
        return plan.to_json()


class Picture(BrowserView):
    """``<room>/@@seat-plan.svg`` and ``.png``: the plan to take away."""

    form = "svg"

    def __call__(self):
        version = current_plan(self.context)
        if version is None:
            raise NotFound("seat-plan")
        response = self.request.response
        kind, data = (
            ("image/png", drawing.png(version.plan))
            if self.form == "png"
            else ("image/svg+xml", drawing.svg(version.plan, title=self.context.title).encode())
        )
        response.setHeader("Content-Type", kind)
        name = f"so-do-{self.context.getId()}.{self.form}"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        response.setHeader("Cache-Control", "private, no-store")
        return data


class PngPicture(Picture):
    """The plan as PNG."""

    form = "png"


class SeatPlanCard(Card):
    """The plan on the room's page."""

    place, order = "main", 20
    template = ViewPageTemplateFile("templates/room_card.pt")

    @cached_property
    def version(self):
        return current_plan(self.context)

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    @property
    def css(self) -> str:
        return address("inventory", "seats.css")

    def may_edit(self) -> bool:
        from AccessControl import getSecurityManager

        return bool(getSecurityManager().checkPermission(MANAGE, self.context))

    def picture(self) -> str:
        title = translate(
            _("Seat plan of ${room}", mapping={"room": self.context.title}), context=self.request
        )
        return drawing.svg(self.version.plan, title=title)

    def differs(self) -> dict | None:
        """Return both numbers if the plan has not as many seats as the room is entered with."""
        seats = len(self.version.plan.usable())
        return {"seats": seats, "capacity": self.context.capacity} if seats != self.context.capacity else None

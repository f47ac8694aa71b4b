"""Pages of rooms."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.inventory.content import IRoom
from hopso.inventory.rooms.operations import add_room
from hopso.inventory.rooms.operations import change_room
from hopso.organisation.place import unit_of
from hopso.theme.forms import AddForm
from hopso.theme.forms import EditForm
from Products.Five.browser import BrowserView
from z3c.form import field
from z3c.form.browser.checkbox import CheckBoxFieldWidget


FACTS = ("title", "place", "capacity", "equipment", "features", "active")
WIDTHS = {"capacity": "third", "place": "half"}


class RoomPage(BrowserView):
    """A room: where it is, what it holds, when it is taken."""

    def unit(self) -> dict:
        """Return title and address of the unit the room belongs to."""
        unit = unit_of(self.context)
        return (
            {"title": unit.title, "url": unit.absolute_url()}
            if unit is not None
            else {"title": "", "url": ""}
        )

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        room = self.context
        rows = [
            (_("Place"), room.place),
            (_("Seats"), str(room.capacity or "")),
            (_("Equipment"), room.equipment),
            (_("In use"), _("Yes") if room.active else _("No")),
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def may_edit(self) -> bool:
        return bool(getSecurityManager().checkPermission("Modify portal content", self.context))


class RoomAdd(AddForm):
    """A new room of a unit."""

    label = _("Add a room")
    portal_type = "Room"
    fields = field.Fields(IRoom).select(*FACTS)
    widths = WIDTHS

    def createAndAdd(self, data):
        self.created = add_room(self.context, **data)
        return self.created


class RoomEdit(EditForm):
    """Changing a room; inspection and rules have operations of their own."""

    label = _("Edit the room")
    fields = field.Fields(IRoom).select(*FACTS)
    widths = WIDTHS

    def save(self, data):
        change_room(self.context, **data)


for _form in (RoomAdd, RoomEdit):
    _form.fields["features"].widgetFactory = CheckBoxFieldWidget

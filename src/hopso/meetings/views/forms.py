"""Forms: registering a meeting, changing it and the items of its agenda."""

from hopso import _
from hopso.core.operation import state_of
from hopso.core.text import collation_key
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.meetings.operations import SCHEDULE
from hopso.meetings.rooms import HOLDS_ROOMS
from hopso.organisation.assignments import functions_of
from hopso.organisation.names import unit_names
from hopso.theme.forms import AddForm
from hopso.theme.forms import EditForm
from plone import api
from z3c.form import field
from z3c.form.group import Group


def group(title, *names, help=""):
    """Return a group (class) of fields of a meeting."""
    chosen = field.Fields(IMeeting).select(*names)
    return type("Part", (Group,), {"fields": chosen, "label": title, "description": help})


PEOPLE = ("chair", "secretary", "approver", "preparer", "host_contact", "participants")
TIME = ("start", "end", "mode", "rooms", "sites", "chair_site")
LINES = ("external_bridge",)
WIDTHS = {
    "kind": "third",
    "meeting_type": "third",
    "classification": "third",
    "host_unit": "half",
    "preparing_unit": "half",
    "start": "half",
    "end": "half",
    "chair": "half",
    "secretary": "half",
    "approver": "half",
    "preparer": "half",
    "mode": "half",
    "chair_site": "half",
    "host_contact": "half",
    "duration": "third",
    "presenter": "half",
}


def groups(*, time=True):
    """Return the parts of the registration, in the order in which people think of them."""
    found = [
        group(
            _("What the meeting is about"),
            "title",
            "kind",
            "meeting_type",
            "classification",
            "content",
            "purpose",
            "sensitive",
        ),
        group(
            _("Time and place"),
            *TIME,
            *LINES,
            help=_("Rooms are taken for good when the unit administrator schedules."),
        ),
        group(_("People"), *PEOPLE, "preparing_unit"),
        group(
            _("Urgent meetings"),
            "urgent",
            "urgent_reason",
            "urgent_note",
            "other",
            help=_(
                "Only for storm, flood, fire and the like; the units are told by telephone at least 3 hours ahead."
            ),
        ),
    ]
    if time:
        return found
    # How outside systems are dialled is no matter of the calendar.
    return [found[0], group(_("Connection to other systems"), *LINES), *found[2:]]


def my_hosts(user_id: str) -> list[tuple[str, str]]:
    """Return (id, name) of the units for which a person may register meetings."""
    ids = {one.unit for one in functions_of(user_id) if one.function == "coordinators"}
    return sorted(unit_names(ids).items(), key=lambda one: collation_key(one[1]))


class MeetingEdit(EditForm):
    """Changing a meeting; time and rooms of a scheduled one belong to the administrator."""

    label = _("Edit the information")
    widths = WIDTHS
    hs_section = "meetings"

    def update(self):
        mine = state_of(self.context) not in HOLDS_ROOMS or api.user.has_permission(
            SCHEDULE, obj=self.context
        )
        self.groups = groups(time=mine)
        super().update()


def item_fields():
    """Return the fields of an agenda item without the decision, which the session writes."""
    return field.Fields(IAgendaItem).omit("decision")


class ItemAdd(AddForm):
    """Adding an agenda item on a page of its own (the meeting's page has a dialog)."""

    label = _("Add agenda item")
    portal_type = "AgendaItem"
    fields = item_fields()
    widths = WIDTHS
    hs_section = "meetings"

    def nextURL(self):
        return f"{self.context.absolute_url()}#item-{self.created.getId()}"


class ItemEdit(EditForm):
    """Changing an agenda item, decision included."""

    label = _("Change agenda item")
    fields = field.Fields(IAgendaItem)
    widths = WIDTHS
    hs_section = "meetings"

    def next_url(self):
        meeting = self.context.__parent__
        return f"{meeting.absolute_url()}#item-{self.context.getId()}"

    def cancel_url(self):
        return self.next_url()

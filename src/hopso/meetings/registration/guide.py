"""The guided registration: a draft that grows step by step, each step saved when it is left."""

from datetime import timedelta

from hopso import _
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.core.parameters import parse_datetime
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.meetings.facts import file_year
from hopso.meetings.operations import SCHEDULE
from hopso.meetings.registration import steps
from hopso.meetings.registration.clocks import first_start
from hopso.meetings.registration.panel import Panel
from hopso.meetings.rooms import HOLDS_ROOMS
from hopso.meetings.views.forms import my_hosts
from hopso.organisation.place import meeting_folder
from hopso.organisation.vocabularies import unit_brains
from hopso.policy.api import current_policy
from hopso.theme.forms import AddForm
from hopso.theme.forms import EditForm
from plone import api
from plone.dexterity.utils import addContentToContainer
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from z3c.form import field
from z3c.form.group import Group
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


WIDTHS = {
    "kind": "half",
    "meeting_type": "half",
    "start": "half",
    "end": "half",
    "mode": "half",
    "chair_site": "half",
    "chair": "half",
    "secretary": "half",
    "approver": "half",
    "preparer": "half",
    "preparing_unit": "half",
    "host_contact": "half",
    "classification": "half",
    "urgent_reason": "half",
}
# Pages of the meeting that a step leads to.
ELSEWHERE = {"documents": "add-document", "items": "add-item"}
USUAL_LENGTH = timedelta(minutes=90)


def groups_of(step) -> list:
    """Return the groups (classes) of fields of a step."""
    return [
        type("Part", (Group,), {"fields": field.Fields(IMeeting).select(*names), "label": title, "description": help_})
        for title, help_, names in step.groups
    ]  # fmt: skip


class GuideLook:
    """What all pages of the guide share."""

    template = ViewPageTemplateFile("templates/guide.pt")
    hs_section = "meetings"
    widths = WIDTHS
    step = steps.WHAT
    form_id = "hs-guide"
    clocks_url = None
    macros_template = ViewPageTemplateFile("templates/guide_macros.pt")
    clocks_template = ViewPageTemplateFile("templates/clocks.pt")
    form_template = ViewPageTemplateFile("../../theme/templates/form.pt")

    @property
    def macros(self):
        """Steps, meter and hints."""
        return self.macros_template.macros

    @property
    def clocks_macro(self):
        """The deadlines."""
        return self.clocks_template.macros["clocks"]

    @property
    def form_macros(self):
        """What all forms of the house share: problems and fields."""
        return self.form_template.macros

    @property
    def label(self):
        return self.step.title

    @property
    def description(self):
        return self.step.lead

    def main_actions(self) -> list:
        """Return the buttons below the form: on, back, away."""
        return [self.actions[name] for name in ("save", "back", "close") if name in self.actions]


class NewMeeting(GuideLook, AddForm):
    """``/@@new-meeting``: the first step, which makes the draft.

    The address may propose a time and a place: ``?start=…&end=…&room=<UID>``.
    """

    submit_label = _("Continue")
    portal_type = "Meeting"
    fields = field.Fields()

    @property
    def panel(self):
        """Steps, none of which was taken yet."""
        return Panel(None, self.request, self.step)

    @property
    def hosts(self):
        return my_hosts(api.user.get_current().getId())

    def update(self):
        if not self.hosts:
            raise errors.Denied(
                _("Only coordinators of a unit register its meetings. Ask the unit administrator.")
            )
        terms = [SimpleTerm(value, value, title) for value, title in self.hosts]
        host = schema.Choice(
            __name__="host_unit",
            title=_("Host unit"),
            vocabulary=SimpleVocabulary(terms),
            default=terms[0].value,
        )
        self.groups = groups_of(self.step)
        self.groups[0].fields = field.Fields(host) + self.groups[0].fields
        super().update()

    def proposed(self) -> dict:
        """Return what the address proposes, as fields of a meeting; nonsense is left out."""
        form, found = self.request.form, {}
        for name in ("start", "end"):
            try:
                found[name] = parse_datetime(form.get(name, ""))
            except (ValueError, TypeError, AttributeError):
                continue
        if "end" in found and found["end"] <= found.get("start", found["end"]):
            del found["end"]
        room = form.get("room", "")
        if isinstance(room, str) and room in IMeeting["rooms"].bind(self.context).value_type.vocabulary:
            found["rooms"] = (room,)
        return found

    def kept_back(self) -> list[tuple[str, str]]:
        """Return the proposals of the address, to be sent with the form."""
        form = self.request.form
        return [(name, form[name]) for name in ("start", "end", "room") if isinstance(form.get(name), str)]

    def create(self, data):
        """Make the draft; until a time is chosen it has one that keeps both clocks."""
        values = {name: value for name, value in data.items() if value is not None}
        proposed = self.proposed()
        start = proposed.get("start") or first_start(now(), current_policy()) or now() + timedelta(days=7)
        values.update(start=start, end=proposed.get("end") or start + USUAL_LENGTH)
        values["rooms"] = proposed.get("rooms", ())
        values["preparer"] = api.user.get_current().getId()
        meeting = super().create(values)
        meeting.time_proposed = "start" not in proposed
        return meeting

    def add(self, content):
        """Put the draft into the folder of its unit and year."""
        unit = next(one for one in unit_brains() if one.getId == content.host_unit)._unrestrictedGetObject()
        if not api.user.has_permission("hopso: Add Meeting", obj=unit):
            raise errors.Denied()
        folder = meeting_folder(unit, file_year(content.start))
        self.created = addContentToContainer(folder, content, checkConstraints=False)
        return self.created

    def nextURL(self):
        return f"{self.created.absolute_url()}/@@guide-when"

    def cancel_url(self):
        return api.portal.get().absolute_url()


class GuideStep(GuideLook, EditForm):
    """A step of the guide on a draft (or on a registration that is being corrected).

    Whichever way one goes on, what was typed is saved; what cannot be saved
    stays in the form with the reason, and may be left behind on purpose.
    """

    submit_label = _("Continue")
    cancel_label = _("Leave without saving")
    buttons = button.Buttons()
    handlers = button.Handlers()
    going = False
    stuck = ""  # where one wanted to go with something that cannot be saved

    @property
    def panel(self):
        """Steps, completeness and clocks."""
        return Panel(self.context, self.request, self.step)

    def update(self):
        state = state_of(self.context)
        held = self.step is steps.WHEN and state in HOLDS_ROOMS
        if held and not api.user.has_permission(SCHEDULE, obj=self.context):
            raise errors.Denied(
                _("Time and rooms of a scheduled meeting are changed by the unit administrator.")
            )
        self.groups = groups_of(self.step)
        super().update()
        if self.going:
            # One may go on although something was wrong: that is no refusal.
            self.request.response.setStatus(303)

    @button.buttonAndHandler(_("Continue"), name="save")
    def handle_save(self, action):
        self.leave_for(steps.neighbour(self.step.name, 1))

    @button.buttonAndHandler(
        _("Back"), name="back", condition=lambda form: bool(steps.neighbour(form.step.name, -1))
    )
    def handle_back(self, action):
        self.leave_for(steps.neighbour(self.step.name, -1))

    @button.buttonAndHandler(_("Save and close"), name="close")
    def handle_close(self, action):
        self.leave_for("")

    @button.buttonAndHandler(_("Go on without it"), name="leave")
    def handle_leave(self, action):
        self.leave_for(str(self.request.form.get("form.buttons.leave", "")), rest=True)

    def leave_for(self, target: str, rest: bool = False) -> None:
        """Save what can be saved, then go to a step, to the documents or to the meeting.

        rest: what cannot be saved is left behind.
        """
        data, found = self.extractData()
        form = self.request.form
        if found and not rest:
            self.status = self.formErrorsMessage
            self.stuck = target or "close"
            return
        if form.get("_seen") not in (None, "", self.seen()):
            self.conflict = self._conflict(data)
            self.request.response.setStatus(409)
            return
        try:
            self.save(data if not found else self.sound(data))
        except errors.OperationError as error:
            self.refuse(error)
            return
        self.going = True
        self.request.response.redirect(self.address_of(target), status=303)

    def sound(self, data) -> dict:
        """Return the values that can be saved although others cannot."""
        bad = {one.widget.field.__name__ for one in self.all_error_views() if one.widget is not None}
        if len(bad) < len(self.all_error_views()):
            # Something is wrong with values together: those are the times and the sites.
            bad |= {"start", "end", "sites", "chair_site"}
        return {name: value for name, value in data.items() if name not in bad}

    def all_error_views(self) -> list:
        """Return the errors of all groups."""
        holders = (self, *self.groups)
        return [one for holder in holders for one in getattr(holder.widgets, "errors", None) or ()]

    def save(self, data):
        """Keep the values; a time that was sent is chosen."""
        if "start" in data and self.context.time_proposed:
            self.context.time_proposed = False
        self.applyChanges(data)

    def address_of(self, target: str) -> str:
        """Return the address of a step, of the page for documents, or of the meeting."""
        url = self.context.absolute_url()
        if target in ELSEWHERE:
            return f"{url}/@@{ELSEWHERE[target]}"
        return f"{url}/@@guide-{target}" if target in steps.BY_NAME else url

    def cancel_url(self):
        return self.context.absolute_url()


def _way_to(target: str, title):
    """Add to GuideStep a button that saves and goes to *target*."""
    made = button.Button(f"to_{target}", title)
    GuideStep.buttons += button.Buttons(made)

    def handler(form, action):
        form.leave_for(target)

    GuideStep.handlers.addHandler(made, button.Handler(made, handler))


for _step in steps.STEPS:
    _way_to(_step.name, _step.title)
_way_to("documents", _("Add document"))
_way_to("items", _("Add agenda item"))


class WhatStep(GuideStep):
    """What the meeting is about."""

    step = steps.WHAT


class WhenStep(GuideStep):
    """Time, rooms, sites; both clocks."""

    step = steps.WHEN

    @property
    def clocks_url(self):
        """Where the deadlines of another time are asked for."""
        return f"{self.context.absolute_url()}/@@guide-clocks"


class WhoStep(GuideStep):
    """People."""

    step = steps.WHO


class PapersStep(GuideStep):
    """Documents and secrecy."""

    step = steps.PAPERS

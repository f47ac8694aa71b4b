"""Forms that carry out one operation: report an incident, send feedback, record a violation …

The fields come from the schema of the operation, as those of the dialogs do;
``@@do`` carries it out.
"""

from hopso import _
from hopso.inventory.vocabularies import _all_rooms
from hopso.inventory.vocabularies import _seen_devices
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.operations_desk import place
from hopso.operations_desk.operations import feedback
from hopso.operations_desk.operations import incidents
from hopso.operations_desk.operations import violations
from hopso.operations_desk.views import labels
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from plone import api
from plone.memoize.view import memoize


OWN = 10


class OperationForm(DeskPage):
    """A form for one operation on ``target()``."""

    label: object = ""
    lead: object = ""
    submit: object = ""
    own_title: object = ""
    own_empty: object = ""
    own_type = ""
    operation = None
    optional: tuple[str, ...] = ()  # fields that wait behind "more"

    @property
    def page_title(self):
        return self.label

    @memoize
    def target(self):
        """Return what the operation is done on, None if there is nothing."""
        return self.context

    def allowed(self) -> bool:
        """Tell whether the present user may do it."""
        target = self.target()
        return target is not None and self.operation.allowed(target)

    def action(self) -> str:
        """Return where the form goes."""
        return f"{self.target().absolute_url()}/@@do"

    @memoize
    def fields(self) -> list[dict]:
        """Return the inputs; the address may bring values along."""
        found = button_of_quiet(self.operation, self.target())["fields"]
        for field in found:
            field["id"] = f"hs-{field['name'].replace('_', '-')}"
            given = self.request.form.get(field["name"])
            if isinstance(given, str) and given:
                field["value"] = given[:500]
            self.arrange(field)
        return found

    def arrange(self, field: dict) -> None:
        """Give a field what only this form knows."""

    def main_fields(self) -> list[dict]:
        """Return the fields that are always seen."""
        return [one for one in self.fields() if one["name"] not in self.optional]

    def more_fields(self) -> list[dict]:
        """Return the fields behind "more"."""
        return [one for one in self.fields() if one["name"] in self.optional]

    def hidden(self) -> list[dict]:
        """Return further values to send."""
        return []

    def about(self) -> str:
        """Return a line on what the form is about, e.g. the meeting one comes from."""
        return ""

    @memoize
    def own(self) -> list[dict]:
        """Return the present user's latest things of the kind."""
        if not self.own_type:
            return []
        catalog = api.portal.get_tool("portal_catalog")
        brains = catalog(
            portal_type=self.own_type,
            Creator=self.user_id,
            sort_on="created",
            sort_order="reverse",
            sort_limit=OWN,
        )[:OWN]
        return [
            {
                "title": brain.Title,
                "url": brain.getURL(),
                "when": when(brain.created.asdatetime()),
                "tag": labels.tag(brain.portal_type, brain.review_state),
            }
            for brain in brains
        ]


class ReportIncident(OperationForm):
    """``/@@report-incident``: for everybody, from everywhere; in one's own unit."""

    label = _("Report an incident")
    lead = _("The administrators of your unit are told at once, by mail and on their start page.")
    submit = _("Report now")
    own_title = _("Incidents that you reported")
    own_empty = _("What you report will appear here, with what became of it.")
    own_type = "Incident"
    optional = ("device", "occurred_at", "noticed_at", "photo")
    operation = incidents.report

    @property
    @memoize
    def meeting(self):
        """The meeting one comes from, if one may see it."""
        uid = self.request.form.get("meeting")
        catalog = api.portal.get_tool("portal_catalog")
        found = catalog(portal_type="Meeting", UID=uid) if isinstance(uid, str) and uid else ()
        return found[0] if found else None

    @memoize
    def target(self):
        home = place.home_unit_of(self.user_id)
        if home is None and self.meeting is not None:
            return self.meeting.getObject()
        return home

    def allowed(self):
        target = self.target()
        if target is None:
            return False
        if target.portal_type == "Meeting":
            return incidents.report_at_meeting.allowed(target)
        return incidents.report.allowed(target)

    def verb(self) -> str:
        """Return the name of the operation: guests report at the meeting."""
        meeting = self.target().portal_type == "Meeting"
        return (incidents.report_at_meeting if meeting else incidents.report).name

    def arrange(self, field):
        if field["name"] == "room":
            rooms = [{"value": uid, "title": title} for uid, title in _all_rooms()]
            field.update(widget="select", options=[{"value": "", "title": "–"}, *rooms])
            if not field["value"] and self.meeting is not None:
                field["value"] = next(iter(self.meeting.rooms or ()), "")
        elif field["name"] == "device":
            devices = [{"value": uid, "title": title} for uid, title in _seen_devices()]
            field.update(widget="select", options=[{"value": "", "title": "–"}, *devices])
        elif field["name"] == "kind":
            field["widget"] = "radio"
        elif field["name"] == "photo":
            field["widget"] = "photo"

    @memoize
    def fields(self):
        found = super().fields()
        return [one for one in found if one["name"] != "meeting"]

    def hidden(self):
        return [{"name": "meeting", "value": self.meeting.UID}] if self.meeting is not None else []

    def about(self):
        if self.meeting is None:
            return ""
        return self.t(_("At the meeting: ${title}", mapping={"title": self.meeting.Title}))


class SendFeedback(OperationForm):
    """``/@@send-feedback``: for everybody who works in a unit."""

    label = _("Send feedback")
    lead = _(
        "Difficulties with the regulation or the system: they go to the body that runs the system, which answers or takes them to the committee."
    )
    submit = _("Send")
    own_title = _("What you sent")
    own_empty = _("What you send will appear here, with the answer.")
    own_type = "Feedback"
    operation = feedback.send

    @memoize
    def target(self):
        return place.home_unit_of(self.user_id)

    def verb(self) -> str:
        return self.operation.name

    def about(self):
        operator = place.operator_unit()
        if operator is None:
            return ""
        return self.t(_("Received by: ${unit}", mapping={"unit": operator.title}))


class RecordViolation(OperationForm):
    """``<unit>/@@record-violation``."""

    label = _("Record a violation")
    lead = violations.record.help
    submit = _("Record")
    operation = violations.record

    def verb(self) -> str:
        return self.operation.name

    def arrange(self, field):
        if field["name"] == "device":
            devices = [{"value": uid, "title": title} for uid, title in _seen_devices()]
            field.update(widget="select", options=[{"value": "", "title": "–"}, *devices])
        elif field["name"] == "rule":
            # Nothing is accused by default.
            field["options"] = [{"value": "", "title": "–"}, *field["options"]]
        elif field["name"] == "incident":
            catalog = api.portal.get_tool("portal_catalog")
            found = catalog(
                portal_type="Incident",
                path="/".join(self.context.getPhysicalPath()),
                sort_on="created",
                sort_order="reverse",
                sort_limit=50,
            )[:50]
            options = [{"value": one.UID, "title": one.Title} for one in found]
            field.update(widget="select", options=[{"value": "", "title": "–"}, *options])

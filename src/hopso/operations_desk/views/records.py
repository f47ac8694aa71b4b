"""Pages of single things: an incident, feedback, a violation, a request."""

from hopso import _
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.inventory.sites.vocabularies import site_title
from hopso.inventory.vocabularies import device_title
from hopso.inventory.vocabularies import room_title
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.operations_desk import vocabularies
from hopso.operations_desk.place import people_of
from hopso.operations_desk.rules import reported_at_once
from hopso.operations_desk.rules import Times
from hopso.operations_desk.views import labels
from hopso.operations_desk.views.base import day
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.views.units import term
from hopso.organisation.vocabularies import unit_title
from plone import api
from plone.memoize.view import memoize


class RecordPage(DeskPage):
    """What such a page shows; the template only arranges it."""

    notice = ""

    @property
    def page_title(self):
        return self.context.title

    def tag(self) -> dict:
        """Return the tag of the state."""
        return labels.tag(self.context.portal_type, state_of(self.context))

    @memoize
    def dialogs(self) -> list[dict]:
        """Return what may be done now, the main thing first."""
        found = []
        for one in operations_for(self.context):
            if one.allowed(self.context):
                found.append(dict(button_of_quiet(one, self.context), primary=one.primary))
        for number, one in enumerate(found):
            one["style"] = "hs-btn hs-btn--primary" if one["primary"] and not number else "hs-btn"
            if one["danger"]:
                one["style"] = "hs-btn hs-btn--danger"
            one["bare"] = not one["fields"]
        return found

    def facts(self) -> list[dict]:
        """Return the rows of the information card; texts of several lines keep them."""
        return [{"title": title, "text": text} for title, text in self.rows() if text]

    def rows(self) -> list[tuple]:
        """Return (title, text)."""
        return []

    def texts(self) -> list[dict]:
        """Return the long texts, each with its heading."""
        return [{"title": title, "text": text} for title, text in self.long() if text]

    def long(self) -> list[tuple]:
        """Return (title, text)."""
        return []

    def photo(self) -> str:
        """Return the address of a photo, empty without one."""
        return ""

    @property
    @memoize
    def names(self) -> dict[str, str]:
        """Names of the people of the page, looked up once."""
        return person_names({*self.people(), *(line["actor"] for line in self._lines())})

    def people(self) -> list:
        """Return the user ids that the page names."""
        return []

    def _lines(self) -> list[dict]:
        history = getattr(self.context, "workflow_history", None) or {}
        return [line for lines in history.values() for line in lines]

    def history(self) -> list[dict]:
        """Return the steps, the latest first."""
        found = [
            {
                "what": labels.STEPS.get(line.get("action"), labels.FIRST[self.context.portal_type]),
                "who": self.names.get(line["actor"], ""),
                "when": datetime_text(line["time"].asdatetime()),
                "comment": line.get("comments", ""),
            }
            for line in self._lines()
        ]
        return found[::-1]


class IncidentPage(RecordPage):
    """An incident."""

    hs_section = ""

    def people(self):
        incident = self.context
        return [incident.reporter, incident.taken_by, incident.resolved_by, *self._helpers()]

    @memoize
    def _helpers(self):
        return people_of(unit_of(self.context), "admins")

    @property
    def notice(self):
        """Who was told, as long as nobody has taken it in hand."""
        if state_of(self.context) != "reported":
            return ""
        helpers = ", ".join(self.names[one] for one in self._helpers())
        if not helpers:
            return _("This unit has no administrator; the system administrators see the incident.")
        return _("Told at once: ${names}.", mapping={"names": helpers})

    def rows(self):
        incident, name = self.context, self.names.get
        times = Times(
            incident.noticed_at,
            incident.reported_at,
            incident.taken_at,
            incident.resolved_at,
            incident.interruption,
        )
        return [
            (_("Kind of incident"), term(vocabularies.IncidentKinds, incident.kind)),
            (_("Reported by"), name(incident.reporter)),
            (_("Unit"), unit_of(incident).title),
            (_("Room"), room_title(incident.room) if incident.room else ""),
            (_("Meeting"), _meeting_title(incident.meeting)),
            (_("Device"), device_title(incident.device) if incident.device else ""),
            (_("Site"), site_title(incident.site) if incident.site else ""),
            (_("Cause"), term(vocabularies.IncidentCauses, incident.cause) if incident.cause else ""),
            (_("Occurred"), when(incident.occurred_at)),
            (_("Noticed"), when(incident.noticed_at)),
            (_("Reported"), when(incident.reported_at)),
            (_("Promptness"), reported_at_once(times).text),
            (_("Taken in hand"), when(incident.taken_at)),
            (_("Taken in hand by"), name(incident.taken_by)),
            (_("Resolved"), when(incident.resolved_at)),
            (_("Resolved by"), name(incident.resolved_by)),
            (_("Time to resolve"), labels.minutes_text(times.to_resolve)),
            (_("Interruption"), labels.minutes_text(incident.interruption)),
            (_("Interrupted from"), when(incident.interrupted_from)),
            (_("Interrupted until"), when(incident.interrupted_until)),
            (_("Provider told"), when(incident.provider_told_at)),
            (_("Person or number at the provider"), incident.provider_contact),
            (_("Provider answered"), when(incident.provider_answered_at)),
            (_("Answer of the provider"), incident.provider_note),
        ]

    def long(self):
        return [(_("What happened"), self.context.what), (_("What was done"), self.context.resolution)]

    def photo(self):
        return f"{self.url}/@@display-file/photo" if self.context.photo is not None else ""


def _meeting_title(uid) -> str:
    """Return the title of a meeting, to those who may see it."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(portal_type="Meeting", UID=uid) if uid else ()
    return found[0].Title if found else ""


class FeedbackPage(RecordPage):
    """A difficulty or a proposal."""

    def people(self):
        return [self.context.sender, self.context.taken_by, self.context.answered_by]

    def rows(self):
        feedback, name = self.context, self.names.get
        return [
            (_("Category"), term(vocabularies.FeedbackCategories, feedback.category)),
            (_("Sender"), name(feedback.sender)),
            (_("Sending unit"), unit_title(feedback.from_unit or "")),
            (_("Sent"), when(feedback.sent_at)),
            (_("Received by"), unit_of(feedback).title),
            (_("Taken in hand by"), name(feedback.taken_by)),
            (_("Planned for"), day(feedback.planned_on)),
            (_("Forwarded"), when(feedback.forwarded_at)),
            (_("Forwarded to"), feedback.forwarded_to),
            (_("Number of the letter"), feedback.forwarded_number),
            (_("Answered"), when(feedback.answered_at)),
            (_("Answered by"), name(feedback.answered_by)),
        ]

    def long(self):
        return [
            (_("Difficulty or proposal"), self.context.text),
            (_("Plan"), self.context.plan),
            (_("Answer"), self.context.answer),
        ]


class ViolationPage(RecordPage):
    """A violation."""

    notice = _(
        "Confidential: seen by who recorded it, by leaders of the unit, and once decided by whom it concerns."
    )

    @property
    def page_title(self):
        return self.context.title

    def people(self):
        return [self.context.person, self.context.recorded_by, self.context.decided_by]

    def rows(self):
        violation, name = self.context, self.names.get
        incident = _seen("Incident", violation.incident)
        return [
            (_("Person concerned"), name(violation.person)),
            (_("Unit concerned"), unit_title(violation.concerned_unit or "")),
            (_("Provision violated"), vocabularies.rule_title(violation.rule)),
            (_("Day of the violation"), day(violation.happened_on)),
            (_("Device"), device_title(violation.device) if violation.device else ""),
            (_("Incident"), incident.Title if incident is not None else ""),
            (_("Recorded by"), name(violation.recorded_by)),
            (_("Recorded"), when(violation.recorded_at)),
            (_("Number of the decision"), violation.decision_number),
            (_("Date of the decision"), day(violation.decided_on)),
            (_("Decided by"), name(violation.decided_by)),
        ]

    def long(self):
        violation = self.context
        return [
            (_("Facts"), violation.facts),
            (_("Measure taken"), violation.measure),
            (_("Reason for annulling"), violation.annulled_reason),
        ]


def _seen(portal_type, uid):
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(portal_type=portal_type, UID=uid) if uid else ()
    return found[0] if found else None


class DataRequestPage(RecordPage):
    """A request about personal data."""

    def people(self):
        return [self.context.person, self.context.decided_by]

    def rows(self):
        request, name = self.context, self.names.get
        erased = ", ".join(self.t(labels.PARTS.get(one, one)) for one in request.erased or ())
        return [
            (_("What is asked for"), term(vocabularies.DataRequestKinds, request.kind)),
            (_("Asked by"), name(request.person)),
            (_("Asked"), when(request.asked_at)),
            (_("Decided"), when(request.decided_at)),
            (_("Decided by"), name(request.decided_by)),
            (_("Erased"), erased),
        ]

    def long(self):
        return [
            (_("Which data, and why"), self.context.what),
            (_("Reason of the decision"), self.context.reason),
        ]

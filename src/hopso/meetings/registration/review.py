"""The last step: everything at a glance, what is missing, handing in; and the registration on paper."""

from hopso import _
from hopso.core.operation import find_operation
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.inventory.sites.vocabularies import site_title
from hopso.meetings.registration import steps
from hopso.meetings.registration.guide import GuideLook
from hopso.meetings.registration.panel import Panel
from hopso.meetings.views.dialogs import button_of
from hopso.meetings.views.meeting import MeetingPage
from hopso.meetings.views.meeting import term
from hopso.meetings.vocabularies import Classifications
from hopso.meetings.vocabularies import MeetingKinds
from hopso.meetings.vocabularies import MeetingModes
from hopso.meetings.vocabularies import MeetingTypes
from hopso.meetings.vocabularies import UrgentReasons
from hopso.organisation.history import names_at
from hopso.organisation.names import participant_names
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.vocabularies import unit_title
from plone import api


class ReviewStep(GuideLook, MeetingPage):
    """Review and hand in."""

    step = steps.REVIEW
    form_id = ""

    @property
    def panel(self):
        """Steps, completeness and clocks."""
        return Panel(self.context, self.request, self.step)

    @property
    def page_title(self):
        return self.step.title

    def next_step(self):
        """Return the button that hands the registration in, None when it is handed in already."""
        one = find_operation(self.context, "meeting.register")
        if one is None or not one.allowed(self.context):
            return None
        return button_of(one, self.context, self.request, self.context.absolute_url())

    def finding_groups(self) -> list[dict]:
        """Return what the rules say about handing in: first what forbids it, then what is pointed out."""
        step = self.next_step()
        found = step["findings"] if step is not None else []
        groups = (
            (_("Before it can be handed in"), "hs-note hs-note--bad", [one for one in found if one["level"] == "block"]),
            (_("Please note"), "hs-note hs-note--warn", [one for one in found if one["level"] != "block"]),
        )  # fmt: skip
        return [{"title": title, "class": style, "findings": some} for title, style, some in groups if some]

    def handed_in(self) -> bool:
        """Tell whether the registration was handed in."""
        return state_of(self.context) not in ("draft", "returned")

    def rows(self) -> list[dict]:
        """Return everything that was entered: step, title, text."""
        return registration_rows(self.context)


class Slip(MeetingPage):
    """``@@registration-slip``: the registration in writing, to be printed and signed (NA-7)."""

    @property
    def page_title(self):
        return _("Registration of a meeting")

    def rows(self) -> list[dict]:
        """Return what the registration states."""
        return [row for row in registration_rows(self.context) if row["text"]]

    def invited(self) -> list[str]:
        """Return the names of those invited, in their order."""
        return invited_names(self.context)

    def today(self) -> str:
        """Return the date of the paper as officials write it."""
        day = local(self.context.registered_at or now())
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day:%d} tháng {month} năm {day.year}"

    def receiver(self) -> str:
        """Return the name of the unit that receives registrations, "" if the policy names none."""
        return (unit_title(self.policy.operator_unit) or "") if self.policy.operator_unit else ""

    def handed_in_at(self) -> str:
        """Return when it was handed in, "" before."""
        return datetime_text(self.context.registered_at) if self.context.registered_at else ""


def span_of(meeting) -> str:
    """Return the time of *meeting* for people."""
    return span_text(meeting.start, meeting.end, api.portal.get_current_language() or "vi")


def invited_names(meeting) -> list[str]:
    """Return the names of the participants of *meeting*, in their order."""
    names = participant_names(meeting.participants or ())
    return [names.get(one, one) for one in meeting.participants or ()]


def registration_rows(meeting) -> list[dict]:
    """Return everything a registration states: step, title, text (may be empty)."""
    names = person_names(
        {meeting.chair, meeting.secretary, meeting.approver, meeting.preparer, meeting.host_contact}
    )
    host, preparing = names_at((one, meeting.start) for one in (meeting.host_unit, meeting.preparing_unit))
    rooms = room_names(meeting.rooms or ())
    sites = [site_title(uid) or "" for uid in meeting.sites or ()]

    def person(user_id):
        return names.get(user_id, user_id) if user_id else ""

    found = (
        ("what", _("Name of the meeting"), meeting.title),
        ("what", _("Kind"), term(MeetingKinds, meeting.kind)),
        ("what", _("Type"), term(MeetingTypes, meeting.meeting_type)),
        ("what", _("Host unit"), host),
        ("what", _("Content"), meeting.content),
        ("what", _("Purpose"), meeting.purpose),
        ("when", _("Time"), "" if meeting.time_proposed else span_of(meeting)),
        ("when", _("Form"), term(MeetingModes, meeting.mode)),
        ("when", _("Rooms"), ", ".join(rooms[uid] for uid in meeting.rooms or () if uid in rooms)),
        ("when", _("Sites"), ", ".join(sites)),
        ("when", _("Chair's site"), (site_title(meeting.chair_site) or "") if meeting.chair_site else ""),
        ("when", _("Connection to other systems"), meeting.external_bridge),
        ("when", _("Urgent"), term(UrgentReasons, meeting.urgent_reason) if meeting.urgent else ""),
        ("when", _("Explanation"), meeting.urgent_note if meeting.urgent else ""),
        ("who", _("Chair"), person(meeting.chair)),
        ("who", _("Secretary"), person(meeting.secretary)),
        ("who", _("Approver of documents"), person(meeting.approver)),
        ("who", _("Preparer"), person(meeting.preparer)),
        ("who", _("Prepared by"), preparing),
        ("who", _("Participants"), ", ".join(invited_names(meeting))),
        ("who", _("Officer for the technicians"), person(meeting.host_contact)),
        ("papers", _("Classification"), term(Classifications, meeting.classification)),
        ("papers", _("Sensitive content"), _("Yes") if meeting.sensitive else ""),
        ("papers", _("Other matters"), meeting.other),
    )
    return [{"step": step, "title": title, "text": text or ""} for step, title, text in found]

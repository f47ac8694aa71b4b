"""The page of a meeting."""

from datetime import datetime

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.operation import find_operation
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import span_text
from hopso.meetings import facts
from hopso.meetings import participation
from hopso.meetings import rules
from hopso.meetings.calls import calls_of
from hopso.meetings.calls import papers_of
from hopso.meetings.preparation import paper_documents
from hopso.meetings.preparation import uploads_too_late
from hopso.meetings.views import labels
from hopso.meetings.views.agenda_card import AgendaCard
from hopso.meetings.views.dialogs import button_of
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.meetings.views.people_card import PeopleCard
from hopso.meetings.vocabularies import Classifications
from hopso.meetings.vocabularies import MeetingKinds
from hopso.meetings.vocabularies import MeetingModes
from hopso.meetings.vocabularies import UrgentReasons
from hopso.minutes.records import notice_due
from hopso.organisation.history import names_at
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.security.pages import glass_lines
from plone import api
from plone.memoize.view import memoize
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


PREPARE = "hopso: Prepare meeting"
MENU = (
    "preempt",
    "reschedule",
    "return",
    "refuse",
    "refuse_urgent",
    "write_plan",
    "approve_plan",
    "decide_recording",
    "log_notice",
    "acknowledge_plan",
    "copy",
    "delegate_control",
    "revoke_control",
    "postpone",
    "displace",
    "cancel",
)


def term(vocabulary, value) -> str:
    """Return the title of a value of one of our small vocabularies."""
    terms = vocabulary(None)
    return terms.getTerm(value).title if value in terms else value or ""


class MeetingPage(AgendaCard, PeopleCard, BrowserView):
    """What the page of a meeting shows; the template only arranges it."""

    dialogs_template = ViewPageTemplateFile("templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of one operation, shared by the pages of meetings."""
        return self.dialogs_template.macros["dialog"]

    @property
    def page_title(self):
        return self.context.title

    def may(self, permission: str) -> bool:
        """Tell whether the present user has *permission* on the meeting."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    @property
    def url(self) -> str:
        return self.context.absolute_url()

    @property
    @memoize
    def token(self) -> str:
        return createToken()

    @property
    @memoize
    def state(self) -> str:
        return state_of(self.context)

    @property
    @memoize
    def language(self) -> str:
        return api.portal.get_current_language(self.context) or "vi"

    @property
    @memoize
    def policy(self):
        return policy_for(self.context)

    @property
    @memoize
    def names(self) -> dict[str, str]:
        """Names of all people of the page, looked up once."""
        meeting = self.context
        ids = {meeting.chair, meeting.secretary, meeting.approver, meeting.preparer}
        ids.update(line["actor"] for line in self._workflow_lines())
        ids.update(call.by for call in calls_of(meeting))
        ids.update(record.substitute for record in self.records.values())
        return person_names(ids)

    @property
    @memoize
    def records(self):
        return dict(participation.records(self.context))

    # --- head -------------------------------------------------------------

    def crumb(self) -> list[dict]:
        """Return the units around, and the year."""
        unit = unit_of(self.context)
        if unit is None:
            return []
        year = local(self.context.start).year
        return [
            {"title": unit.title, "url": unit.absolute_url()},
            {"title": _("Meetings of ${year}", mapping={"year": year}), "url": ""},
        ]

    def span(self) -> str:
        return span_text(self.context.start, self.context.end, self.language)

    def place(self) -> str:
        """Return the names of the rooms."""
        names = room_names(self.context.rooms)
        return ", ".join(names[uid] for uid in self.context.rooms or () if uid in names)

    def mode(self):
        return term(MeetingModes, self.context.mode)

    def state_tag(self) -> dict:
        return labels.tag(labels.STATES, self.state)

    def is_beside(self) -> bool:
        """Tell whether the meeting has left the straight way (put off, called off, returned)."""
        return self.state in ("returned", "postponed", "displaced", "cancelled")

    @memoize
    def _workflow_lines(self) -> list[dict]:
        history = getattr(self.context, "workflow_history", None) or {}
        return [line for line in history.get("hopso_meeting_workflow", ()) if line.get("action")]

    def steps(self) -> list[dict]:
        """Return the bar of steps: title, when it was done, class."""
        reached = labels.REACHED[self.state]
        when = {line["action"]: line["time"].ISO8601() for line in self._workflow_lines()}
        done = (
            self.context.registered_at,
            _moment(when.get("schedule")),
            None,
            self.context.published_at,
            self.context.started_at,
            _moment(when.get("conclude")),
            _moment(when.get("archive")),
        )
        found = []
        for number, title in enumerate(labels.STEPS):
            moment = done[number] if number < reached or (number == 4 and reached == 4) else None
            style = "is-done" if number < reached else "is-now" if number == reached else ""
            found.append(
                {
                    "title": title,
                    "when": local(moment).strftime("%d/%m %H:%M") if moment else "",
                    "class": style if self.state != "cancelled" else "",
                    "current": "step" if style == "is-now" else None,
                }
            )
        return found

    # --- what may be done ---------------------------------------------------

    @memoize
    def next_step(self) -> dict | None:
        """Return the one primary button: the next step that this person may do now."""
        for one in operations_for(self.context):
            if one.primary and one.name.startswith("meeting.") and one.allowed(self.context):
                return button_of(one, self.context, self.request)
        return None

    def notes(self) -> list[dict]:
        """Return what stands against the next step, or what is waited for."""
        step = self.next_step()
        found = []
        if step is not None:
            for finding in step["findings"]:
                if finding["level"] != "record":
                    found.append(dict(finding, style="hs-note hs-note--warn"))
        elif self.state in labels.WAITING:
            text = labels.WAITING[self.state]
            found.append({"style": "hs-note", "text": text, "article": "", "override_who": ""})
        comment = self._last_comment()
        if self.is_beside() and comment:
            found.insert(
                0, {"style": "hs-note hs-note--warn", "text": comment, "article": "", "override_who": ""}
            )
        return found

    def _last_comment(self) -> str:
        lines = self._workflow_lines()
        return lines[-1].get("comments", "") if lines else ""

    @memoize
    def glass(self) -> list[dict]:
        """Return who reads or has read the meeting in an emergency, for those who may end it."""
        return glass_lines(self.context)

    @memoize
    def menu(self) -> list[dict]:
        """Return the other things one may do, for the menu beside the button."""
        found = []
        for verb in MENU:
            one = find_operation(self.context, verb)
            if one is not None and one.allowed(self.context):
                found.append(dict(button_of_quiet(one, self.context), dialog=True))
        return found

    def dialogs(self) -> list[dict]:
        """Return every dialog of the page, each once."""
        found = list(self.menu())
        step = self.next_step()
        if step is not None and step["dialog"]:
            found.insert(0, step)
        for verb in ("add_item", "log_call", "log_paper"):
            one = find_operation(self.context, verb)
            if self.offers(verb):
                found.append(button_of_quiet(one, self.context))
                if verb == "log_paper":
                    self.name_documents(found[-1])
        return found

    @memoize
    def paper_choices(self) -> list[dict]:
        """Return the documents that the chair has allowed on paper."""
        return [{"value": one.UID, "title": one.Title} for one in paper_documents(self.agenda.all_documents)]

    def name_documents(self, dialog: dict) -> None:
        """Let the documents be chosen by title; where nothing could be uploaded a title is typed."""
        if uploads_too_late(self.context):
            return
        for field in dialog["fields"]:
            if field["name"] == "document":
                field.update(widget="select", options=self.paper_choices(), help="")

    @memoize
    def offers(self, verb: str) -> bool:
        """Tell whether the operation *verb* is possible now (rules aside)."""
        one = find_operation(self.context, verb)
        if verb == "log_call" and not self.context.urgent:
            return False
        if verb == "log_paper" and not self.paper_choices() and not uploads_too_late(self.context):
            return False
        return one is not None and one.allowed(self.context)

    @property
    @memoize
    def may_edit(self) -> bool:
        return self.may("Modify portal content")

    @property
    @memoize
    def may_add_document(self) -> bool:
        return self.may("hopso: Add Meeting Document")

    @property
    @memoize
    def drafts(self) -> list:
        """Return the operations that begin minutes and notice, as far as they are possible now."""
        return [
            find_operation(self.context, verb)
            for verb in ("draft_minutes", "draft_notice")
            if self.offers(verb)
        ]

    # --- information ----------------------------------------------------------

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        meeting, name = self.context, self.names.get
        host, preparing = names_at(
            (one, meeting.start) for one in (meeting.host_unit, meeting.preparing_unit)
        )
        rows = [
            (_("Kind"), term(MeetingKinds, meeting.kind)),
            (_("Content"), meeting.content),
            (_("Purpose"), meeting.purpose),
            (_("Chair"), name(meeting.chair)),
            (_("Secretary"), name(meeting.secretary)),
            (_("Approver"), facts.approver_name(meeting)),
            (_("Preparer"), name(meeting.preparer)),
            (_("Host unit"), host),
            (_("Prepared by"), preparing),
            (_("Classification"), term(Classifications, meeting.classification)),
            (_("Urgent"), term(UrgentReasons, meeting.urgent_reason) if meeting.urgent else ""),
            (_("Explanation"), meeting.urgent_note if meeting.urgent else ""),
            (_("Other matters"), meeting.other),
            (_("Regulation"), self.policy.title or self.policy.legal_basis),
        ]
        hours = rules.reading_hours(meeting.published_at, meeting.start)
        if hours is not None and self.sees_answers:
            rows.append(
                (_("Time to read"), _("${hours} hours", mapping={"hours": f"{hours:g}".replace(".", ",")}))
            )
        deadline = facts.publication_deadline(meeting, self.policy)
        if deadline and not meeting.published_at and self.may_edit:
            rows.append((_("To be published by"), datetime_text(deadline)))
        if self.state in ("ended", "concluded") and self.sees_answers and (due := notice_due(meeting)):
            rows.append((_("Conclusion notice due by"), datetime_text(due)))
        return [{"title": title, "text": text} for title, text in rows if text]

    def completeness(self) -> int | None:
        """Return the percentage of what BD-6.2 asks for, while it matters; else None."""
        if self.state not in ("draft", "returned", "registered", "scheduled") or not self.may_edit:
            return None
        return rules.completeness(facts.facts_of(self.context))

    # --- history --------------------------------------------------------------------

    def history(self) -> list[dict]:
        """Return who did what when, the latest first."""
        if not self.sees_answers and not self.may("hopso: Archive meeting"):
            return []
        lines = []
        for line in self._workflow_lines():
            lines.append(
                {
                    "what": labels.TRANSITIONS.get(line["action"], line["action"]),
                    "who": self.names.get(line["actor"], line["actor"]),
                    "when": datetime_text(_moment(line["time"].ISO8601())),
                    "comment": line.get("comments", ""),
                }
            )
        return lines[::-1]

    def calls(self) -> list[dict]:
        """Return the log of calls, for those who prepare."""
        if not self.sees_answers:
            return []
        return [
            {
                "whom": call.whom,
                "phone": call.phone,
                "when": datetime_text(call.called_at),
                "by": self.names.get(call.by, call.by),
                "note": call.note,
            }
            for call in calls_of(self.context)
        ]

    def papers(self) -> list[dict]:
        """Return what was handed out on paper."""
        if not self.sees_answers:
            return []
        return [
            {
                "document": one.document,
                "copies": one.copies,
                "reason": one.reason,
                "when": datetime_text(one.at),
            }
            for one in papers_of(self.context)
        ]


def _moment(text):
    return datetime.fromisoformat(text) if text else None

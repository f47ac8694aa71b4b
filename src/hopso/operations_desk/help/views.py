"""Pages of help: in a meeting, of a unit; and how ready a meeting is (BD-8.3)."""

from hopso import _
from hopso.audit.log import record as keep_on_record
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.inventory.devices.api import devices_available
from hopso.meetings.agenda import children
from hopso.meetings.answers import tally
from hopso.operations_desk import sheets
from hopso.operations_desk.backdrop.records import backdrop_of
from hopso.operations_desk.backdrop.rules import backdrop_missing
from hopso.operations_desk.checks.api import checks_of
from hopso.operations_desk.checks.views import tag as check_tag
from hopso.operations_desk.duty.api import duty_findings
from hopso.operations_desk.help import needs
from hopso.operations_desk.help import operations
from hopso.operations_desk.help import records
from hopso.operations_desk.help import rules
from hopso.operations_desk.personal import plain
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.operations_desk.views.labels import minutes_text
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.views.units import term
from hopso.policy.api import policy_for
from plone.memoize.view import memoize
from plone.restapi.services import Service
from plone.uuid.interfaces import IUUID


STATES = {
    records.ASKED: (_("Waiting"), "hs-tag--warn"),
    records.IN_HAND: (_("In hand"), "hs-tag--acc"),
    records.SOLVED: (_("Solved"), "hs-tag--good"),
}


def request_line(one, names: dict, moment) -> dict:
    """Return a request as texts."""
    name, style = STATES[one.state]
    overdue = one.due is not None and (one.first_answer or moment) > one.due
    return {
        "id": one.id,
        "topic": term(records.HelpTopics, one.topic),
        "text": one.text,
        "seat": one.seat,
        "who": names.get(one.asker, ""),
        "asked": when(one.asked_at),
        "helper": names.get(one.taken_by, ""),
        "answer": one.answer,
        "minutes": minutes_text(rules.minutes_between(one.asked_at, one.first_answer))
        if one.first_answer
        else "",
        "tag": {"name": name, "class": f"hs-tag {style}"},
        "state": one.state,
        "overdue": overdue,
    }


def figures_of(requests, moment) -> list[dict]:
    """Return the figures of requests: title and text."""
    found = rules.count_help(requests, moment)
    lines = [
        (_("Requests"), found.all),
        (_("Not solved yet"), found.open),
        (_("Time to answer (median)"), minutes_text(found.to_answer) or "–"),
        (_("Time to solve (median)"), minutes_text(found.to_solve) or "–"),
    ]
    if found.kept or found.late:
        lines += [(_("Answered in time"), found.kept), (_("Answered late"), found.late)]
    return [{"title": title, "text": text} for title, text in lines]


class HelpPage(DeskPage):
    """``<meeting>/@@help``: requests in the meeting, all to those who help, one's own to others."""

    hs_section = ""
    page_title = _("Help in the meeting")
    verbs = ("take_help", "solve_help")

    @property
    @memoize
    def helps(self) -> bool:
        return self.may(operations.HELP)

    @memoize
    def requests(self) -> list:
        """Return the requests that the reader sees, open ones first."""
        found = records.help_store().of_meeting(IUUID(self.context))
        if not self.helps:
            found = [one for one in found if one.asker == self.user_id]
        return sorted(found, key=lambda one: (one.state == records.SOLVED, one.id))

    def rows(self) -> list[dict]:
        """Return the requests as texts."""
        found, moment = self.requests(), now()
        names = person_names({one.asker for one in found} | {one.taken_by for one in found})
        return [request_line(one, names, moment) for one in found]

    def figures(self) -> list[dict]:
        """Return the figures, to those who help."""
        return figures_of(self.requests(), now()) if self.helps and self.requests() else []

    def may_ask(self) -> bool:
        """Tell whether the present user may ask for help now."""
        return operations.ask_help.allowed(self.context)

    def topics(self) -> list[dict]:
        """Return the choice of topics."""
        return [{"value": one.value, "title": one.title} for one in records.HelpTopics(None)]

    def ask_verb(self) -> str:
        return "ask_help"

    def door(self) -> str:
        """Return where forms are sent: those who serve the meeting may not read it."""
        return f"{self.url}/@@serve"

    def here(self) -> str:
        """Return the address of this page."""
        return f"{self.url}/@@help"

    def crumb(self) -> list[dict]:
        return [{"title": self.context.title, "url": self.url}] if self.may("View") else []


class SupportPage(HelpPage):
    """``<unit>/@@help-requests``: all requests to a unit; to the operator, those outside of meetings too."""

    page_title = _("Requests for help")
    verbs = ("take_support", "solve_support")

    @memoize
    def requests(self) -> list:
        found = records.help_store().of_unit(self.context.getId())
        if not self.helps:
            found = [one for one in found if one.asker == self.user_id]
        wanted = self.request.form.get("state", "")
        found = [one for one in found if not wanted or one.state == wanted]
        return sorted(found, key=lambda one: one.id, reverse=True)

    def rows(self) -> list[dict]:
        found, moment = self.requests()[:200], now()
        names = person_names({one.asker for one in found} | {one.taken_by for one in found})
        lines = []
        for one in found:
            line = request_line(one, names, moment)
            if one.meeting:
                # What was asked in a meeting is answered there.
                line["state"] = records.SOLVED
            lines.append(line)
        return lines

    def may_ask(self) -> bool:
        return operations.ask_support.allowed(self.context)

    def ask_verb(self) -> str:
        return "ask_support"

    def door(self) -> str:
        return f"{self.url}/@@do"

    def here(self) -> str:
        return f"{self.url}/@@help-requests"

    def crumb(self) -> list[dict]:
        return DeskPage.crumb(self)


class SupportSheet(SupportPage):
    """The same as a spreadsheet."""

    def __call__(self):
        headings = [
            (_("Asked"), 17), (_("What is it about?"), 24), (_("In a few words"), 50), (_("Asked by"), 24),
            (_("State"), 14), (_("Helped by"), 24), (_("Time to answer"), 16), (_("What was done"), 40),
        ]  # fmt: skip
        rows = [
            [
                one["asked"], one["topic"], one["text"], one["who"], one["tag"]["name"], one["helper"],
                one["minutes"], one["answer"],
            ]
            for one in self.rows()
        ]  # fmt: skip
        keep_on_record("export.tro-giup", self.context, details={"rows": len(rows)})
        return sheets.send(self.request.response, "tro-giup", sheets.sheet(headings, rows, self.request))


class ReadinessPage(DeskPage):
    """``<meeting>/@@readiness``: what is prepared and what is not, for the unit administrator (BD-8.3)."""

    hs_section = ""
    page_title = _("Readiness of the meeting")

    def lines(self) -> list[dict]:
        """Return what belongs to the preparation: title, text, whether it is there."""
        meeting = self.context
        brains = children(meeting, unrestricted=True)
        items = sum(1 for one in brains if one.portal_type == "AgendaItem")
        documents = [one for one in brains if one.portal_type == "MeetingDocument"]
        waiting = [one for one in documents if one.review_state in ("draft", "submitted", "returned")]
        counts = tally(meeting)
        invited = sum(counts.values())
        checks = checks_of(meeting)
        done = sum(1 for one in checks if one.done)
        open_needs = [one for one in self.needs_of() if one.state == records.OPEN_NEED]
        helps = [
            one for one in records.help_store().of_meeting(IUUID(meeting)) if one.state != records.SOLVED
        ]
        policy, backdrop = policy_for(meeting), backdrop_of(meeting)
        released = backdrop is not None and backdrop.released_at is not None
        ofall = _("${done} of ${all}")
        found = [
            (_("Agenda"), _("${count} items", mapping={"count": items}), items > 0),
            (
                _("Documents"),
                _("${count} not approved yet", mapping={"count": len(waiting)}),
                not waiting,
            ),
            (
                _("Answers"),
                _(ofall, mapping={"done": invited - counts["invited"], "all": invited}),
                not counts["invited"],
            ),
            (
                _("Devices and accounts"),
                _("${count} needs open", mapping={"count": len(open_needs)}),
                not open_needs,
            ),
            (_("Requests for help"), _("${count} open", mapping={"count": len(helps)}), not helps),
        ]
        if checks:
            found.append(
                (
                    _("Technical check"),
                    _(ofall, mapping={"done": done, "all": len(checks)}),
                    done == len(checks),
                )
            )
        found += [(_("People on duty"), one.text, False) for one in duty_findings(meeting)]
        found += [
            (_("Backdrop"), one.text, False)
            for one in backdrop_missing(policy.require_backdrop, len(meeting.sites or ()), released)
        ]
        return [
            {
                "title": title,
                "text": text,
                "tag": {"name": _("Ready"), "class": "hs-tag hs-tag--good"}
                if good
                else {"name": _("Not ready yet"), "class": "hs-tag hs-tag--warn"},
            }
            for title, text, good in found
        ]

    @memoize
    def needs_of(self) -> list:
        """Return what members need."""
        return records.help_store().needs_of(IUUID(self.context))

    def need_rows(self) -> list[dict]:
        """Return the needs as texts."""
        found = self.needs_of()
        names = person_names({one.user_id for one in found} | {one.met_by for one in found})
        may = self.may("hopso: Prepare meeting") and state_of(self.context) in ("convened", "in_session")
        return [
            {
                "user": one.user_id,
                "name": names.get(one.user_id, one.user_id),
                "what": [
                    *([_("Device")] if one.device else []),
                    *([_("Account")] if one.account else []),
                ],
                "note": one.note,
                "told": when(one.told_at),
                "late": one.late,
                "met": when(one.met_at),
                "how": term(records.WaysToMeet, one.how) if one.how else "",
                "answer": one.answer,
                "may": may and one.state == records.OPEN_NEED,
            }
            for one in found
        ]

    def deadline(self) -> str:
        """Return by when needs are told."""
        return when(needs.notice_deadline(self.context))

    def ways(self) -> list[dict]:
        """Return the ways to meet a need."""
        return [{"value": one.value, "title": one.title} for one in records.WaysToMeet(None)]

    def devices(self) -> list[dict]:
        """Return the devices of the host unit that can be lent at the time of the meeting."""
        unit = unit_of(self.context)
        return [
            {"value": one.uid, "title": f"{one.title} ({one.serial})"}
            for one in devices_available(unit, self.context.start, self.context.end)
        ]

    def checks(self) -> list[dict]:
        """Return the technical checks."""
        return [
            {"title": one.title, "due": when(one.due), "tag": check_tag(one)}
            for one in checks_of(self.context)
        ]

    def reviews(self) -> list[dict]:
        """Return the assessments, the latest first."""
        found = needs.reviews_of(self.context)
        names = person_names(one["by"] for one in found)
        return [
            {"text": one["text"], "who": names.get(one["by"], ""), "when": when(one["at"])}
            for one in reversed(found)
        ]

    def may_review(self) -> bool:
        """Tell whether the present user assesses the preparation now."""
        return needs.review_preparation.allowed(self.context)


class HelpGet(Service):
    """``GET <meeting>/@help``: requests with their times, all to those who help, one's own to others."""

    def reply(self):
        page = HelpPage(self.context, self.request)
        items = [{**plain(dict(vars(one))), "state": one.state} for one in page.requests()]
        return {"@id": f"{self.context.absolute_url()}/@help", "items": items, "items_total": len(items)}

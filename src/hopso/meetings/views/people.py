"""The list of participants: who was invited, who comes; to manage, print and export."""

from io import BytesIO
import json

from hopso import _
from hopso.audit import log
from hopso.core.operation import find_operation
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.meetings import participation
from hopso.meetings.views import labels
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.meetings.views.dialogs import fields_of
from hopso.meetings.views.meeting import MeetingPage
from hopso.organisation.names import participant_names
from hopso.organisation.names import person_names
from plone import api
from plone.memoize.view import memoize


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeoplePage(MeetingPage):
    """``<meeting>/@@people``; ``answer=invited|attending|…`` filters."""

    @property
    def page_title(self):
        return _("Participants: ${title}", mapping={"title": self.context.title})

    @property
    def chosen(self) -> str:
        wanted = self.request.form.get("answer", "")
        return wanted if wanted in participation.ANSWERS and self.sees_answers else ""

    @property
    @memoize
    def may_manage(self) -> bool:
        return self.offers("add_participants")

    @property
    @memoize
    def may_invite_guests(self) -> bool:
        """Tell whether people from outside may be invited now (BD-2.3)."""
        return self.policy.guests_allowed and self.offers("invite_guest")

    @property
    @memoize
    def may_record(self) -> bool:
        return self.offers("record_answer")

    @memoize
    def lines(self) -> list[dict]:
        """Return every participant whom the filter leaves, people by given name, units first."""
        names = participant_names(self.records)
        others = person_names(
            one for record in self.records.values() for one in (record.substitute, record.answered_by)
        )
        order = sorted(names, key=lambda key: (not key.startswith("unit:"), name_key(names[key])))
        found = []
        for key in order:
            record = self.records[key]
            if self.chosen and record.answer != self.chosen:
                continue
            found.append(
                {
                    "principal": key,
                    "name": names[key],
                    "unit": key.startswith("unit:"),
                    "guest": record.part == "guests",
                    "user": key.removeprefix("user:"),
                    "tag": labels.tag(labels.ANSWERS, record.answer) if self.sees_answers else None,
                    "substitute": others.get(record.substitute, "") if self.sees_answers else "",
                    "reason": record.reason if self.sees_answers else "",
                    "when": datetime_text(record.answered_at)
                    if self.sees_answers and record.answered_at
                    else "",
                    "by": others.get(record.answered_by, "")
                    if self.sees_answers and f"user:{record.answered_by}" != key
                    else "",
                }
            )
        return found

    def fill(self, line: dict) -> str:
        """Return what the dialog for recording an answer is filled with."""
        return json.dumps({"principal": line["principal"]})

    def filters(self) -> list[dict]:
        """Return the switch above the table, with counts."""
        if not self.sees_answers:
            return []
        url = f"{self.url}/@@people"
        found = [{"title": _("All"), "count": len(self.records), "url": url, "current": not self.chosen}]
        for answer in participation.ANSWERS:
            count = sum(1 for record in self.records.values() if record.answer == answer)
            title = labels.ANSWERS[answer][0]
            found.append(
                {
                    "title": title,
                    "count": count,
                    "url": f"{url}?answer={answer}",
                    "current": self.chosen == answer,
                }
            )
        return found

    def dialogs(self) -> list[dict]:
        """Return the dialogs of this page."""
        here = f"{self.url}/@@people"
        found = []
        if self.may_invite_guests:
            guest = find_operation(self.context, "invite_guest")
            found.append(dict(button_of_quiet(guest, self.context), came_from=here))
        if self.may_manage:
            found.append(
                dict(
                    button_of_quiet(find_operation(self.context, "add_participants"), self.context),
                    came_from=here,
                )
            )
        if self.may_record:
            operation = find_operation(self.context, "record_answer")
            fields = [
                {
                    "name": "answer",
                    "title": _("Answer"),
                    "help": "",
                    "required": True,
                    "widget": "select",
                    "kind": "",
                    "multiple": False,
                    "value": "attending",
                    "options": [
                        {"value": one, "title": labels.ANSWERS[one][0]} for one in participation.ANSWERS[1:]
                    ],
                },
                *fields_of(operation, self.context),
            ]
            found.append(
                dict(
                    button_of_quiet(operation, self.context),
                    came_from=here,
                    fields=fields,
                    hidden=[("principal", "")],
                )
            )
        return found


class PeopleExport(PeoplePage):
    """``<meeting>/@@people.xlsx``: the same list as a sheet."""

    def __call__(self):
        from openpyxl import Workbook
        from openpyxl.styles import Font

        translate = api.portal.translate
        book = Workbook()
        sheet = book.active
        sheet.title = "Thành phần"[:31]
        sheet.append([self.context.title])
        sheet.append([self.span()])
        heads = [_("Name"), _("Answer"), _("Substitute"), _("Reason"), _("Answered")]
        sheet.append([translate(one) for one in (heads if self.sees_answers else heads[:1])])
        for row in (1, 3):
            for cell in sheet[row]:
                cell.font = Font(bold=True)
        lines = self.lines()
        for line in lines:
            values = [line["name"]]
            if self.sees_answers:
                values += [translate(line["tag"]["name"]), line["substitute"], line["reason"], line["when"]]
            sheet.append([_safe(value) for value in values])
        for column, width in zip("ABCDE", (36, 20, 28, 40, 18), strict=True):
            sheet.column_dimensions[column].width = width
        out = BytesIO()
        book.save(out)
        log.record("export.people", self.context, findable=False, details={"rows": len(lines)})
        response = self.request.response
        response.setHeader("Content-Type", SHEET)
        name = f"thanh-phan-{local(now()):%Y%m%d}.xlsx"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return out.getvalue()


def _safe(value: str) -> str:
    """Let no program take a name or a reason for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

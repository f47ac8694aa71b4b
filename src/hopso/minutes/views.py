"""Pages of minutes and conclusion notices."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.audit.events import ItemRead
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings.place import meeting_of
from hopso.minutes import operations  # noqa: F401  (registers the operations)
from hopso.minutes.content import IConclusionNotice
from hopso.minutes.drafting import day_text
from hopso.minutes.numbers import KIND_CODES
from hopso.minutes.numbers import next_number
from hopso.minutes.numbers import symbol
from hopso.minutes.records import digest_of
from hopso.minutes.records import notice_due
from hopso.organisation.content import IUnit
from hopso.organisation.history import name_at
from hopso.organisation.history import parent_at
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import person_name
from hopso.security import matrix
from plone import api
from plone.namedfile.utils import set_headers
from plone.namedfile.utils import stream_data
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from zExceptions import NotFound
from zope.event import notify


STATE_TITLES = {
    "draft": _("Draft"),
    "in_review": _("In review"),
    "approved": _("Approved"),
    "issued": _("Issued"),
}
STEP_TITLES = {
    "submit": _("Submitted"),
    "approve": _("Approved"),
    "return": _("Returned"),
    "issue": _("Issued"),
    "reset": _("Changed; back to draft"),
}
# What has to happen next, and who does it
NEXT = {
    "draft": _("The secretary or the preparer completes the text and submits it to the chair."),
    "in_review": _("The chair reads the text, then approves it or returns it with a comment."),
    "approved": _("The archivist or the preparer numbers and issues it; nothing can be changed afterwards."),
    "issued": _("Issued; it can no longer be changed."),
}
WORKERS = ("hopso: Submit record", "hopso: Approve record", "hopso: Issue record")


class RecordView(BrowserView):
    """Minutes or a notice as a document, with its state and the next step."""

    hs_section = "meetings"

    def __init__(self, context, request):
        super().__init__(context, request)
        self.state = state_of(context)
        self.meeting = meeting_of(context)
        self.unit = unit_of(context)
        self.is_notice = IConclusionNotice.providedBy(context)

    @property
    def token(self) -> str:
        """Authenticator of this page's forms; made late, because views are built before the visitor is known."""
        return createToken()

    def may(self, permission: str) -> bool:
        """Tell whether the current user has *permission* here."""
        return bool(getSecurityManager().checkPermission(permission, self.context))

    def kind_title(self):
        """Return "Minutes" or "Conclusion notice"."""
        return _("Conclusion notice") if self.is_notice else _("Minutes")

    def steps(self) -> list[dict]:
        """Return the states in order, each done, now or to come."""
        names = list(STATE_TITLES)
        place = names.index(self.state)
        last = place == len(names) - 1
        marks = [
            "is-done" if n < place or last else "is-now" if n == place else None for n in range(len(names))
        ]
        return [
            {"title": STATE_TITLES[name], "css": mark, "current": "step" if n == place else None}
            for n, (name, mark) in enumerate(zip(names, marks, strict=True))
        ]

    def next_step(self):
        """Return who has to do what next."""
        return NEXT[self.state]

    def allowed(self) -> set[str]:
        """Return the verbs that the current user may use now."""
        return {one.verb for one in operations_for(self.context) if one.allowed(self.context)}

    def may_edit(self) -> bool:
        """Tell whether the text may be changed by the current user."""
        return self.state != "issued" and self.may(matrix.MODIFY)

    def digest(self) -> str:
        """Return what an approval of the shown text binds to."""
        return digest_of(self.context)

    def parent_unit(self):
        """Return the name of the unit above the issuing one, upper case; empty if there is none."""
        if self.unit is None:
            return ""
        above = getattr(self.unit, "__parent__", None)
        present = above.getId() if IUnit.providedBy(above) else ""
        parent = parent_at(self.unit.getId(), self.context.issued_at, present)
        return name_at(parent, self.context.issued_at).upper()

    def unit_name(self) -> str:
        """Return the name of the issuing unit, upper case."""
        return name_at(self.unit.getId(), self.context.issued_at).upper() if self.unit is not None else ""

    def number(self) -> str:
        """Return number and symbol, dots in place of a number that is not given yet."""
        if self.context.doc_number:
            return self.context.doc_number
        return f"……/{KIND_CODES[self.context.portal_type]}-{self.unit.code}"

    def proposed_number(self) -> str:
        """Return the number that would be given now."""
        kind = KIND_CODES[self.context.portal_type]
        number = next_number(api.portal.get(), self.unit.getId(), local(now()).year, kind)
        return symbol(number, kind, self.unit.code)

    def dated(self) -> str:
        """Return the date of issue, of the meeting for minutes not issued yet."""
        moment = self.context.issued_at
        if moment is None and self.is_notice:
            return "Ngày …… tháng …… năm ……"
        text = day_text(moment or self.meeting.end)
        return text[:1].upper() + text[1:]

    def body(self) -> str:
        """Return the text, sanitised."""
        return self.context.text.output if self.context.text is not None else ""

    def paper_title(self) -> str:
        """Return the subject line as it stands under the name of the kind, which it need not repeat."""
        title = self.context.title
        for kind in ("biên bản ", "thông báo "):
            if title.lower().startswith(kind) and len(title) > len(kind):
                title = title[len(kind) :]
        return title[:1].upper() + title[1:]

    def recipients(self) -> list[str]:
        """Return the lines of the recipients."""
        text = getattr(self.context, "recipients", None) or "- Như thành phần dự họp;\n- Lưu: VT, Hồ sơ."
        return [line for line in text.splitlines() if line.strip()]

    def chair(self) -> str:
        """Return the name of the chair."""
        return self._name(self.meeting.chair)

    def secretary(self) -> str:
        """Return the name of the secretary."""
        return self._name(self.meeting.secretary)

    @staticmethod
    def _name(user_id) -> str:
        return (person_name(user_id) or user_id) if user_id else ""

    def facts(self) -> list[dict]:
        """Return what the side column says, as name and value."""
        record = self.context
        found = [{"name": _("Number and symbol"), "value": record.doc_number or "–"}]
        if record.approved_by and self.state in ("approved", "issued"):
            when = f", {datetime_text(record.approved_at)}" if record.approved_at else ""
            found.append({"name": _("Approved by"), "value": self._name(record.approved_by) + when})
        if record.issued_at:
            found.append({"name": _("Issued"), "value": datetime_text(record.issued_at)})
        if self.is_notice and not record.issued_at and (due := notice_due(self.meeting)):
            found.append({"name": _("Due by"), "value": datetime_text(due)})
        return found

    def overdue(self) -> bool:
        """Tell whether the notice is late."""
        due = notice_due(self.meeting) if self.is_notice and not self.context.issued_at else None
        return due is not None and due < now()

    def signed_file(self) -> dict | None:
        """Return name, size and address of the signed file."""
        file = self.context.file
        if file is None:
            return None
        size = max(1, round(file.getSize() / 1024))
        return {
            "name": file.filename,
            "size": f"{size} KB",
            "url": f"{self.context.absolute_url()}/@@signed-file",
        }

    def history(self) -> list[dict]:
        """Return what was done, latest first; for those who work on it only."""
        if not any(self.may(permission) for permission in WORKERS):
            return []
        flow = api.portal.get_tool("portal_workflow").getWorkflowsFor(self.context)[0]
        entries = self.context.workflow_history.get(flow.id, ())
        return [
            {
                "what": STEP_TITLES[entry["action"]],
                "who": self._name(entry["actor"]),
                "when": datetime_text(entry["time"].asdatetime()),
                "comment": entry.get("comments") or "",
            }
            for entry in reversed(entries)
            if entry.get("action") in STEP_TITLES
        ]


class EditRecord(RecordView):
    """The text in an editor; saving is the operation ``record.save``."""

    def raw(self) -> str:
        """Return the text for the editor, sanitised already: it is shown while it is edited."""
        return self.body()

    def warning(self):
        """Return what saving a change will do, None for a draft."""
        if self.state in ("in_review", "approved"):
            return _(
                "Saving a change makes this a draft again: it has to be submitted and approved once more."
            )
        return None

    def recipients_text(self) -> str:
        """Return the recipients as one text."""
        return getattr(self.context, "recipients", None) or ""


class DownloadSigned(BrowserView):
    """The signed file, always as a download."""

    def __call__(self):
        file = self.context.file
        if file is None:
            raise NotFound("file")
        set_headers(file, self.request.response, filename=file.filename or "van-ban.pdf")
        self.request.response.setHeader("X-Content-Type-Options", "nosniff")
        notify(ItemRead(self.context, "download", {"file": file.filename}))
        return stream_data(file)

"""``@@start``: the page that everybody sees first."""

from dataclasses import dataclass
from dataclasses import field
from functools import cached_property

from hopso import _
from hopso.accounts.passwords import days_left
from hopso.accounts.passwords import WARN_DAYS
from hopso.accounts.records import account_of
from hopso.core.text import date_text
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import span_text
from hopso.core.text import WEEKDAYS
from hopso.meetings.views import labels
from hopso.operations_desk.views import labels as desk_labels
from hopso.organisation.confirming import units_to_confirm
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.policy.api import current_policy
from hopso.theme import start
from hopso.theme.page import tool_links
from plone import api
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.i18nmessageid import Message


FILE_CLASSES = {
    "pdf": "pdf", "doc": "doc", "docx": "doc", "odt": "doc", "xls": "xls", "xlsx": "xls", "ods": "xls",
    "ppt": "ppt", "pptx": "ppt", "jpg": "img", "jpeg": "img", "png": "img", "tif": "img", "tiff": "img",
}  # fmt: skip


@dataclass
class Row:
    """One line: a mark (time or file), a title, facts, tags, one action."""

    title: str
    url: str
    facts: str = ""
    time: tuple = ()  # big, small
    extension: str = ""
    tags: list = field(default_factory=list)
    action: object = ""
    primary: bool = False

    @property
    def file_class(self) -> str:
        """Class of the mark for the kind of file."""
        kind = FILE_CLASSES.get(self.extension, "")
        return f"hs-file hs-file--{kind}" if kind else "hs-file"


@dataclass
class Block:
    """A card of the page: ``count`` is how many there are, ``rows`` those shown."""

    name: str
    title: object
    rows: list
    count: int
    empty: object = ""
    everything: str = ""
    counted: bool = True
    more: object = _("Show all")


class Start(BrowserView):
    """The work of the present user."""

    hs_section = "start"
    page_title = _("My work")

    @cached_property
    def me(self):
        """The present user."""
        return start.whoami()

    @cached_property
    def moment(self):
        """Now; the whole page agrees on it."""
        return now()

    @cached_property
    def only(self) -> str:
        """Name of the one block that is asked for in full, or empty."""
        return str(self.request.form.get("block", ""))

    def greeting(self):
        """Return the greeting; without Mr or Mrs, which nobody has recorded."""
        text = start.GREETINGS[start.part_of_day(self.moment)]
        return self._t(Message(text, mapping={"name": self.me.name}))

    @property
    def language(self) -> str:
        """``vi`` or ``en``."""
        return "en" if self.request.get("LANGUAGE", "vi").startswith("en") else "vi"

    def password_notice(self) -> str:
        """Return how long the password still holds if that is not long, else "" (BD-4.5/2)."""
        account = account_of(self.me.user_id)
        left = None if account is None else days_left(account, self.moment, current_policy())
        if left is None or left > WARN_DAYS[0]:
            return ""
        return self._t(_("Your password holds for ${count} more days.", mapping={"count": str(left)}))

    def today_line(self) -> str:
        """Return ``Thứ Hai, 23/11/2026 · 3 cuộc họp hôm nay · 4 việc chờ xử lý``."""
        day = f"{WEEKDAYS[self.language][local(self.moment).weekday()]}, {date_text(self.moment)}"
        todo = sum(block.count for block in self.todo())
        parts = [
            day,
            self._t(_("${count} meetings today", mapping={"count": len(self._today)})),
            self._t(_("${count} things wait for you", mapping={"count": todo}))
            if todo
            else self._t(_("nothing waits for you")),
        ]
        return " · ".join(parts)

    def _t(self, text) -> str:
        return translate(text, context=self.request)

    # ---- data, each asked for once ----

    @cached_property
    def _open(self):
        return start.open_meetings(self.moment)

    @cached_property
    def _planned(self):
        return [one for one in self._open if one.review_state in start.PLANNED]

    @cached_property
    def _today(self):
        first, after = start.day_bounds(self.moment)
        return start.on_day(self._planned, first, after)

    @cached_property
    def _week(self):
        from datetime import timedelta

        _first, after = start.day_bounds(self.moment)
        return [
            one
            for one in start.on_day(self._planned, after, after + timedelta(days=6))
            if one not in self._today
        ]

    @cached_property
    def _unanswered(self):
        return start.unanswered(self.me, self._open)

    @cached_property
    def _names(self):
        return person_names(one.chair for one in self._today + self._week if one.chair)

    @cached_property
    def _rooms(self):
        return room_names({uid for one in self._today + self._week for uid in one.rooms or ()})

    # ---- blocks ----

    @cached_property
    def _todo(self) -> list[Block]:
        me = self.me
        wanted = [
            ("approve", _("Waiting for your approval"), start.documents_to_approve(me), self._document_row,
             _("No document waits for your approval. Documents handed in for your meetings will appear here."),
             bool(me.with_part("approver"))),
            ("answer", _("Invitations to answer"), self._unanswered, self._answer_row,
             _("You have answered all invitations."), bool(me.invited)),
            ("schedule", _("Meetings to schedule"), start.to_schedule(me, self._open), self._schedule_row,
             _("No registration waits for a time and a room."), bool(me.units("admins", "registrars"))),
            ("prepare", _("Meetings to prepare"), start.to_prepare(me, self._open), self._prepare_row,
             _("No meeting to prepare. Registrations that you begin or get back will appear here."),
             bool(me.units("coordinators", "secretaries"))),
            ("returned", _("Documents returned to you"), start.returned_documents(me), self._returned_row, "", False),
            ("records", _("Minutes and notices"), start.open_records(me), self._record_row,
             _("No minutes or notice waits for you."), bool(me.units("archivists"))),
            ("units", _("Data of units to confirm"), units_to_confirm(me.units("admins")), self._unit_row, "", False),
            ("desk", _("Incidents and requests"), start.at_the_desk(me), self._desk_row, "", False),
        ]  # fmt: skip
        blocks = [
            self._block(name, title, found, row, empty)
            for name, title, found, row, empty, always in wanted
            if found or always
        ]
        # One colour for the next step: only the first thing to do is primary.
        for block in [one for one in blocks if one.rows][1:]:
            for row in block.rows:
                row.primary = False
        return blocks

    def todo(self) -> list[Block]:
        """Return the blocks of what the person has to do."""
        return self._todo

    def _block(self, name, title, found, row, empty="", **options) -> Block:
        shown = found if self.only == name else found[: start.SHOWN]
        url = f"{self.portal_url}/@@start?block={name}" if len(found) > len(shown) else ""
        return Block(name, title, [row(one) for one in shown], len(found), empty, url, **options)

    @property
    def portal_url(self) -> str:
        """Address of the site."""
        return api.portal.get().absolute_url()

    def main_blocks(self) -> list[Block]:
        """Return the blocks of the wide column."""
        blocks = [
            *self.todo(),
            self._block("today", _("Today"), self._today, self._meeting_row,
                        _("No meeting today.")),
            self._block("week", _("Next seven days"), self._week, self._day_row,
                        _("No meeting in the next seven days.")),
        ]  # fmt: skip
        for block in blocks[-2:]:
            block.everything = f"{self.portal_url}/@@meetings"
            block.more = _("All meetings")
            block.counted = False
        if self.only:
            return [block for block in blocks if block.name == self.only] or blocks
        return blocks

    @cached_property
    def _news(self):
        # One more than is shown tells that there are more.
        return start.news(self.me, self.moment, start.MOST_NEWS if self.only == "news" else start.SHOWN + 1)

    def news(self) -> Block:
        """Return the block of what is new."""
        return self._block(
            "news", _("New for me"), self._news, self._news_row,
            _("Documents published and minutes issued in your meetings will appear here."), counted=False,
        )  # fmt: skip

    def tools(self) -> list[dict]:
        """Return the pages of administrators that the person may open."""
        return tool_links()

    def compliance(self) -> list[dict]:
        """Return how the rules were kept lately, as bars."""
        from hopso.theme.compliance import measures

        return measures(self.moment)

    # ---- rows ----

    def _span(self, brain) -> str:
        return span_text(brain.meeting_start, brain.meeting_end, self.language)

    def _document_row(self, brain) -> Row:
        facts = [brain.doc_number or "", self._pages(brain), brain.meeting_title or ""]
        if brain.submitted_at:
            handed_in = _("handed in ${when}", mapping={"when": datetime_text(brain.submitted_at)})
            facts.append(self._t(handed_in))
        return Row(
            brain.Title, f"{brain.getURL()}/approve", " · ".join(one for one in facts if one),
            extension=brain.file_extension or "", action=_("Read and approve"), primary=True,
        )  # fmt: skip

    def _pages(self, brain) -> str:
        if not isinstance(brain.page_count, int):
            return ""
        return self._t(_("${count} pages", mapping={"count": brain.page_count}))

    def _returned_row(self, brain) -> Row:
        facts = " · ".join(one for one in (brain.doc_number or "", brain.meeting_title or "") if one)
        return Row(
            brain.Title, brain.getURL(), facts, extension=brain.file_extension or "", action=_("Correct")
        )

    def _date_mark(self, brain) -> tuple:
        start_ = local(brain.meeting_start)
        return f"{start_:%d/%m}", f"{start_:%H:%M}"

    def _answer_row(self, brain) -> Row:
        return Row(
            brain.Title, brain.getURL(), self._span(brain), time=self._date_mark(brain),
            tags=self._tags(brain), action=_("Answer"), primary=True,
        )  # fmt: skip

    def _schedule_row(self, brain) -> Row:
        return Row(
            brain.Title, brain.getURL(), self._span(brain), time=self._date_mark(brain),
            tags=self._tags(brain), action=_("Schedule"), primary=True,
        )  # fmt: skip

    def _prepare_row(self, brain) -> Row:
        return Row(
            brain.Title, brain.getURL(), self._span(brain), time=self._date_mark(brain),
            tags=[labels.tag(labels.STATES, brain.review_state), *self._tags(brain)], action=_("Prepare"),
        )  # fmt: skip

    def _record_row(self, brain) -> Row:
        approve = brain.review_state == "in_review"
        return Row(
            brain.Title, brain.getURL(), brain.meeting_title or "", extension=brain.file_extension or "doc",
            tags=[labels.tag(labels.RECORD_STATES, brain.review_state)],
            action=_("Read and approve") if approve else _("Issue"), primary=approve,
        )  # fmt: skip

    def _unit_row(self, one) -> Row:
        return Row(
            one.title, f"{self.portal_url}/{one.address}/@@confirm", self._t(one.about()), action=_("Confirm"),
            extension="ĐV",
        )  # fmt: skip

    def _desk_row(self, brain) -> Row:
        kind = desk_labels.TYPES[brain.portal_type]
        facts = f"{self._t(kind)} · {datetime_text(brain.created.asdatetime())}"
        return Row(
            brain.Title, brain.getURL(), facts, extension="!",
            tags=[desk_labels.tag(brain.portal_type, brain.review_state)], action=_("Look"),
        )  # fmt: skip

    def _news_row(self, brain) -> Row:
        return Row(
            brain.Title, brain.getURL(), brain.meeting_title or "", extension=(brain.file_extension or "doc")
        )

    def _tags(self, brain) -> list[dict]:
        tags = [{"name": _("Urgent"), "class": "hs-tag hs-tag--bad"}] if brain.urgent else []
        return tags

    def _place(self, brain) -> str:
        rooms = ", ".join(self._rooms[uid] for uid in brain.rooms or () if uid in self._rooms)
        facts = [rooms]
        if brain.chair:
            facts.append(
                self._t(_("chair: ${name}", mapping={"name": self._names.get(brain.chair, brain.chair)}))
            )
        return " · ".join(one for one in facts if one)

    def _meeting_row(self, brain) -> Row:
        answer = any(one.UID == brain.UID for one in self._unanswered)
        mark = f"{local(brain.meeting_start):%H:%M}", f"{local(brain.meeting_end):%H:%M}"
        row = Row(brain.Title, brain.getURL(), self._place(brain), time=mark, tags=self._tags(brain))
        if answer:
            row.action = _("Answer")
        else:
            row.tags.append(labels.tag(labels.STATES, brain.review_state))
        return row

    def _day_row(self, brain) -> Row:
        row = self._meeting_row(brain)
        row.time = self._date_mark(brain)
        return row

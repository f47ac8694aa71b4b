"""The pages of technical checks: one for the phone, one day for the operator, the template."""

from datetime import datetime
from datetime import time
from datetime import timedelta

from hopso import _
from hopso.audit.log import record as keep_on_record
from hopso.core.moments import LOCAL
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.text import read_day
from hopso.core.text import span_text
from hopso.operations_desk import sheets
from hopso.operations_desk.checks import operations
from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks import template
from hopso.operations_desk.checks.api import check_of
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.place import operator_unit
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.organisation.views.units import term
from hopso.security.report import closed_title
from plone import api
from plone.memoize.view import memoize
from plone.namedfile.utils import set_headers
from plone.namedfile.utils import stream_data
from plone.uuid.interfaces import IUUID
from zExceptions import NotFound


# State of a check -> name and class of its tag; the class of its bar is the same everywhere.
STATES = {
    rules.OPEN: (_("Not checked yet"), ""),
    rules.BEGUN: (_("Being checked"), "hs-tag--acc"),
    rules.PASSED: (_("Checked"), "hs-tag--good"),
    rules.FAULTS: (_("Checked, with faults"), "hs-tag--warn"),
    rules.MISSED: (_("Not checked in time"), "hs-tag--bad"),
}
RESULTS = (
    (rules.PASS, _("Item passes"), "is-pass"),
    (rules.FAIL, _("Item fails"), "is-fail"),
    (rules.NOT_APPLICABLE, _("Not applicable"), "is-na"),
)


def tag(check) -> dict:
    """Return name and class of the tag of a check."""
    name, style = STATES[check.state]
    return {"name": name, "class": f"hs-tag {style}".strip()}


class CheckPage(DeskPage):
    """``<meeting>/@@check?place=UID``: the check of one place, for fingers and bad lines."""

    hs_section = ""
    page_title = _("Technical check")

    @property
    @memoize
    def record(self):
        """The check that is asked for; the only one of one's own if none is named.  Raises NotFound."""
        place = self.request.form.get("place", "")
        records = check_store().of_meeting(IUUID(self.context))
        for one in records:
            if one.place == place or (not place and may_serve(self.context, one.place, one.unit)):
                return one
        raise NotFound(self.context, "@@check", self.request)

    @property
    @memoize
    def check(self):
        """The same, as other rooms see it."""
        return check_of(self.record, place_titles([self.record.place]).get(self.record.place, "–"))

    def tag(self) -> dict:
        return tag(self.check)

    @property
    @memoize
    def open(self) -> bool:
        """Whether the present user fills it in now."""
        record = self.record
        return (
            self.may(SERVE)
            and record.signed_at is None
            and state_of(self.context) in operations.STATES
            and not self.waits()
            and may_serve(self.context, record.place, record.unit)
        )

    @memoize
    def waits(self) -> list[dict]:
        """Return what has to be there before the check (NT-4.1)."""
        return [
            {"text": one.text, "article": one.article}
            for one in operations.preparation_findings(self.context)
        ]

    @property
    def may_reopen(self) -> bool:
        """Whether the present user may open a signed check again."""
        record = self.record
        return (
            record.signed_at is not None
            and self.may(SERVE)
            and state_of(self.context) in operations.STATES
            and may_serve(self.context, record.place, record.unit)
        )

    def heading(self) -> str:
        """Return the title of the meeting to those who may read it, its unit and day to others."""
        if self.may("View"):
            return self.context.title
        return self.t(closed_title(self.context))

    def span(self) -> str:
        """Return when the meeting is."""
        return span_text(self.context.start, self.context.end, (self.request.get("LANGUAGE") or "vi")[:2])

    def back(self) -> str:
        """Return where one comes from: the meeting, or its logistics."""
        return self.url if self.may("View") else f"{self.url}/@@logistics"

    def due(self) -> dict:
        """Return when it is due, in words and as a tag."""
        check, moment = self.check, now()
        minutes = round((check.due - moment).total_seconds() / 60)
        left = ""
        if not check.done and 0 <= minutes <= 24 * 60:
            left = _("${minutes} minutes left", mapping={"minutes": minutes})
            if minutes >= 120:
                left = _("${hours} hours left", mapping={"hours": minutes // 60})
        return {"text": when(check.due), "left": left, "over": not check.done and minutes < 0}

    def groups(self) -> list[dict]:
        """Return the items by category: each with its results, note, photo and who found it."""
        record, names = self.record, self.names
        found: list[dict] = []
        for item in record.items:
            answer = record.answers.get(item.id)
            title = term(template.Categories, item.category)
            if not found or found[-1]["name"] != item.category:
                found.append({"name": item.category, "title": title, "lines": []})
            found[-1]["lines"].append(
                {
                    "id": item.id,
                    "text": item.text,
                    "result": answer.result if answer else "",
                    "note": answer.note if answer else "",
                    "photo": f"{self.url}/@@check-photo?place={record.place}&item={item.id}"
                    if item.id in record.photos
                    else "",
                    "who": _(
                        "${name}, ${time}",
                        mapping={"name": names.get(answer.by, ""), "time": f"{local(answer.at):%d/%m %H:%M}"},
                    )
                    if answer
                    else "",
                    "choices": [
                        {
                            "value": value,
                            "title": title,
                            "class": f"hs-btn hs-check-btn {style}"
                            + (" is-chosen" if answer and answer.result == value else ""),
                            "pressed": "true" if answer and answer.result == value else "false",
                        }
                        for value, title, style in RESULTS
                    ],
                }
            )
        return found

    @property
    @memoize
    def names(self) -> dict[str, str]:
        """Names of those who answered and signed."""
        record = self.record
        people = [one.by for one in record.answers.values()]
        return person_names([*people, record.signed_by, record.ready_by])

    def progress(self) -> dict:
        """Return how far it is: text, and percent for the bar."""
        check = self.check
        return {
            "text": _("${done} of ${all} items", mapping={"done": check.answered, "all": check.total}),
            "percent": round(100 * check.answered / check.total) if check.total else 0,
        }

    def signed(self) -> dict | None:
        """Return who signed it and when."""
        record = self.record
        if record.signed_at is None:
            return None
        return {
            "who": self.names.get(record.signed_by, ""),
            "when": when(record.signed_at),
            "note": record.note,
            "late": record.late,
        }

    def ready(self) -> dict | None:
        """Return who confirmed that the room is ready."""
        record = self.record
        if record.ready_at is None:
            return None
        return {"who": self.names.get(record.ready_by, ""), "when": when(record.ready_at)}

    def may_confirm(self) -> bool:
        """Tell whether the present user may confirm the room's readiness."""
        record = self.record
        return (
            record.ready_at is None
            and self.may(SERVE)
            and state_of(self.context) in ("scheduled", "convened")
            and not self.waits()
            and may_serve(self.context, record.place, record.unit)
        )


class CheckPhoto(CheckPage):
    """``<meeting>/@@check-photo?place=&item=``: the photo of an item."""

    def __call__(self):
        photo = self.record.photos.get(self.request.form.get("item", ""))
        if photo is None:
            raise NotFound(self.context, "@@check-photo", self.request)
        set_headers(photo, self.request.response)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return stream_data(photo)


class DayPage(DeskPage):
    """``/@@checks``: all checks due on a day, for the operator; for others those that they serve."""

    hs_section = ""
    page_title = _("Technical checks of the day")

    @property
    def day(self):
        """The day that is asked for."""
        return read_day(self.request.form.get("day"), local(now()).date())

    @property
    @memoize
    def all_units(self) -> bool:
        """Whether the present user sees those of all units: people of the operator, administrators."""
        unit = operator_unit()
        return self.may("hopso: Manage policy") or (
            unit is not None and api.user.has_permission(SERVE, obj=unit)
        )

    @property
    @memoize
    def rows(self) -> list[dict]:
        """The checks of meetings that take place on the day, or are due on it, earliest first."""
        from hopso.operations_desk.checks.cards import served_units

        first = datetime.combine(self.day, time(), tzinfo=LOCAL)
        store = check_store()
        units = None if self.all_units else served_units()
        # A check is due at most some days before its meeting: long holidays lie between.
        near = store.between(store.by_due, first - timedelta(days=20), first + timedelta(days=1), units)
        records = [one for one in near if self.day in (local(one.start).date(), local(one.due).date())]
        titles, names = place_titles({r.place for r in records}), unit_names({r.unit for r in records})
        catalog = api.portal.get_tool("portal_catalog")
        uids = list({one.meeting for one in records})
        paths = {b.UID: b.getURL() for b in catalog.unrestrictedSearchResults(UID=uids)} if uids else {}
        readable = {b.UID: b.Title for b in catalog(UID=uids)} if uids else {}
        people = person_names(one.signed_by for one in records)
        found = []
        for record in sorted(records, key=lambda one: (one.start, one.due, one.place)):
            check = check_of(record, titles.get(record.place, "–"))
            if record.meeting in paths:
                found.append(
                    {
                        "title": check.title,
                        "unit": names.get(check.unit, ""),
                        "meeting": readable.get(check.meeting, ""),
                        "start": datetime_text(check.start),
                        "due": datetime_text(check.due),
                        "tag": tag(check),
                        "late": check.late,
                        "progress": f"{check.answered}/{check.total}",
                        "signed": when(check.signed_at),
                        "who": people.get(check.signed_by, ""),
                        "state": check.state,
                        "url": f"{paths[check.meeting]}/@@check?place={check.site_uid}",
                    }
                )
        wanted = self.request.form.get("state", "")
        return [one for one in found if not wanted or one["state"] == wanted]

    def states(self) -> list[dict]:
        """Return the choice of states."""
        wanted = self.request.form.get("state", "")
        return [
            {"value": name, "title": title, "selected": "selected" if name == wanted else None}
            for name, (title, _style) in STATES.items()
        ]

    def figures(self) -> list[dict]:
        """Return how many of the rows are in which state."""
        rows = self.rows
        return [
            {"title": title, "text": sum(1 for one in rows if one["state"] == name)}
            for name, (title, _style) in STATES.items()
        ]

    def link(self, days: int = 0, view: str = "checks") -> str:
        """Return the address of the page some days on."""
        return f"{self.url}/@@{view}?day={self.day + timedelta(days=days):%d/%m/%Y}"

    def template_url(self) -> str:
        """Return where the operator edits the template, empty for others."""
        unit = operator_unit()
        if unit is None or not api.user.has_permission("hopso: Manage inventory", obj=unit):
            return ""
        return f"{unit.absolute_url()}/@@check-template"


class DaySheet(DayPage):
    """``/@@checks.xlsx``: the same as a spreadsheet."""

    def __call__(self):
        headings = [
            (_("Site or room"), 30), (_("Unit"), 30), (_("Start"), 17), (_("Due"), 17),
            (_("State"), 20), (_("Items"), 8), (_("Signed"), 17), (_("Signed by"), 24),
        ]  # fmt: skip
        rows = [
            [
                one["title"], one["unit"], one["start"], one["due"], one["tag"]["name"],
                one["progress"], one["signed"], one["who"],
            ]
            for one in self.rows
        ]  # fmt: skip
        keep_on_record("export.kiem-tra-ky-thuat", self.context, details={"rows": len(rows)})
        return sheets.send(
            self.request.response, "kiem-tra-ky-thuat", sheets.sheet(headings, rows, self.request)
        )


class TemplatePage(DeskPage):
    """``<operator>/@@check-template``: what checks look at."""

    page_title = _("Template of technical checks")

    def items(self) -> list[dict]:
        """Return the items in force, with what the dialog needs."""
        return [
            {
                "id": one.id,
                "text": one.text,
                "category": term(template.Categories, one.category),
                "when": term(template.Occasions, one.when),
                "rule": one.rule,
                "fill": {
                    "id": one.id,
                    "text": one.text,
                    "category": one.category,
                    "when": one.when,
                    "order": one.order,
                },
            }
            for one in template.all_items()
            if not one.retired
        ]

    def fill(self, values: dict) -> str:
        """Return values for ``data-hs-fill``."""
        import json

        return json.dumps(values, ensure_ascii=False)

    def categories(self) -> list[dict]:
        """Return the choice of categories."""
        return [{"value": one.value, "title": one.title} for one in template.Categories(None)]

    def occasions(self) -> list[dict]:
        """Return the choice of occasions."""
        return [{"value": one.value, "title": one.title} for one in template.Occasions(None)]

    def __call__(self):
        from hopso.operations_desk.checks.template_operations import runs_the_system

        if not runs_the_system(self.context):
            raise NotFound(self.context, "@@check-template", self.request)
        return super().__call__()

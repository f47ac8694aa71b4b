"""Reorganising in the browser: what is wanted, what would happen, and only then doing it."""

import json

from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.parameters import decode
from hopso.core.parameters import upload_of
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_error
from hopso.organisation import records
from hopso.organisation import reorganise
from hopso.organisation import schemes
from hopso.organisation import sheets
from hopso.organisation.managed import position_text
from hopso.organisation.names import person_names
from hopso.organisation.plans import draft_of
from hopso.organisation.plans import plans
from hopso.organisation.plans import progress_of
from hopso.organisation.situation import holdings
from hopso.organisation.tree import all_units
from hopso.organisation.tree import today
from hopso.organisation.views.previewing import Preview
from hopso.organisation.vocabularies import Levels
from hopso.organisation.vocabularies import UnitTypes
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
import transaction
from zope.i18n import translate
from zope.schema import getFieldNamesInOrder


STATUS = {
    records.PLANNED: (_("Planned"), "hs-tag--acc"),
    records.QUEUED: (_("At work"), "hs-tag--warn"),
    records.DONE: (_("Carried out"), "hs-tag--good"),
    records.FAILED: (_("Could not be carried out"), "hs-tag--bad"),
    records.CANCELLED: (_("Taken back"), ""),
}
DECIDED = ("decision", "decided_on", "effective", "reason")
PARTS = 5  # rows of the form for a split


def plan_rows(request, *statuses, unit_id=None) -> list[dict]:
    """Return plans as pages show them, the latest first."""
    found = []
    for plan in reversed(plans(*statuses, unit_id=unit_id)):
        title, style = STATUS[plan.status]
        progress = progress_of(plan.id) if plan.status == records.QUEUED else None
        found.append(
            {
                "id": plan.id,
                "decision": plan.decision.number,
                "effective": f"{plan.decision.effective:%d/%m/%Y}",
                "reason": plan.decision.reason,
                "status": translate(title, context=request),
                "css": f"hs-tag {style}".strip(),
                "problem": plan.problem,
                "steps": len(plan.steps),
                "recorded": datetime_text(plan.recorded_at),
                "cancellable": plan.status in (records.PLANNED, records.FAILED),
                "progress": progress,
            }
        )
    return found


class Reorganising(BrowserView):
    """What both pages share: reading, previewing, doing, showing errors."""

    error = None
    preview = None
    params: dict
    hs_section = "units"

    def __call__(self):
        self.params = {}
        if self.request.method == "POST":
            PostOnly(self.request)
            CheckAuthenticator(self.request)
            if self._handle():
                return ""
        return self.index()

    def _handle(self) -> bool:
        one = self.operation()
        try:
            self.params = decode(one.schema, self.raw())
            if "confirm" in self.request.form:
                result = one(self.context, **self.params)
            else:
                one.validated(self.params)
                draft = draft_of(self.steps(), self.params["effective"])
                self.preview = Preview(draft, self.request)
                return False
        except errors.OperationError as error:
            transaction.abort()
            self.error = describe_error(error, self.request)
            self.request.response.setStatus(error.status)
            return False
        later = self.params["effective"] > today()
        text = _("Planned for its day.") if later else _("The reorganisation was recorded.")
        api.portal.show_message(text, self.request)
        target = result if hasattr(result, "absolute_url") else self.context
        self.request.response.redirect(target.absolute_url(), status=303)
        return True

    def token(self) -> str:
        """Return the token of forms."""
        return createToken()

    def typed(self, name: str, default="") -> str:
        """Return what was typed into a field."""
        value = self.request.form.get(name, default)
        return value if isinstance(value, str) else default

    def error_of(self, name: str) -> str:
        """Return what is wrong with a field."""
        return (self.error or {}).get("errors", {}).get(name, "")

    def decided(self) -> list[dict]:
        """Return the fields about the decision."""
        texts = {
            "decision": (_("Number of the decision"), "", "12/QĐ-UBND"),
            "decided_on": (_("Date of the decision"), "", "dd/mm/yyyy"),
            "effective": (
                _("Holds from"),
                _("A day that has come takes effect at once; a later one is carried out on that day."),
                "dd/mm/yyyy",
            ),
        }
        today_text = f"{today():%d/%m/%Y}"
        return [
            {
                "name": name,
                "title": title,
                "help": help_text,
                "hint": hint,
                "value": self.typed(name, today_text if name == "effective" else ""),
                "error": self.error_of(name),
            }
            for name, (title, help_text, hint) in texts.items()
        ]

    def kept(self) -> list[dict]:
        """Return what was typed as hidden fields of the confirmation."""
        found = []
        for name, value in self.request.form.items():
            if name in ("_authenticator", "preview", "confirm", "seen", "file"):
                continue
            values = value if isinstance(value, list) else [value]
            key = f"{name}:list" if isinstance(value, list) else name
            found.extend({"name": key, "value": one} for one in values if isinstance(one, str))
        return found

    def options(self, vocabulary, name: str, empty) -> list[dict]:
        """Return the options of a select."""
        pairs = [("", empty), *((term.value, term.title) for term in vocabulary(None))]
        chosen = self.typed(name)
        return [
            {
                "value": value,
                "title": translate(title, context=self.request),
                "selected": "selected" if value == chosen else None,
            }
            for value, title in pairs
        ]


class ReorganiseUnit(Reorganising):
    """``<unit>/@@reorganise?what=rename|move|merge|split|close``."""

    TITLES = {
        "rename": _("Rename the unit"),
        "move": _("Put the unit below another one"),
        "merge": _("Merge the unit with others"),
        "split": _("Split the unit"),
        "close": _("Close the unit"),
    }

    @property
    def what(self) -> str:
        """The verb."""
        wanted = self.request.form.get("what", "")
        return wanted if wanted in self.TITLES else "rename"

    @property
    def page_title(self):
        """Title of the page."""
        return self.TITLES[self.what]

    def tabs(self) -> list[dict]:
        """Return the verbs to choose from."""
        url = f"{self.context.absolute_url()}/@@reorganise"
        return [
            {"title": title, "url": f"{url}?what={verb}", "current": "page" if verb == self.what else None}
            for verb, title in self.TITLES.items()
        ]

    def operation(self):
        """The operation behind the form."""
        return find_operation(self.context, f"unit.{self.what}")

    def raw(self) -> dict:
        """Return what was typed, as the operation wants it."""
        form = dict(self.request.form)
        if self.what == "split":
            form["parts"] = self._parts()
        if self.what == "merge" and form.get("how") == "into":
            form = {name: value for name, value in form.items() if not name.startswith("new_")}
        elif self.what == "merge":
            form.pop("into", None)
        names = getFieldNamesInOrder(self.operation().schema)
        return {name: form[name] for name in names if name in form}

    def steps(self):
        """Return the step that the form means."""
        makers = {
            "rename": reorganise.rename_step,
            "move": reorganise.move_step,
            "merge": reorganise.merge_step,
            "split": reorganise.split_step,
            "close": reorganise.close_step,
        }
        wanted = {name: value for name, value in self.params.items() if name not in (*DECIDED, "seen")}
        return [makers[self.what](self.context, **wanted)]

    def _parts(self) -> list[dict]:
        form, found = self.request.form, []
        for number in range(1, PARTS + 1):
            part = {
                name: self.typed(f"part{number}_{name}").strip() for name in ("title", "code", "into", "head")
            }
            part = {name: value for name, value in part.items() if value}
            if part:
                people = [user for user in self.people_ids if form.get(f"person_{user}") == str(number)]
                units = [one["id"] for one in self.children() if form.get(f"unit_{one['id']}") == str(number)]
                found.append({**part, "people": people, "units": units})
        return found

    def part_numbers(self) -> list[int]:
        """Return the numbers of the parts that the form offers."""
        return list(range(1, PARTS + 1))

    @property
    def people_ids(self) -> list[str]:
        """Ids of everybody who is at home or has a function here."""
        held = holdings([self.context.getId()])[self.context.getId()]
        return sorted(held.people | {user for user, _function in held.functions})

    def people(self) -> list[dict]:
        """Return the people to be put into parts."""
        from hopso.core.text import name_key
        from hopso.organisation.assignments import assignment_store

        ids, store = self.people_ids, assignment_store()
        names = person_names(ids)
        rows = []
        for user in ids:
            held = next((one for one in store.of_user(user) if one.unit == self.context.getId()), None)
            about = position_text(held.position) if held is not None and held.position else ""
            rows.append(
                {"id": user, "title": names[user], "about": about, "chosen": self.typed(f"person_{user}")}
            )
        return sorted(rows, key=lambda one: name_key(one["title"]))

    def children(self) -> list[dict]:
        """Return the living units directly below."""
        units = all_units().values()
        return [
            {"id": one.id, "title": one.title, "chosen": self.typed(f"unit_{one.id}")}
            for one in units
            if one.parent == self.context.getId() and not one.closed()
        ]

    def types(self) -> list[dict]:
        """Return the types of units."""
        return self.options(UnitTypes, "new_type", _("as the present unit"))

    def levels(self) -> list[dict]:
        """Return the levels."""
        return self.options(Levels, "new_level", _("as the present unit"))

    def chosen(self, name: str) -> list[dict]:
        """Return the units or people chosen in a picker, as chips."""
        value = self.request.form.get(name) or []
        ids = [value] if isinstance(value, str) else value
        units = all_units()
        names = person_names(one for one in ids if one not in units)
        return [
            {"value": one, "title": units[one].title if one in units else names.get(one, one)}
            for one in ids
            if one
        ]


class ReorganiseProvince(Reorganising):
    """``/don-vi/@@reorganise``: many steps from a spreadsheet, under one decision."""

    page_title = _("Reorganise many units")

    def operation(self):
        """The operation behind the form."""
        return find_operation(self.context, "organisation.reorganise")

    def raw(self) -> dict:
        """Return what was typed; the steps come from the file, later from the form itself."""
        form = {name: self.request.form[name] for name in (*DECIDED, "seen") if name in self.request.form}
        upload = upload_of(self.request.form.get("file") or None)
        if upload is not None and upload.getSize():
            steps = schemes.plain_steps(sheets.read_rows(upload.filename or "", upload.data))
            self.request.form["steps_json"] = json.dumps(steps, ensure_ascii=False)
        try:
            form["steps"] = json.loads(self.typed("steps_json") or "[]")
        except ValueError:
            form["steps"] = []
        if not form["steps"]:
            text = _("Choose the spreadsheet with the steps.")
            raise errors.Invalid(text, errors={"file": text})
        return form

    def steps(self):
        """Return the steps of the spreadsheet."""
        return schemes.steps_of(self.params["steps"])

    def plans(self) -> list[dict]:
        """Return all plans of the site."""
        return plan_rows(self.request)


class SchemeTemplate(BrowserView):
    """``/don-vi/@@reorganise-template``: the spreadsheet to fill in."""

    def __call__(self):
        headings = [translate(one, context=self.request) for one in schemes.HEADINGS]
        data = sheets.xlsx("Sap xep", headings, (), (34, 40, 28, 40, 16, 16, 20, 16, 24))
        return sheets.send(self.request, "sap-xep-don-vi.xlsx", sheets.XLSX, data)

"""Pages of registers: one list for all books, a form for each, the page of an entry."""

from hopso import _
from hopso.core.operation import find_operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.sites.vocabularies import site_title
from hopso.operations_desk.place import operator_unit
from hopso.operations_desk.views.base import day
from hopso.operations_desk.views.base import when
from hopso.operations_desk.views.forms import OperationForm
from hopso.operations_desk.views.lists import ListPage
from hopso.operations_desk.views.lists import SheetMixin
from hopso.operations_desk.views.records import RecordPage
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.views.units import term
from hopso.organisation.vocabularies import unit_title
from hopso.policy.api import current_policy
from hopso.registers import rules
from hopso.registers.books import BOOKS
from hopso.registers.books import INSPECTION
from hopso.registers.books import MAINTENANCE
from hopso.registers.books import PLAN
from hopso.registers.duties import equipped_units
from hopso.registers.operations import entries  # noqa: F401  (operations register themselves)
from hopso.registers.results import results_of
from hopso.registers.views import labels
from hopso.registers.vocabularies import SiteOutcomes
from plone.memoize.view import memoize
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


def kind_title(book, value) -> str:
    """Return what a kind of a book is called."""
    return term(getUtility(IVocabularyFactory, book.kinds), value) if book.kinds and value else ""


def owes_plans(policy, unit) -> bool:
    """Tell whether the policy asks a unit for yearly plans: each unit with rooms or sites, or the operator."""
    cycles = rules.cycles_of(policy.plan_cycles)
    operator = operator_unit()
    runs = operator is not None and operator.getId() == unit.getId()
    return any(
        (runs and not one.by_units) or (one.by_units and unit.getId() in equipped_units()) for one in cycles
    )


class Register(ListPage):
    """``<unit>/@@register?book=maintenance``: a register of the unit and those below it."""

    portal_type = "RegisterEntry"

    @property
    @memoize
    def book(self):
        """The register that is asked for; the first one if it is none."""
        return BOOKS.get(self.request.form.get("book", ""), next(iter(BOOKS.values())))

    label = property(lambda self: self.book.title)
    lead = property(lambda self: self.book.lead)
    empty = property(lambda self: self.book.empty)
    file_name = property(lambda self: self.book.file_name)

    @property
    def columns(self):
        """Headings with widths."""
        return tuple(labels.COLUMNS[name] for name in self.book.columns)

    @property
    def kinds(self):
        """Vocabulary of the filter by kind, None if the book has none."""
        return getUtility(IVocabularyFactory, self.book.kinds) if self.book.kinds else None

    def books(self) -> list[dict]:
        """Return the registers to choose from."""
        return [
            {
                "title": one.title,
                "url": f"{self.url}/@@register?book={one.name}",
                "current": "page" if one is self.book else None,
            }
            for one in BOOKS.values()
        ]

    @property
    @memoize
    def brains(self):
        """Those of the book."""
        return [one for one in super().brains if one.desk_facts.get("book") == self.book.name]

    def link(self, view=""):
        found = super().link(view)
        return f"{found}{'&' if '?' in found else '?'}book={self.book.name}"

    def action(self):
        """Return the link to add an entry, None without the right."""
        operation = find_operation(self.context, self.book.add)
        if operation is None or not operation.allowed(self.context):
            return None
        return {"title": operation.title, "url": f"{self.url}/@@add-entry?book={self.book.name}"}

    def prepare(self, brains):
        super().prepare(brains)
        facts = [one.desk_facts for one in brains]
        self.names |= person_names({one["responsible"] for one in facts if one["responsible"]})
        self.concerned = {one: unit_title(one) for one in {f["concerned_unit"] for f in facts} if one}

    def cells(self, brain, facts):
        return [self._cell(name, brain, facts) for name in self.book.columns]

    def _cell(self, name, brain, facts):
        value = None if name in ("unit",) else facts.get(name)
        shown = {
            "kind": lambda: kind_title(self.book, value),
            "unit": lambda: self.unit_of(brain),
            "responsible": lambda: self.names.get(value, ""),
            "concerned_unit": lambda: self.concerned.get(value, ""),
            "amount": lambda: labels.amount_text(value),
            "outcome": lambda: (
                term(getUtility(IVocabularyFactory, "hopso.PlanOutcomes"), value) if value else ""
            ),
        }
        if name in shown:
            return shown[name]() or ""
        if name in ("sites", "people", "attended"):
            return len(value or ()) or ""
        return day(value) if hasattr(value, "strftime") else "" if value is None else value

    def figures(self):
        today, facts = local(now()).date(), [(one.review_state, one.desk_facts) for one in self.brains]
        late = sum(rules.overdue(one["planned_on"], state, today) for state, one in facts)
        found = [
            {"title": _("Planned"), "text": sum(state in ("planned", "submitted") for state, _one in facts)},
            {"title": _("Overdue"), "text": late},
            {
                "title": _("Done"),
                "text": sum(state in ("done", "closed", "decided") for state, _one in facts),
            },
        ]
        return found

    def notes(self) -> list[dict]:
        """Return what the regulation says about the book now."""
        policy, today = current_policy(), local(now()).date()
        if self.book.name == PLAN:
            years = [one.desk_facts["year"] for one in self.brains if one.desk_facts["submitted_on"]]
            return rules.plan_missing(owes_plans(policy, self.context), years, today)
        if self.book.name != MAINTENANCE:
            return []
        done = [
            one.desk_facts["done_on"]
            for one in self.brains
            if one.desk_facts["kind"] == "periodic_check" and one.desk_facts["done_on"]
        ]
        return rules.periodic_check(
            max(done, default=None), policy.maintenance_months, today, policy.valid_from
        )


class RegisterSheet(SheetMixin, Register):
    """``<unit>/@@register.xlsx?book=…``."""


class AddEntry(OperationForm):
    """``<unit>/@@add-entry?book=…``: the form of the operation that makes an entry."""

    submit = _("Save")
    own_type = ""

    @property
    @memoize
    def book(self):
        """The register that is asked for."""
        return BOOKS.get(self.request.form.get("book", ""), next(iter(BOOKS.values())))

    label = property(lambda self: self.operation.title)
    lead = property(lambda self: self.book.lead)

    @property
    def operation(self):
        """The verb of the book."""
        return find_operation(self.context, self.book.add)

    def verb(self) -> str:
        """Full name of the verb."""
        return self.operation.name


class EntryPage(RecordPage):
    """An entry of a register."""

    @property
    def book(self):
        """Its register."""
        return BOOKS[self.context.book]

    def people(self):
        entry = self.context
        return [
            entry.responsible, *(entry.people or ()), *(entry.attended or ()),
            *(one.by for one in results_of(entry).values()),
        ]  # fmt: skip

    @property
    def notice(self):
        """What the regulation says about it now."""
        entry, today = self.context, local(now()).date()
        if entry.book == INSPECTION:
            found = rules.follow_up(
                entry.follow_up_due is not None, entry.follow_up_due, entry.followed_up_on, today
            )
            if found:
                return found[0].text
        if rules.overdue(entry.planned_on, self._state(), today):
            return _("It was planned for ${day} and is not done yet.", mapping={"day": day(entry.planned_on)})
        return ""

    def _state(self):
        from hopso.core.operation import state_of

        return state_of(self.context)

    def rows(self):
        entry, name = self.context, self.names.get
        return [
            (_("Register"), self.book.title),
            (_("Kind"), kind_title(self.book, entry.kind)),
            (_("Unit"), unit_of(entry).title),
            (_("Unit concerned"), unit_title(entry.concerned_unit or "")),
            (_("Year"), str(entry.year or "")),
            (_("Planned for"), day(entry.planned_on)),
            (_("Repeated every (months)"), str(entry.months or "")),
            (_("Responsible"), name(entry.responsible)),
            (_("Trainer"), entry.trainer),
            (_("People"), ", ".join(name(one, one) for one in entry.people or ())),
            (_("Amount (VND)"), labels.amount_text(entry.amount)),
            (_("Submitted to"), entry.submitted_to),
            (_("Number of the letter"), entry.document_number),
            (_("Submitted on"), day(entry.submitted_on)),
            (_("Outcome"), kind_or_empty("hopso.PlanOutcomes", entry.outcome)),
            (_("Number of the decision"), entry.decision_number),
            (_("Date of the decision"), day(entry.decided_on)),
            (_("Done on"), day(entry.done_on)),
            (_("Took part"), ", ".join(name(one, one) for one in entry.attended or ())),
            (_("To be carried out by"), day(entry.follow_up_due)),
            (_("Carried out on"), day(entry.followed_up_on)),
        ]

    def long(self):
        entry = self.context
        return [
            (_("Content"), entry.content),
            (_("Results at the sites"), self._sites()),
            (_("Result"), entry.result),
            (_("How it was carried out"), entry.follow_up),
        ]

    def _sites(self) -> str:
        known, lines = results_of(self.context), []
        for uid in self.context.sites or ():
            one = known.get(uid)
            said = self.t(term(SiteOutcomes, one.outcome)) if one else self.t(_("no result yet"))
            more = f" ({self.names.get(one.by, one.by)}, {when(one.at)})" if one else ""
            note = f": {one.note}" if one and one.note else ""
            lines.append(f"{site_title(uid) or uid}: {said}{note}{more}")
        return "\n".join(lines)


def kind_or_empty(vocabulary: str, value) -> str:
    """Return the title of a value of a vocabulary, empty for none."""
    return term(getUtility(IVocabularyFactory, vocabulary), value) if value else ""

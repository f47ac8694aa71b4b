"""Pages of periodic reports: who owes which, the report itself, the sums of many."""

from datetime import date

from hopso import _
from hopso.audit.log import record
from hopso.core.text import collation_key
from hopso.core.text import local
from hopso.core.text import now
from hopso.operations_desk import sheets
from hopso.operations_desk.place import operator_unit
from hopso.operations_desk.views.base import day
from hopso.operations_desk.views.base import DeskPage
from hopso.operations_desk.views.base import when
from hopso.operations_desk.views.records import RecordPage
from hopso.organisation.names import unit_names
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import unit_title
from hopso.policy.register import article_of
from hopso.registers import duties
from hopso.registers import figures
from hopso.registers import jobs  # noqa: F401  (known to the queue wherever the pages are)
from hopso.registers import links  # noqa: F401
from hopso.registers.operations import feedback  # noqa: F401  (operations register themselves)
from hopso.registers.operations import reports
from hopso.registers.rules import UNITS
from hopso.registers.views import labels
from plone.memoize.view import memoize


class Reports(DeskPage):
    """``<unit>/@@reports``: the unit's own duties; at the operator those of all units, with their sums."""

    page_title = label = _("Periodic reports")

    @property
    @memoize
    def is_operator(self) -> bool:
        """Tell whether reports of units come together here."""
        operator = operator_unit()
        return operator is not None and operator.getId() == self.context.getId()

    @property
    @memoize
    def today(self) -> date:
        return local(now()).date()

    @property
    @memoize
    def _all(self) -> list:
        return duties.all_duties()

    @memoize
    def own(self) -> list[dict]:
        """Return the duties of this unit, the latest first."""
        return [self._row(one) for one in self._all if one.unit == self.context.getId()]

    @memoize
    def periods(self) -> list[str]:
        """Return the keys of the periods on which units report, the latest first."""
        return list(dict.fromkeys(one.period.key for one in self._of_units()))

    def _of_units(self):
        return [one for one in self._all if one.actor == UNITS] if self.is_operator else []

    @property
    @memoize
    def period(self) -> str:
        """Key of the period that is shown."""
        wanted = self.request.form.get("period", "")
        return wanted if wanted in self.periods() else next(iter(self.periods()), "")

    @memoize
    def of_units(self) -> list[dict]:
        """Return the duties of units in the period, by name."""
        chosen = [one for one in self._of_units() if one.period.key == self.period]
        rows = [self._row(one) for one in chosen]
        return sorted(rows, key=lambda one: collation_key(one["unit"]))

    @property
    @memoize
    def _names(self) -> dict:
        return unit_names({one.unit for one in self._all})

    def _row(self, duty) -> dict:
        overdue = duty.overdue(self.today)
        tag = (
            labels.tag("PeriodicReport", duty.state)
            if duty.state and not (overdue and duty.state == "draft")
            else {"name": _("Overdue"), "class": "hs-tag hs-tag--bad"}
            if overdue
            else {"name": _("To be written"), "class": "hs-tag hs-tag--warn"}
        )
        return {
            "unit": self._names.get(duty.unit, duty.unit),
            "actor": duty.actor,
            "months": duty.period.months,
            "last": duty.period.last.isoformat(),
            "span": f"{day(duty.period.first)} – {day(duty.period.last)}",
            "due": day(duty.due),
            "article": f"{duty.rule}, {article_of(duty.rule)}" if duty.rule else "",
            "tag": tag,
            "late": duty.late,
            "overdue": overdue,
            "url": duty.url,
            "submitted": day(duty.submitted),
            "figures": duty.figures if duty.done else {},
            "may_begin": not duty.url and self.may(reports.WRITE),
        }

    def figure_names(self) -> list[dict]:
        """Return the columns of the sums."""
        return [{"name": name, "title": title} for name, title in figures.TITLES.items()]

    def sums(self) -> dict:
        """Return the sums over the units that handed in."""
        return figures.total(one["figures"] for one in self.of_units())

    def tally(self) -> dict:
        """Return how many units owe, handed in, are overdue, were late."""
        rows = self.of_units()
        return {
            "all": len(rows),
            "done": sum(bool(one["figures"]) for one in rows),
            "overdue": sum(one["overdue"] for one in rows),
            "late": sum(one["late"] for one in rows),
        }


class ReportsSheet(Reports):
    """``<unit>/@@reports.xlsx``: the sums of a period, one line a unit."""

    def __call__(self):
        rows = [
            [one["unit"], one["span"], one["due"], one["submitted"], self.t(one["tag"]["name"])]
            + [one["figures"].get(name, "") for name in figures.TITLES]
            for one in self.of_units()
        ]
        headings = [
            (_("Unit"), 32),
            (_("Period"), 24),
            (_("To be handed in by"), 16),
            (_("Handed in"), 14),
            (_("State"), 16),
        ]
        headings += [(title, 14) for title in figures.TITLES.values()]
        record("export.reports", self.context, details={"rows": len(rows)})
        return sheets.send(
            self.request.response, "bao-cao-don-vi", sheets.sheet(headings, rows, self.request)
        )


class ReportPage(RecordPage):
    """A periodic report."""

    def people(self):
        return [self.context.submitted_by]

    def dialogs(self):
        found = super().dialogs()
        for dialog in found:
            for one in dialog["fields"]:
                if dialog["verb"] == reports.write.verb:
                    one["value"] = getattr(self.context, one["name"], "") or ""
        return found

    @property
    def notice(self):
        """The deadline as long as it is not handed in; the comment of a return."""
        from hopso.core.operation import state_of

        report, state = self.context, state_of(self.context)
        if state == "returned":
            return _("Returned: ${comment}", mapping={"comment": report.comment or ""})
        if state == "draft":
            return _("To be handed in by ${day}.", mapping={"day": day(report.due)})
        return ""

    def rows(self):
        report = self.context
        return [
            (_("Unit"), unit_of(report).title),
            (_("Period"), f"{day(report.first)} – {day(report.last)}"),
            (_("To be handed in by"), day(report.due)),
            (_("Provision"), f"{report.rule}, {article_of(report.rule)}" if report.rule else ""),
            (_("Receiver"), unit_title(report.receiver or "")),
            (_("Number of the report"), report.number),
            (_("Handed in"), when(report.submitted_at)),
            (_("Handed in by"), self.names.get(report.submitted_by, "")),
        ]

    def long(self):
        return [
            (_("Figures"), "\n".join(f"{title}: {number}" for title, number in self._figures())),
            (_("Assessment"), self.context.assessment),
            (_("Proposals"), self.context.proposals),
        ]

    def _figures(self):
        found = reports.figures_of(self.context)
        return [(self.t(title), found.get(name, 0)) for name, title in figures.TITLES.items()]

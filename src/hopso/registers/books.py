"""The registers: what each is called, what it shows, what can be done with its entries."""

from dataclasses import dataclass

from hopso import _


MAINTENANCE, TRAINING, INSPECTION, PLAN, COMMENDATION = (
    "maintenance",
    "training",
    "inspection",
    "plan",
    "commendation",
)


@dataclass(frozen=True)
class Book:
    """A register.

    add: verb of the operation that makes an entry; columns: names of facts shown
    in its list; file_name: of the spreadsheet; kinds: vocabulary of its filter.
    """

    name: str
    title: object
    lead: object
    empty: object
    add: str
    columns: tuple[str, ...]
    file_name: str
    kinds: str = ""


BOOKS = {
    one.name: one
    for one in (
        Book(
            MAINTENANCE,
            _("Maintenance and periodic checks"),
            _("Plans for the system and its sites, with the result at every site"),
            _("Nothing has been planned. Plans appear here with their day and, later, their results."),
            "plan_maintenance",
            ("kind", "unit", "planned_on", "sites", "responsible", "done_on", "problems"),
            "bao-tri",
            "hopso.MaintenanceKinds",
        ),
        Book(
            TRAINING,
            _("Training"),
            _("Who needs training, which classes are planned, who took part"),
            _("No class has been planned. New technicians of sites appear here by themselves."),
            "plan_training",
            ("unit", "planned_on", "trainer", "people", "attended", "done_on"),
            "tap-huan",
        ),
        Book(
            INSPECTION,
            _("Inspections"),
            _("How units carry the regulation out: findings, recommendations, what became of them"),
            _("No inspection has been planned."),
            "plan_inspection",
            ("concerned_unit", "planned_on", "responsible", "done_on", "follow_up_due", "followed_up_on"),
            "kiem-tra",
        ),
        Book(
            PLAN,
            _("Plans and budgets"),
            _("Yearly plans for upkeep, devices, investment, training and money, with their decisions"),
            _("No plan has been drafted."),
            "draft_plan",
            ("kind", "unit", "year", "amount", "submitted_on", "outcome", "decision_number"),
            "ke-hoach-kinh-phi",
            "hopso.PlanKinds",
        ),
        Book(
            COMMENDATION,
            _("Commendations"),
            _("Units and people that were commended for managing and using the system well"),
            _("Nobody has been commended yet."),
            "commend",
            ("unit", "concerned_unit", "people", "decision_number", "decided_on"),
            "khen-thuong",
        ),
    )
}

"""Choices of the registers."""

from hopso import _
from hopso.organisation.vocabularies import simple


MaintenanceKinds = simple(
    ("periodic_check", _("Periodic check of the sites")),
    ("safety", _("Check of safety and fire protection")),
    ("maintenance", _("Maintenance")),
    ("upgrade", _("Upgrade")),
    ("extension", _("Extension")),
)
SiteOutcomes = simple(
    ("good", _("In order")), ("faults", _("Faults, mended")), ("broken", _("Faults, still there"))
)
PlanKinds = simple(
    ("upkeep", _("Maintenance plan")),
    ("purchase", _("Purchase or rental of devices")),
    ("investment", _("Investment, upgrade, extension")),
    ("solution", _("Technical solution")),
    ("training", _("Staff and training plan")),
    ("budget", _("Budget: lines, operation, upkeep")),
)
PlanOutcomes = simple(
    ("approved", _("Approved")), ("partly", _("Approved in part")), ("refused", _("Not approved"))
)

"""Forms of units."""

from hopso import _
from hopso.organisation.content import IUnit
from hopso.theme.forms import AddForm
from hopso.theme.forms import EditForm
from z3c.form import field


WIDTHS = {
    "code": "third",
    "unit_type": "third",
    "sector": "third",
    "level": "third",
    "head": "half",
    "telephone": "third",
    "email": "third",
    "official_email": "third",
    "valid_from": "half",
}
# What only reorganisations change, each under its own decision.
KEPT_BY_REORGANISATIONS = ("valid_to", "predecessors", "successors")


class UnitAdd(AddForm):
    """A new unit below this one, or directly below /don-vi."""

    label = _("Add a unit")
    portal_type = "Unit"
    fields = field.Fields(IUnit).omit(*KEPT_BY_REORGANISATIONS)
    widths = WIDTHS


class UnitEdit(EditForm):
    """Changing what a unit is."""

    label = _("Edit the unit")
    fields = field.Fields(IUnit).omit(*KEPT_BY_REORGANISATIONS)
    widths = WIDTHS

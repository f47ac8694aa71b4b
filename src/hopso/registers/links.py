"""Ways to registers and reports."""

from hopso import _
from hopso.core.links import add_link


add_link(
    "unit",
    "hopso: Keep registers",
    _("Registers: maintenance, training, inspections, plans"),
    "@@register",
    order=200,
)
add_link("unit", "hopso: Write report", _("Periodic reports"), "@@reports", order=210)
add_link("unit", "hopso: View usage", _("Use by units and sites"), "@@adoption", order=220)

"""The operator edits what technical checks look at (TQ-P4); checks that exist keep their items."""

from dataclasses import replace
from secrets import token_hex

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.operations_desk.checks import parameters
from hopso.operations_desk.checks import template
from hopso.operations_desk.place import operator_unit
from hopso.organisation.content import IUnit


MANAGE = "hopso: Manage inventory"


def runs_the_system(unit) -> bool:
    """Tell whether *unit* is the body that runs the system."""
    operator = operator_unit()
    return operator is not None and operator.getId() == unit.getId()


def _only_the_operator(unit):
    if not runs_the_system(unit):
        raise errors.Denied(_("The unit that runs the system keeps the template of technical checks."))


@operation(
    "unit.save_check_item", IUnit, title=_("Save an item of the check"), permission=MANAGE,
    schema=parameters.ITemplateItem, order=420, when=runs_the_system,
)  # fmt: skip
def save_check_item(unit, id, category, text, when, order):
    """Add an item to the template, or change the one with this id."""
    _only_the_operator(unit)
    known = {one.id: one for one in template.all_items()}
    if id and id not in known:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"id": _("There is no such item any more.")}
        )
    new = {"category": category, "text": text.strip(), "when": when or "", "order": order, "retired": False}
    item = replace(known[id], **new) if id else template.Item(f"own-{token_hex(4)}", **new)
    template.store().items[item.id] = item


@operation(
    "unit.retire_check_item", IUnit, title=_("Take an item out of the check"), permission=MANAGE,
    schema=parameters.ITemplateItemId, order=421, when=runs_the_system,
)  # fmt: skip
def retire_check_item(unit, id):
    """Leave an item out of the checks to come."""
    _only_the_operator(unit)
    known = {one.id: one for one in template.all_items()}
    if id not in known or known[id].retired:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"id": _("There is no such item any more.")}
        )
    template.store().items[id] = replace(known[id], retired=True)

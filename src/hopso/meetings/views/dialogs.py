"""Buttons and dialogs of operations: their fields come from the schema of the operation."""

from hopso.core.findings import blocks
from hopso.core.findings import RECORD
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_finding
from hopso.inventory.vocabularies import _all_rooms
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import IDate
from zope.schema.interfaces import IDatetime
from zope.schema.interfaces import IInt
from zope.schema.interfaces import IText
from zope.schema.interfaces import ITextLine
from zope.schema.interfaces import ITuple


# Fields that are filled in by the page itself.
HIDDEN = {"principal", "item", "position", "order", "answer"}
PICKERS = {
    "hopso.People": "user",
    "hopso.Units": "unit",
    "hopso.Participants": "participant",
    "hopso.Sites": "site",
}


def widget_of(field) -> str:
    """Return the sort of input for a schema field."""
    if ITuple.providedBy(field):
        name = getattr(field.value_type, "vocabularyName", "")
        return "rooms" if name == "hopso.Rooms" else "picker"
    if IChoice.providedBy(field):
        return "picker" if field.vocabularyName in PICKERS else "select"
    if IBool.providedBy(field):
        return "check"
    if IDatetime.providedBy(field):
        return "moment"
    if IDate.providedBy(field):
        return "date"
    if IInt.providedBy(field):
        return "number"
    # A line of text is a text as well: ask for the line first.
    return "area" if IText.providedBy(field) and not ITextLine.providedBy(field) else "line"


def picker_kind(field) -> str:
    """Return what a picker looks for: ``user``, ``unit``, ``participant`` or ``site`` (kinds of @@pick)."""
    inner = field.value_type if ITuple.providedBy(field) else field
    return PICKERS.get(getattr(inner, "vocabularyName", ""), "")


def fields_of(operation, context) -> list[dict]:
    """Return the inputs of the operation's dialog, with present values filled in."""
    if operation.schema is None:
        return []
    found = []
    for name, field in getFieldsInOrder(operation.schema):
        # The number of an agenda item is not the position of a person.
        if name in HIDDEN and not (name == "position" and ITextLine.providedBy(field)):
            continue
        widget = widget_of(field)
        value = getattr(context, name, None) if name in ("start", "end", "rooms") else field.default
        options = []
        if widget == "rooms":
            chosen = set(value or ())
            options = [
                {"value": uid, "title": title, "checked": uid in chosen} for uid, title in _all_rooms()
            ]
        elif widget == "select":
            options = choices_of(field, context)
        found.append(
            {
                "name": name,
                "title": field.title,
                "help": field.description,
                "required": field.required and widget != "check",
                "widget": widget,
                "kind": picker_kind(field) if widget == "picker" else "",
                "multiple": ITuple.providedBy(field),
                "value": datetime_text(value) if widget == "moment" and value else value or "",
                "options": options,
            }
        )
    return found


def choices_of(field, context) -> list[dict]:
    """Return what a short list offers; nothing first where nothing may be chosen."""
    terms = [
        {"value": term.token, "title": term.title or term.value} for term in field.bind(context).vocabulary
    ]
    return terms if field.required else [{"value": "", "title": "–"}, *terms]


def button_of(operation, context, request, came_from: str = "") -> dict:
    """Return what a page needs to offer *operation* on *context*.

    ``findings`` are what its rules say now; ``override`` tells whether the
    present user may lift all that blocks, giving a reason.
    """
    from AccessControl import getSecurityManager

    may = getSecurityManager().checkPermission
    findings = operation.findings(context)
    forbidding = blocks(findings)
    override = bool(forbidding) and all(one.override and may(one.override, context) for one in forbidding)
    fields = fields_of(operation, context)
    return {
        "verb": operation.verb,
        "title": operation.title,
        "help": operation.help,
        "danger": operation.danger,
        "id": "hs-do-" + operation.verb.replace("_", "-"),
        "action": f"{context.absolute_url()}/@@do",
        "came_from": came_from,
        "fields": fields,
        "override": override,
        "dialog": override or any(one["required"] for one in fields) or (bool(fields) and bool(forbidding)),
        "blocked": bool(forbidding),
        "findings": [describe_finding(one, request) for one in findings if one.level != RECORD],
    }


def button_of_quiet(operation, context) -> dict:
    """Return a dialog's data without asking the rules: they are asked when it is sent."""
    return {
        "verb": operation.verb,
        "title": operation.title,
        "help": operation.help,
        "danger": operation.danger,
        "id": "hs-do-" + operation.verb.replace("_", "-"),
        "action": f"{context.absolute_url()}/@@do",
        "came_from": "",
        "fields": fields_of(operation, context),
        "override": False,
        "dialog": True,
        "blocked": False,
        "findings": [],
    }

"""Reorganisations of many units under one decision, as provinces do them: a list of steps, all or nothing."""

from hopso import _
from hopso.archive.normalise import fold
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.organisation import planning
from hopso.organisation import records
from hopso.organisation.interfaces import IProvince
from hopso.organisation.plans import cancel
from hopso.organisation.plans import plans
from hopso.organisation.plans import submit
from hopso.organisation.records import Decision
from hopso.organisation.records import organisation_store
from hopso.organisation.reorganise import IDecided
from hopso.organisation.reorganise import IPlanId
from hopso.organisation.reorganise import PERMISSION
from hopso.organisation.reorganise import TEXTS
from hopso.organisation.tree import today
from hopso.organisation.vocabularies import Levels
from hopso.organisation.vocabularies import UnitTypes
from plone import api
from zope import schema


# What people write in the first column, folded, and the step it means.
VERBS = {
    "doi ten": planning.RENAME,
    "chuyen": planning.MOVE,
    "hop nhat": planning.MERGE,
    "sap nhap": planning.MERGE,
    "giai the": planning.CLOSE,
    "ket thuc": planning.CLOSE,
}
COLUMNS = ("what", "units", "into", "title", "code", "parent", "type", "level", "head")
HEADINGS = (
    _("What (hợp nhất, chuyển, đổi tên, giải thể)"),
    _("Units (codes, separated by commas)"),
    _("Into, below or successor (code)"),
    _("New name"),
    _("New code"),
    _("Below (code)"),
    _("Type of unit"),
    _("Level"),
    _("Head of unit (account)"),
)


class IScheme(IDecided):
    """Steps, in order; later ones see what earlier ones did."""

    steps = schema.Tuple(
        title=_("Steps"),
        description=_(
            "Objects with do (rename, move, merge, close), units, and into, title, code, parent, type, level, head."
        ),
        value_type=schema.Dict(),
        min_length=1,
    )


def step_of(raw: dict) -> planning.Step:
    """Return the step that a plain object means.  Raises ValueError."""
    unknown = set(raw) - {"do", "units", *TEXTS}
    units = raw.get("units") or []
    texts = {name: raw.get(name) or "" for name in TEXTS}
    plain = isinstance(units, list | tuple) and all(isinstance(one, str) for one in (*units, *texts.values()))
    kind = raw.get("do")
    if (
        unknown
        or not plain
        or not units
        or kind not in (planning.RENAME, planning.MOVE, planning.MERGE, planning.CLOSE)
    ):
        raise ValueError(raw)
    for name, vocabulary in (("type", UnitTypes), ("level", Levels)):
        if texts[name] and texts[name] not in vocabulary(None):
            raise ValueError(texts[name])
    names = tuple(units)
    if kind == planning.RENAME:
        return planning.Step(kind, names, title=texts["title"], code=texts["code"])
    if kind == planning.MERGE and not texts["into"]:
        new = planning.NewUnit(
            texts["title"], texts["code"], texts["parent"], texts["type"], "", texts["level"], texts["head"]
        )
        return planning.Step(kind, names, new=new)
    return planning.Step(kind, names, into=texts["into"])


def steps_of(raw) -> tuple[planning.Step, ...]:
    """Return the steps of plain objects.  Raises Invalid, naming the first that cannot be understood."""
    found = []
    for number, one in enumerate(raw, 1):
        try:
            found.append(step_of(one))
        except (ValueError, AttributeError, TypeError) as error:
            text = _("Step ${number} cannot be understood.", mapping={"number": str(number)})
            raise errors.Invalid(text, errors={"steps": text}) from error
    return tuple(found)


def plain_steps(rows) -> list[dict]:
    """Return the plain objects of a spreadsheet's *rows*, headings first.  Raises Invalid for an unknown word."""
    found = []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False))
        kind = VERBS.get(fold(cells.pop("what")).strip())
        if kind is None:
            text = _("Row ${row}: “${word}” is no step.", mapping={"row": str(number), "word": row[0]})
            raise errors.Invalid(text, errors={"file": text})
        units = [name.strip() for name in cells.pop("units").split(",") if name.strip()]
        for name, vocabulary in (("type", UnitTypes), ("level", Levels)):
            cells[name] = _value_of(vocabulary, cells[name])
        found.append({"do": kind, "units": units, **{name: text for name, text in cells.items() if text}})
    return found


def _value_of(vocabulary, text: str) -> str:
    """Return the value whose id or name (in any language) is *text*."""
    for term in vocabulary(None):
        names = {term.value, *(fold(api.portal.translate(term.title, lang=lang)) for lang in ("vi", "en"))}
        if text == term.value or fold(text) in names:
            return term.value
    return text


@operation(
    "organisation.reorganise",
    IProvince,
    title=_("Reorganise"),
    permission=PERMISSION,
    schema=IScheme,
    order=30,
    danger=True,
)
def reorganise(province, steps, decision, decided_on, effective, reason, seen=None):
    """Carry out all steps, or none; see ``IScheme``."""
    if decided_on > today():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"decided_on": _("This day has not come yet.")}
        )
    resting = Decision(decision, decided_on, reason, effective)
    submit("", steps_of(steps), resting, seen, current_user_id())


def has_plans(province) -> bool:
    """Tell whether something is planned for the province."""
    return bool(plans(records.PLANNED, records.FAILED, unit_id=""))


@operation(
    "organisation.cancel_plan",
    IProvince,
    title=_("Take the plan back"),
    permission=PERMISSION,
    schema=IPlanId,
    when=has_plans,
    order=31,
)
def cancel_plan(province, plan):
    """Take back what was planned for a later day, wherever it was planned."""
    if plan not in organisation_store().plans:
        raise errors.Invalid(_("There is no such plan."), errors={"plan": _("There is no such plan.")})
    cancel(plan)

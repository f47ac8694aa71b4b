"""Make the tables of ``docs/security.md`` and ``docs/api.md`` from matrix and operations.

    bin/zopepy -m hopso.security.generate

A table stands between ``<!-- made: name -->`` and ``<!-- end -->``; what
stands around it is written by hand and stays.
"""

from importlib import import_module
from pathlib import Path
import re

from hopso.core.operation import Operation
from hopso.core.operation import registered
from hopso.security import matrix
from hopso.security import registers_matrix
from plone.namedfile.interfaces import INamedField
from zope.i18n import interpolate
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IBool
from zope.schema.interfaces import IChoice
from zope.schema.interfaces import ICollection
from zope.schema.interfaces import IDatetime
from zope.schema.interfaces import IInt


PACKAGE = Path(__file__).resolve().parent.parent
DOCS = PACKAGE.parent.parent / "docs"
MARKED = re.compile(r"(<!-- made: ([\w.-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
# Reading is "View" and "Access contents information" together; a test says they go together.
LETTERS = {
    matrix.VIEW: "R",
    matrix.MODIFY: "W",
    matrix.DELETE: "D",
    matrix.ADD_ITEM: "I",
    matrix.ADD_DOCUMENT: "F",
    matrix.ADD_RECORD: "M",
    matrix.LOGISTICS: "L",
    registers_matrix.RECEIVE: "A",
}
# Permissions whose roles differ by state: the tables of docs/security.md say them.
GIVEN_BY_STATE = {
    matrix.VIEW: "who may read it",
    matrix.MODIFY: "who may change it",
    matrix.DELETE: "who may delete it",
    matrix.ADD_ITEM: "who may add agenda items",
    matrix.ADD_DOCUMENT: "who may add documents",
    matrix.ADD_RECORD: "who may add minutes",
    matrix.LOGISTICS: "who may know when and where it is",
    registers_matrix.RECEIVE: "who may accept or return it",
}
KINDS = (
    (INamedField, "file"),
    (IDatetime, "date and time"),
    (IBool, "true or false"),
    (IInt, "whole number"),
)


def table(head, rows) -> str:
    """Return a Markdown table of texts."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)


def groups_table() -> str:
    """Return group -> local roles, for units and meetings."""
    rows = [
        [
            f"`unit:<id>:{function}`",
            "the unit" + (", and the units below it" if below else ""),
            ", ".join(roles),
        ]
        for function, roles in matrix.UNIT_FUNCTION_ROLES.items()
        for below in [function in matrix.INHERITED_FUNCTIONS]
    ]
    rows += [
        [f"`meeting:<UID>:{part}`", "the meeting", ", ".join(roles)]
        for part, roles in matrix.MEETING_PART_ROLES.items()
    ]
    return table(["Group", "On", "Role there"], rows)


def workflow_table(name: str) -> str:
    """Return role x state -> letters of the permissions, for one workflow."""
    flow = matrix.WORKFLOWS[name]
    rows = []
    for role in (*matrix.ROLES, matrix.OWNER):
        cells = [
            "".join(
                letter
                for permission, letter in LETTERS.items()
                if role in flow.permissions.get(permission, {}).get(state, ())
            )
            or "–"
            for state in flow.states
        ]
        rows.append([role, *cells])
    return table(["Role", *flow.states], rows)


def transitions_table(name: str) -> str:
    """Return the transitions of one workflow."""
    rows = [
        [f"`{verb}`", ", ".join(step.sources), step.target, step.permission or "(follows from a change)"]
        for verb, step in matrix.WORKFLOWS[name].transitions.items()
    ]
    return table(["Transition", "From", "To", "Permission"], rows)


def permissions_table(given: dict) -> str:
    """Return permission -> roles."""
    return table(
        ["Permission", "Roles"],
        [[name, ", ".join(roles) or "nobody; said by the workflow"] for name, roles in given.items()],
    )


def load_operations() -> list[Operation]:
    """Import every module that makes operations; return all operations."""
    import hopso.compat  # noqa: F401  (before what stands on other packages)

    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if "tests" not in parts and "\nfrom hopso.core.operation import operation\n" in path.read_text(
            "utf-8"
        ):
            import_module(".".join(("hopso", *parts)))
    # Tests register some of their own.
    return [one for one in registered() if ".tests." not in one.function.__module__]


def operations_tables() -> str:
    """Return a heading and a table of operations for every kind of thing."""
    kinds: dict[str, list[Operation]] = {}
    for one in load_operations():
        kinds.setdefault(one.for_.__name__, []).append(one)
    made = []
    for kind in sorted(kinds):
        rows = [_operation_row(one) for one in sorted(kinds[kind], key=lambda one: (one.order, one.name))]
        made.append(
            f"#### `{kind}`\n\n{table(['Verb', 'Does', 'Roles', 'In the states', 'Parameters'], rows)}"
        )
    return "\n" + "\n".join(made) + "\n"


def _operation_row(one: Operation) -> list[str]:
    does = (one.function.__doc__ or "").strip().partition("\n")[0].replace("*", "")
    title = _text(one.title)
    asks = " Asks the rules." if one.check else ""
    fields = getFieldsInOrder(one.schema) if one.schema else []
    return [
        f"`{one.verb}`",
        f"“{title}”: {does}{asks}",
        ", ".join(matrix.STATIC.get(one.permission, ())) or GIVEN_BY_STATE[one.permission],
        ", ".join(one.states) or "any",
        "; ".join(_parameter(name, field) for name, field in fields) or "–",
    ]


def _parameter(name, field) -> str:
    need = "" if field.required and field.default is None else ", optional"
    return f"`{name}` ({_kind(field)}{need})"


def _kind(field) -> str:
    if ICollection.providedBy(field):
        return f"list of {_kind(field.value_type)}" if field.value_type else "list"
    if IChoice.providedBy(field):
        if field.vocabularyName:
            return f"value of `{field.vocabularyName}`"
        return "one of " + ", ".join(f"`{term.value}`" for term in field.vocabulary or ())
    return next((kind for interface, kind in KINDS if interface.providedBy(field)), "text")


def _text(message) -> str:
    return interpolate(getattr(message, "default", None) or str(message), getattr(message, "mapping", None))


def parts() -> dict[str, str]:
    """Return name of a marked part -> its text."""
    made = {
        "groups": groups_table(),
        "permissions": permissions_table(matrix.STATIC),
        "root": permissions_table(matrix.ROOT),
        "operations": operations_tables(),
    }
    for name in matrix.WORKFLOWS:
        short = name.removeprefix("hopso_").removesuffix("_workflow")
        made[f"states.{short}"] = workflow_table(name)
        made[f"transitions.{short}"] = transitions_table(name)
    return made


def documents() -> dict[Path, str]:
    """Return path -> text of the documentation with up-to-date tables (none where there is no docs/)."""
    made, found = parts(), {}
    for path in sorted(DOCS.glob("*.md")) if DOCS.is_dir() else ():
        text = path.read_text("utf-8")
        if MARKED.search(text):
            found[path] = MARKED.sub(lambda hit: hit[1] + made[hit[2]] + hit[3], text)
    return found

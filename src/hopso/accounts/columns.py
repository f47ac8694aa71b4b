"""The columns of the spreadsheet of accounts: the same for template, import and export."""

from hopso import _
from hopso.accounts.vocabularies import EMPLOYMENT_TITLES
from hopso.accounts.vocabularies import EVENT_TITLES
from hopso.accounts.vocabularies import STAFF_KINDS
from hopso.core import sheets
from hopso.core.sheets import Column
from hopso.core.sheets import said as said
from hopso.organisation.interfaces import FUNCTION_TITLES


COLUMNS = (
    Column("user", _("User name")),
    Column("fullname", _("Full name"), required=True),
    Column("email", _("Official e-mail"), required=True),
    Column("phone", _("Telephone")),
    Column("unit", _("Code of the unit")),
    Column("employment_kind", _("Kind of employment")),
    Column("function", _("Function")),
    Column("position", _("Position")),
    Column("event", _("Personnel event")),
    Column("decision", _("Number of the decision")),
    Column("decided_on", _("Date of the decision"), day=True),
    Column("effective_on", _("In force from"), day=True),
    Column("assignment_document", _("Document of assignment")),
)
BY_NAME = {one.name: one for one in COLUMNS}
# Columns whose values come from a list.
CHOICES = {
    "employment_kind": {kind: EMPLOYMENT_TITLES[kind] for kind in STAFF_KINDS},
    "function": FUNCTION_TITLES,
    "event": EVENT_TITLES,
}


def column_of(heading: str) -> str | None:
    """Return the name of the column that a heading means, Vietnamese or English; None if unknown."""
    return sheets.column_of(COLUMNS, heading)


def choice_of(column: str, text: str) -> str | None:
    """Return the value that a text means in a column of a list; None if it is not on the list."""
    return sheets.choice_of(CHOICES[column], text)


def headings() -> list[str]:
    """Return the headings of a file, in Vietnamese; what must be there has a star."""
    return sheets.headings(COLUMNS)

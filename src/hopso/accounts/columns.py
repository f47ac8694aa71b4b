"""The columns of the spreadsheet of accounts: the same for template, import and export."""

from dataclasses import dataclass
import re

from hopso import _
from hopso.accounts.usernames import without_accents
from hopso.accounts.vocabularies import EMPLOYMENT_TITLES
from hopso.accounts.vocabularies import EVENT_TITLES
from hopso.accounts.vocabularies import STAFF_KINDS
from hopso.organisation.interfaces import FUNCTION_TITLES
from zope.i18n import translate


LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Column:
    """One column: ``name`` in code, its heading, whether a file must have it."""

    name: str
    title: object
    required: bool = False
    day: bool = False


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


def said(text, language: str = "vi") -> str:
    """Return a text in a language."""
    return translate(text, target_language=language, domain="hopso")


def folded(text: str) -> str:
    """Return the form in which headings and values of lists are compared."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", without_accents(text)).split())


def column_of(heading: str) -> str | None:
    """Return the name of the column that a heading means, Vietnamese or English; None if unknown."""
    wanted = folded(re.sub(r"\*|\(.*?\)", "", heading or ""))
    for one in COLUMNS:
        if wanted in {folded(one.name), *(folded(said(one.title, language)) for language in LANGUAGES)}:
            return one.name
    return None


def choice_of(column: str, text: str) -> str | None:
    """Return the value that a text means in a column of a list; None if it is not on the list."""
    wanted = folded(text)
    for value, title in CHOICES[column].items():
        if wanted in {folded(value), *(folded(said(title, language)) for language in LANGUAGES)}:
            return value
    return None


def headings() -> list[str]:
    """Return the headings of a file, in Vietnamese; what must be there has a star."""
    return [said(one.title) + (" *" if one.required else "") for one in COLUMNS]

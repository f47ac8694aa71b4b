"""Entries as texts for people: names instead of ids, and no more than the reader may know."""

from datetime import datetime

from hopso.audit.describe import WITHHELD
from hopso.audit.labels import field_titles
from hopso.audit.labels import operation_titles
from hopso.audit.labels import state_title
from hopso.audit.log import Entry
from hopso.core.text import datetime_text
from hopso.core.text import local
from hopso.organisation.names import person_names
from plone import api
from zope.i18n import translate


# Details that say nothing about what is in a thing.
PLAIN_DETAILS = ("status", "rows", "format", "fields")


class Rows:
    """Makes rows of entries for the reader of *request*."""

    def __init__(self, request):
        self.request = request
        self.titles = operation_titles()
        self.names: dict[str, str] = {}

    def of(self, entries: list[Entry]) -> list[dict]:
        """Return the rows of a page; names and rights are looked up for all of them at once."""
        people = {one for entry in entries for one in (entry.who, entry.behalf, entry.subject)}
        self.names.update(person_names(people - set(self.names)))
        readable = readable_uids(entries)
        return [self.row(one, not one.uid or one.uid in readable) for one in entries]

    def row(self, entry: Entry, readable: bool) -> dict:
        """Return an entry as texts; what the reader may not see is an act without title and content."""
        details = entry.details if readable else _harmless(entry.details)
        changes = entry.changes if readable else dict.fromkeys(entry.changes, (WITHHELD, WITHHELD))
        moved = entry.after and entry.after != entry.before
        titles = field_titles(entry.operation, entry.portal_type)
        before, after = (self.say(state_title(entry.portal_type, one)) for one in (entry.before, entry.after))
        return {
            "time": f"{local(entry.when):%d/%m/%Y %H:%M:%S}",
            "who": self.names.get(entry.who, entry.who),
            "who_id": entry.who,
            "behalf": self.names.get(entry.behalf, entry.behalf),
            "subject": self.names.get(entry.subject, entry.subject),
            "operation": self.title_of(entry.operation),
            "name": entry.operation,
            "title": entry.title if readable else WITHHELD,
            "path": entry.path if readable else "",
            "uid": entry.uid if readable else "",
            "hidden": not readable,
            "before": entry.before,
            "after": entry.after,
            "change": f"{before} → {after}" if moved else "",
            "changes": [
                {
                    "name": name,
                    "title": self.say(titles.get(name, name)),
                    "before": text_of(old),
                    "after": text_of(new),
                }
                for name, (old, new) in changes.items()
            ],
            "findings": ", ".join(f"{rule} ({level})" for rule, level in entry.findings),
            "override": entry.override if readable or not entry.override else WITHHELD,
            "address": entry.address,
            "details": "; ".join(
                f"{self.say(titles.get(name, name))}: {text_of(value)}"
                for name, value in details.items()
                if value is not False
            ),
        }

    def title_of(self, operation: str) -> str:
        """Return what an operation is called in the language of the reader."""
        return self.say(self.titles.get(operation, operation))

    def say(self, text) -> str:
        """Translate for the reader."""
        return translate(text, context=self.request) if text else ""


def _harmless(details: dict) -> dict:
    return {name: value for name, value in details.items() if name in PLAIN_DETAILS}


def readable_uids(entries: list[Entry]) -> set[str]:
    """Return the UIDs of those things in *entries* that the current user may see now."""
    uids = sorted({one.uid for one in entries if one.uid})
    if not uids:
        return set()
    catalog = api.portal.get_tool("portal_catalog")
    return {brain.UID for brain in catalog.searchResults(UID=uids, show_inactive=True)}


def text_of(value) -> str:
    """Return a plain value of the log as text."""
    if isinstance(value, list | tuple):
        return ", ".join(text_of(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {text_of(one)}" for key, one in value.items())
    if isinstance(value, str) and len(value) > 18 and value[4:5] == "-" and "T" in value:
        try:
            return datetime_text(datetime.fromisoformat(value))
        except ValueError:
            return value
    return str(value)

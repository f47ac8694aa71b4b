"""Which devices of a unit one looks for: filters, facts and figures of the list, from one query.

The catalog is asked with the rights of the reader; nothing is woken.
"""

from dataclasses import dataclass
from datetime import date

from hopso import _
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.devices.custody import overdue
from hopso.inventory.devices.views import labels
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.vocabularies import unit_brains
from hopso.policy.api import current_policy
from plone import api


MOST = 5000
SPECIAL = {
    "overdue": _("Overdue"),
    "uninspected": _("In use without an inspection"),
    "for_loan": _("Kept for lending"),
    "no_custodian": _("Without a custodian"),
}


@dataclass(frozen=True)
class Filter:
    """What is asked for; empty texts for all.  *special*: a name of SPECIAL; *q*: words of the name or numbers."""

    state: str = ""
    kind: str = ""
    condition: str = ""
    owned_by: str = ""
    special: str = ""
    q: str = ""


def read_filter(form: dict) -> Filter:
    """Return the filter of a request; what is unknown is left out."""
    allowed = {
        "state": set(labels.STATES),
        "special": set(SPECIAL),
        **{
            name: {one.value for one in labels.CHOICES[name](None)}
            for name in ("kind", "condition", "owned_by")
        },
    }
    found = {name: form.get(name) for name in allowed}
    values = {
        name: value for name, value in found.items() if isinstance(value, str) and value in allowed[name]
    }
    q = form.get("q")
    return Filter(q=q.strip()[:100] if isinstance(q, str) else "", **values)


@dataclass(frozen=True)
class Line:
    """One device of a list: what the catalog keeps of it, and the unit in whose books it stands."""

    uid: str
    title: str
    url: str
    state: str
    facts: dict
    unit: str

    def late(self, today: date) -> bool:
        """Tell whether it should have come back."""
        return overdue(self.state, self.facts.get("due_on"), today)


def find(unit, wanted: Filter | None = None) -> list[Line]:
    """Return the devices of *unit* and those below that the reader may see, by name."""
    wanted = wanted or Filter()
    catalog = api.portal.get_tool("portal_catalog")
    query = {
        "portal_type": "Device",
        "path": "/".join(unit.getPhysicalPath()),
        "sort_on": "sortable_title",
        "sort_limit": MOST,
    }
    if wanted.state:
        query["review_state"] = wanted.state
    places = {brain.getPath(): brain.Title for brain in unit_brains()}
    today, required = local(now()).date(), current_policy().device_inspection_required
    found = []
    for brain in catalog(**query)[:MOST]:
        if not isinstance(brain.desk_facts, dict):
            continue
        line = Line(
            brain.UID, brain.Title, brain.getURL(), brain.review_state, brain.desk_facts,
            places.get(brain.getPath().rsplit("/", 2)[0], ""),
        )  # fmt: skip
        if _fits(line, wanted, today, required):
            found.append(line)
    return found


def _fits(line, wanted, today, required) -> bool:
    facts = line.facts
    if any(
        getattr(wanted, name) and facts.get(name) != getattr(wanted, name)
        for name in ("kind", "condition", "owned_by")
    ):
        return False
    if wanted.q:
        text = " ".join(str(one) for one in (line.title, facts["serial"], facts.get("asset_number"))).lower()
        if not all(word in text for word in wanted.q.lower().split()):
            return False
    if wanted.special == "overdue":
        return line.late(today)
    if wanted.special == "uninspected":
        return required and line.state in ("in_use", "lent") and not facts.get("inspection_passed")
    if wanted.special == "for_loan":
        return bool(facts.get("for_loan"))
    if wanted.special == "no_custodian":
        return line.state != "withdrawn" and not facts.get("custodian")
    return True


def figures(lines) -> list[dict]:
    """Return figures about some devices: title, number."""
    today, required = local(now()).date(), current_policy().device_inspection_required
    states = [line.state for line in lines]
    found = [{"title": title, "text": states.count(name)} for name, (title, _css) in labels.STATES.items()]
    found.append({"title": SPECIAL["overdue"], "text": sum(line.late(today) for line in lines)})
    broken = sum(line.facts.get("condition") == "broken" for line in lines if line.state != "withdrawn")
    found.append({"title": _("Broken"), "text": broken})
    if required:
        bare = sum(
            line.state in ("in_use", "lent") and not line.facts.get("inspection_passed") for line in lines
        )
        found.append({"title": SPECIAL["uninspected"], "text": bare})
    return [one for one in found if one["text"]]


class Names:
    """The names that some lines need, all looked up at once."""

    def __init__(self, lines):
        facts = [line.facts for line in lines]
        self.people = person_names(one.get(name) for one in facts for name in ("custodian", "borrower"))
        self.rooms = room_names({one.get("room") for one in facts})

    def place(self, facts: dict) -> str:
        """Return where a device stands."""
        parts = (self.rooms.get(facts.get("room"), ""), facts.get("place") or "")
        return ", ".join(one for one in parts if one)

    def person(self, user_id) -> str:
        """Return the name of a person, empty for nobody."""
        return self.people.get(user_id, "") if user_id else ""

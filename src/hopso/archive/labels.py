"""Words for what the archive shows: kinds of things, states, values of facets."""

from hopso import _
from hopso.documents.vocabularies import DocumentKinds
from hopso.meetings.vocabularies import MeetingKinds
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from zope.i18n import translate


TYPES = {
    "Meeting": _("Meeting"),
    "AgendaItem": _("Agenda item"),
    "MeetingDocument": _("Document"),
    "Minutes": _("Minutes"),
    "ConclusionNotice": _("Conclusion notice"),
    "Unit": _("Unit"),
    "Room": _("Room"),
}
# What stands in the place of a page picture
MARKS = {
    "AgendaItem": _("Item"),
    "MeetingDocument": _("Doc"),
    "Minutes": _("BB"),
    "ConclusionNotice": _("TB"),
    "Unit": _("Unit"),
    "Room": _("Room"),
}
STATES = {
    "draft": _("Draft"),
    "registered": _("Registered"),
    "returned": _("Returned"),
    "scheduled": _("Scheduled"),
    "convened": _("Convened"),
    "in_session": _("In session"),
    "ended": _("Ended"),
    "concluded": _("Concluded"),
    "archived": _("Archived"),
    "postponed": _("Postponed"),
    "displaced": _("Displaced"),
    "cancelled": _("Cancelled"),
    "submitted": _("Submitted"),
    "approved": _("Approved"),
    "published": _("Published"),
    "recalled": _("Recalled"),
    "superseded": _("Superseded"),
    "in_review": _("In review"),
    "issued": _("Issued"),
}
GOOD = ("archived", "published", "issued", "concluded")
BAD = ("cancelled", "recalled", "displaced")
FACET_TITLES = {
    "type": _("Kind of entry"),
    "kind": _("Kind of document"),
    "unit": _("Unit"),
    "year": _("Year"),
    "state": _("State"),
    "meeting_kind": _("Kind of meeting"),
    "chair": _("Chair"),
}


class Labels:
    """Names of values in the language of a request; units and people looked up at once."""

    def __init__(self, request):
        self.request = request
        self.units: dict[str, str] = {}
        self.people: dict[str, str] = {}

    def load(self, units=(), people=()) -> None:
        """Look up the names of *units* and *people* (ids)."""
        self.units.update(unit_names(set(units) - set(self.units)))
        self.people.update(person_names(set(people) - set(self.people)))

    def of(self, facet: str, value) -> str:
        """Return the name of one value of a facet."""
        if facet == "unit":
            return self.units.get(value, value)
        if facet in ("chair", "person"):
            return self.people.get(value, value)
        if facet == "year":
            return str(value)
        return self.translate(_title(facet, value))

    def translate(self, message) -> str:
        """Return *message* in the language of the request."""
        return translate(message, context=self.request)


def _title(facet, value):
    if facet in ("type", "state"):
        return (TYPES if facet == "type" else STATES).get(value, value)
    vocabulary = (DocumentKinds if facet == "kind" else MeetingKinds)(None)
    return vocabulary.getTerm(value).title if value in vocabulary else value


def state_css(state: str) -> str:
    """Return the class of a state's tag."""
    return "hs-tag--good" if state in GOOD else "hs-tag--bad" if state in BAD else "hs-tag--acc"

"""What a report counts of a period: whole numbers by name, from few queries of the catalog.

Counted for the body whose report it is, whatever the writer may read: the
figures name no meeting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from DateTime import DateTime
from hopso import _
from hopso.core.moments import LOCAL
from hopso.core.text import now
from hopso.meetings.statistics import COUNTED_STATES
from hopso.policy import compliance
from plone import api


REGISTERED = ("BD-6.1/1", "BD-6.1/2", "NA-3.1/1")
# Name -> what it is called, in the order of a report.
TITLES = {
    "meetings": _("Meetings held"),
    "online": _("of these online or hybrid"),
    "urgent": _("of these urgent"),
    "registered_in_time": _("Registered in time"),
    "registered_late": _("Registered late"),
    "documents": _("Documents published"),
    "pages": _("Pages of documents"),
    "incidents": _("Incidents"),
    "incidents_resolved": _("of these resolved"),
    "interruption": _("Interruption (minutes)"),
    "feedback": _("Feedback sent"),
    "feedback_answered": _("of these answered"),
    "checks": _("Checks and maintenance carried out"),
    "classes": _("Classes held"),
    "trained": _("People trained"),
}


@dataclass(frozen=True)
class Found:
    """Records of the catalog about some units and a period."""

    meetings: tuple = ()
    documents: tuple = ()
    incidents: tuple = ()
    feedback: tuple = ()
    entries: tuple = ()


def count(found: Found, moment: datetime | None = None) -> dict[str, int]:
    """Return the figures; *moment* (aware) judges what is still open, default: now."""
    figures = compliance.count((one.rule_clocks for one in found.meetings), moment or now())
    registered = [figures[name] for name in REGISTERED if name in figures]
    facts = [one.desk_facts for one in found.incidents if isinstance(one.desk_facts, dict)]
    sent = [one.desk_facts for one in found.feedback if isinstance(one.desk_facts, dict)]
    done = [one.desk_facts for one in found.entries if isinstance(one.desk_facts, dict)]
    classes = [one for one in done if one["book"] == "training" and one["done_on"]]
    return {
        "meetings": len(found.meetings),
        "online": sum(one.mode in ("online", "hybrid") for one in found.meetings),
        "urgent": sum(bool(one.urgent is True) for one in found.meetings),
        "registered_in_time": sum(one.kept for one in registered),
        "registered_late": sum(one.missed for one in registered),
        "documents": len(found.documents),
        "pages": sum(one.page_count for one in found.documents if isinstance(one.page_count, int)),
        "incidents": len(facts),
        "incidents_resolved": sum(one["resolved_at"] is not None for one in facts),
        "interruption": sum(one["interruption"] or 0 for one in facts),
        "feedback": len(sent),
        "feedback_answered": sum(one["answered_at"] is not None for one in sent),
        "checks": sum(one["book"] == "maintenance" and bool(one["done_on"]) for one in done),
        "classes": len(classes),
        "trained": sum(len(one["attended"] or ()) for one in classes),
    }


def total(many: Iterable[dict]) -> dict[str, int]:
    """Return the sums of several units' figures."""
    found = dict.fromkeys(TITLES, 0)
    for figures in many:
        for name in found:
            found[name] += int((figures or {}).get(name, 0) or 0)
    return found


def span_of(first: date, last: date) -> dict:
    """Return the range of the catalog for the days from *first* to *last*, both included."""
    begin = datetime.combine(first, time(), tzinfo=LOCAL)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=LOCAL) - timedelta(seconds=1)
    return {"query": (DateTime(begin.isoformat()), DateTime(end.isoformat())), "range": "min:max"}


def find(paths, unit_ids, first: date, last: date) -> Found:
    """Return what the catalog knows of units (*paths*, *unit_ids*) in a period; asks for no right."""
    search = api.portal.get_tool("portal_catalog").unrestrictedSearchResults
    span, inside = span_of(first, last), {"query": list(paths)}
    meetings = search(
        portal_type="Meeting", path=inside, review_state=list(COUNTED_STATES), meeting_start=span
    )
    uids = [one.UID for one in meetings]
    documents = (
        search(portal_type="MeetingDocument", review_state="published", meeting_uid=uids) if uids else ()
    )
    # Feedback stands with whom it goes to: it is chosen by the unit that sent it.
    feedback = [
        one
        for one in search(portal_type="Feedback", created=span)
        if isinstance(one.desk_facts, dict) and one.desk_facts["from_unit"] in unit_ids
    ]
    entries = [
        one
        for one in search(portal_type="RegisterEntry", path=inside, review_state=["done", "closed"])
        if isinstance(one.desk_facts, dict) and first <= (one.desk_facts["done_on"] or date.min) <= last
    ]
    incidents = search(portal_type="Incident", path=inside, created=span)
    return Found(tuple(meetings), tuple(documents), tuple(incidents), tuple(feedback), tuple(entries))

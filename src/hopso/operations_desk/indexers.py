"""What lists of the desk show, as plain values in the catalog: no list wakes the things themselves.

Datetimes are in UTC; texts that are confidential stay out.
"""

from hopso.operations_desk.content import IDataRequest
from hopso.operations_desk.content import IFeedback
from hopso.operations_desk.content import IIncident
from hopso.operations_desk.content import IViolation
from hopso.operations_desk.rules import Times
from plone.indexer import indexer


@indexer(IIncident)
def incident_facts(incident):
    names = (
        "kind", "room", "meeting", "device", "reporter", "taken_by", "resolved_by", "interruption",
        "occurred_at", "noticed_at", "reported_at", "taken_at", "resolved_at",
    )  # fmt: skip
    return {name: getattr(incident, name) for name in names} | {
        "site": incident.site,
        "cause": incident.cause,
        "provider": incident.provider_told_at is not None,
        "provider_told_at": incident.provider_told_at,
        "provider_answered_at": incident.provider_answered_at,
        # When it interrupted something; without that, when it was there.
        "begin": incident.interrupted_from or incident.occurred_at,
        "end": incident.interrupted_until or incident.resolved_at,
        "interrupted": incident.interrupted_from is not None,
    }


@indexer(IFeedback)
def feedback_facts(feedback):
    names = ("category", "from_unit", "sender", "sent_at", "forwarded_at", "answered_at", "taken_by")
    return {name: getattr(feedback, name) for name in names}


@indexer(IViolation)
def violation_facts(violation):
    names = (
        "person", "concerned_unit", "rule", "recorded_by", "recorded_at", "decision_number", "decided_on",
    )  # fmt: skip
    return {name: getattr(violation, name) for name in names}


@indexer(IDataRequest)
def request_facts(request):
    names = ("kind", "person", "asked_at", "decided_at", "decided_by")
    return {name: getattr(request, name) for name in names}


def times_of(facts: dict) -> Times:
    """Return the clock of an incident from its facts in the catalog."""
    return Times(
        facts["noticed_at"],
        facts["reported_at"],
        facts["taken_at"],
        facts["resolved_at"],
        facts["interruption"],
    )

"""Who is told what about incidents, feedback, violations and requests about personal data."""

from hopso.notifications.occasions import Occasion
from hopso.operations_desk.checks import alerts as checks
from hopso.operations_desk.help import alerts as helping
from hopso.operations_desk.place import people_of
from hopso.organisation.place import unit_of


def _admins(kind):
    def tell(event):
        # Reporting is done on the unit (or at the meeting); what it made stands in the unit that helps.
        thing = event.result if event.result is not None else event.context
        yield Occasion(kind, thing, people_of(unit_of(thing), "admins"))

    return tell


def _reporter(kind):
    def tell(event):
        yield Occasion(kind, event.context, [event.context.reporter])

    return tell


def _reopened(event):
    yield Occasion(
        "incident_reopened", event.context, people_of(unit_of(event.context), "admins", "technicians")
    )


def _feedback_sent(event):
    yield Occasion("feedback_sent", event.result, people_of(unit_of(event.result), "admins", "coordinators"))


def _sender(kind):
    def tell(event):
        yield Occasion(kind, event.context, [event.context.sender])

    return tell


def _violation_recorded(event):
    violation = event.result
    leaders = people_of(unit_of(violation), "leaders")
    yield Occasion("violation_recorded", violation, [one for one in leaders if one != violation.person])


def _violation_decided(event):
    # The text of the mail names nobody and says nothing: it waits behind the login.
    violation = event.context
    yield Occasion("violation_decided", violation, concerned(violation))


def concerned(violation) -> list[str]:
    """Return whom a violation is about: the person, or the leaders of the unit."""
    from hopso.operations_desk.place import find_unit

    if violation.person:
        return [violation.person]
    unit = find_unit(violation.concerned_unit)
    return people_of(unit, "leaders") if unit is not None else []


def _asker(event):
    yield Occasion("data_decided", event.context, [event.context.person])


TELLERS = {
    "incident.report": _admins("incident_reported"),
    "meeting.report_incident": _admins("incident_reported"),
    "incident.take": _reporter("incident_taken"),
    "incident.resolve": _reporter("incident_resolved"),
    "incident.reopen": _reopened,
    "feedback.send": _feedback_sent,
    "feedback.forward": _sender("feedback_forwarded"),
    "feedback.answer": _sender("feedback_answered"),
    "violation.record": _violation_recorded,
    "violation.decide": _violation_decided,
    "data.request": _admins("data_asked"),
    "data.grant": _asker,
    "data.refuse": _asker,
    **checks.TELLERS,
    **helping.TELLERS,
}

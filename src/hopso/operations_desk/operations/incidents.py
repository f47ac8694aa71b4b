"""Incidents: reported at once, taken in hand, resolved (BD-12.3.dd)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.operations_desk import parameters
from hopso.operations_desk import place
from hopso.operations_desk.content import IIncident
from hopso.operations_desk.vocabularies import IncidentKinds
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from plone import api


HANDLE = "hopso: Handle incident"
TITLE = 100


def title_of(kind: str, what: str) -> str:
    """Return a line for lists and mails: the kind, and how the description begins."""
    language = api.portal.get_default_language()
    named = api.portal.translate(IncidentKinds(None).getTerm(kind).title, lang=language[:2])
    first = " ".join(what.split())
    return f"{named}: {first if len(first) <= TITLE else first[:TITLE].rstrip() + '…'}"


@operation(
    "incident.report", IUnit, title=_("Report an incident"), permission="hopso: Report incident",
    schema=parameters.IReport, order=300,
    help=_("The administrators of your unit are told at once."),
)  # fmt: skip
def report(unit, kind, what, room, device, meeting, occurred_at, noticed_at, photo):
    """Tell the administrators of *unit* what is wrong, and return the incident."""
    moment = now()
    noticed = noticed_at or occurred_at or moment
    occurred = occurred_at or noticed
    if occurred > noticed or noticed > moment:
        raise errors.Invalid(
            _("Please check the times."),
            errors={"occurred_at": _("It cannot have happened after it was noticed, nor in the future.")},
        )
    return place.put(
        unit,
        "Incident",
        title=title_of(kind, what),
        kind=kind,
        what=what,
        room=room,
        device=device,
        meeting=_known_meeting(meeting),
        photo=photo,
        reporter=api.user.get_current().getId(),
        occurred_at=occurred,
        noticed_at=noticed,
        reported_at=moment,
    )


@operation(
    "meeting.report_incident", IMeeting, title=_("Report an incident"), permission="hopso: Report incident",
    schema=parameters.IReport, order=300,
)  # fmt: skip
def report_at_meeting(here, **told):
    """Tell the administrators of one's own unit; guests have none and tell those of the host."""
    told["meeting"] = here.UID()
    unit = place.home_unit_of(api.user.get_current().getId()) or unit_of(here)
    return report.function(unit, **told)


def _known_meeting(uid: str) -> str:
    """Return the UID of a meeting that the reporter may see.  Raises Invalid."""
    if not uid:
        return ""
    catalog = api.portal.get_tool("portal_catalog")
    if not catalog(portal_type="Meeting", UID=uid):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"meeting": _("There is no such meeting.")}
        )
    return uid


@operation(
    "incident.take", IIncident, title=_("Take in hand"), permission=HANDLE,
    states=("reported",), order=10, primary=True,
)  # fmt: skip
def take(incident):
    """Say that one looks after it."""
    transition(incident, "take")
    incident.taken_at = now()
    incident.taken_by = api.user.get_current().getId()
    incident.reindexObject()


@operation(
    "incident.resolve", IIncident, title=_("Resolve"), permission=HANDLE,
    states=("reported", "in_hand"), schema=parameters.IResolution, order=20, primary=True,
)  # fmt: skip
def resolve(incident, resolution, interruption):
    """Say what was done; whoever resolves at once has taken it in hand."""
    transition(incident, "resolve", resolution)
    moment, user_id = now(), api.user.get_current().getId()
    if incident.taken_at is None:
        incident.taken_at, incident.taken_by = moment, user_id
    incident.resolved_at, incident.resolved_by = moment, user_id
    incident.resolution = resolution
    incident.interruption = interruption
    incident.reindexObject()


@operation(
    "incident.reopen", IIncident, title=_("Reopen"), permission="hopso: Reopen incident",
    states=("resolved",), schema=parameters.IReason, order=30,
)  # fmt: skip
def reopen(incident, reason):
    """Say that it is not over; the times start anew, the history keeps the former ones."""
    transition(incident, "reopen", reason)
    incident.taken_at = incident.resolved_at = None
    incident.taken_by = incident.resolved_by = None
    incident.reindexObject()

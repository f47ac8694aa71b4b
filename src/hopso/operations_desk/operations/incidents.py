"""Incidents: reported at once, taken in hand, resolved (BD-12.3.dd, BD-9.2/2, NT-7.1.d, NT-8.2)."""

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.meetings.crew import units_of_places
from hopso.operations_desk import parameters
from hopso.operations_desk import place
from hopso.operations_desk.content import IIncident
from hopso.operations_desk.rules import minutes_between
from hopso.operations_desk.vocabularies import IncidentKinds
from hopso.organisation.content import IUnit
from hopso.organisation.place import unit_of
from hopso.policy import bodies
from hopso.security import matrix
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
def report(unit, meeting, **told):
    """Tell the administrators of *unit* what is wrong, and return the incident."""
    return _put(unit, meeting=_known_meeting(meeting), **told)


def _put(unit, meeting, kind, what, room, device, site, cause, occurred_at, noticed_at, photo):
    moment = now()
    noticed = noticed_at or occurred_at or moment
    occurred = occurred_at or noticed
    if occurred > noticed or noticed > moment:
        raise errors.Invalid(
            _("Please check the times."),
            errors={"occurred_at": _("It cannot have happened after it was noticed, nor in the future.")},
        )
    incident = place.put(
        unit,
        "Incident",
        title=title_of(kind, what),
        kind=kind,
        what=what,
        room=room,
        device=device,
        site=site,
        cause=cause,
        meeting=meeting,
        photo=photo,
        reporter=api.user.get_current().getId(),
        occurred_at=occurred,
        noticed_at=noticed,
        reported_at=moment,
    )
    if site:
        _share(incident, place.operator_unit(), ("technicians", "admins"))
    return incident


def _share(incident, unit, functions):
    """Let people of another unit see and handle an incident: who runs the system, who has the line."""
    if unit is None:
        return
    for function in functions:
        incident.manage_addLocalRoles(f"unit:{unit.getId()}:{function}", [matrix.TECHNICIAN])
    incident.reindexObjectSecurity()


@operation(
    "meeting.report_incident", IMeeting, title=_("Report an incident"), permission="hopso: Report incident",
    schema=parameters.IReport, order=300,
)  # fmt: skip
def report_at_meeting(here, **told):
    """Tell the administrators of one's own unit; guests have none and tell those of the host.

    What happens at a site is told in the unit that has it, and to the body that runs the system.
    """
    # Whoever may report here knows of the meeting, be it only when and where.
    told["meeting"] = here.UID()
    unit = _unit_of_site(told["site"]) or place.home_unit_of(api.user.get_current().getId()) or unit_of(here)
    return _put(unit, **told)


def _unit_of_site(uid):
    """Return the unit that has a site, None without one."""
    unit_id = units_of_places([uid]).get(uid, "") if uid else ""
    return place.find_unit(unit_id)


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
def resolve(incident, resolution, cause, interruption, interrupted_from, interrupted_until):
    """Say what was done; whoever resolves at once has taken it in hand.

    With the two moments of the interruption its minutes are computed, else they are those stated.
    """
    moment, user_id = now(), api.user.get_current().getId()
    begin, end = (to_utc(one) if one else None for one in (interrupted_from, interrupted_until))
    if end is not None and begin is None:
        begin = incident.occurred_at
    if begin is not None and end is None:
        end = moment
    if begin is not None and not begin <= end <= moment:
        raise errors.Invalid(
            _("Please check the times."),
            errors={"interrupted_until": _("The interruption ends after it begins, and not in the future.")},
        )
    transition(incident, "resolve", resolution)
    if incident.taken_at is None:
        incident.taken_at, incident.taken_by = moment, user_id
    incident.resolved_at, incident.resolved_by = moment, user_id
    incident.resolution = resolution
    incident.cause = cause or incident.cause
    incident.interrupted_from, incident.interrupted_until = begin, end
    incident.interruption = interruption if begin is None else minutes_between(begin, end)
    incident.reindexObject()


@operation(
    "incident.tell_provider", IIncident, title=_("Tell the provider"), permission=HANDLE,
    states=("reported", "in_hand"), schema=parameters.IProviderTold, order=25,
    help=_("For lines and power; the provider's people see the incident from then on."),
)  # fmt: skip
def tell_provider(incident, contact, note):
    """Record that the provider was told, and open the incident to its people (NT-8.2)."""
    if incident.provider_told_at is not None:
        raise errors.WrongState(_("The provider has been told already."))
    incident.provider_told_at, incident.provider_told_by = now(), api.user.get_current().getId()
    incident.provider_contact = contact or ""
    incident.provider_note = note or ""
    _share(incident, bodies.provider_unit(), ("providers", "technicians"))
    incident.reindexObject()


@operation(
    "incident.provider_answered", IIncident, title=_("The provider has answered"), permission=HANDLE,
    states=("reported", "in_hand"), schema=parameters.IProviderTold, order=26,
)  # fmt: skip
def provider_answered(incident, contact, note):
    """Record when the provider answered: its time of response (NT-8.2)."""
    if incident.provider_told_at is None:
        raise errors.WrongState(_("The provider has not been told yet."))
    if incident.provider_answered_at is not None:
        raise errors.WrongState(_("The provider has answered already."))
    incident.provider_answered_at = now()
    incident.provider_contact = contact or incident.provider_contact
    incident.provider_note = note or incident.provider_note
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
    incident.interrupted_from = incident.interrupted_until = None
    incident.reindexObject()

"""What the rooms keep about a person, for ``/@@my-data``: meetings, answers, logins, things of the desk."""

from dataclasses import asdict

from hopso import _
from hopso.meetings import participation
from hopso.operations_desk.personal import source
from plone import api


OWN = {
    "Incident": ("title", "what", "reported_at", "resolution"),
    "Feedback": ("title", "text", "sent_at", "answer"),
    "DataRequest": ("title", "what", "asked_at", "reason"),
}


@source("meetings", _("Meetings and answers"))
def meetings_data(user_id: str) -> list[dict]:
    """Return the meetings in which a person has a part, with the own answers."""
    parts = dict(participation.participation_store().meetings_of(f"user:{user_id}"))
    if not parts:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    found = []
    for brain in catalog.unrestrictedSearchResults(portal_type="Meeting", UID=list(parts)):
        answer = participation.record_of(brain._unrestrictedGetObject(), user_id)
        # The title is part of the invitation; a meeting one may no longer see keeps it to itself.
        seen = api.user.has_permission("View", obj=brain._unrestrictedGetObject())
        found.append(
            {
                "meeting": brain.Title if seen else brain.UID,
                "start": brain.meeting_start,
                "parts": parts[brain.UID],
                "answer": asdict(answer) if answer is not None else None,
            }
        )
    return found


@source("logins", _("Logins"))
def logins_data(user_id: str) -> list[dict]:
    """Return when and from where a person came in."""
    try:
        from hopso.accounts import logins
    except ImportError:
        return []
    return [asdict(one) for one in logins.logins_of(user_id, None, None)]


@source("desk", _("Incidents, feedback and requests"))
def desk_data(user_id: str) -> list[dict]:
    """Return what a person reported, sent and asked for."""
    catalog = api.portal.get_tool("portal_catalog")
    found = []
    for brain in catalog.unrestrictedSearchResults(portal_type=list(OWN), Creator=user_id):
        thing = brain._unrestrictedGetObject()
        found.append(
            {
                "type": brain.portal_type,
                **{name: getattr(thing, name, None) for name in OWN[brain.portal_type]},
            }
        )
    return found


@source("violations", _("Violations"))
def violations_data(user_id: str) -> list[dict]:
    """Return the decisions about a person that she may see."""
    catalog = api.portal.get_tool("portal_catalog")
    found = []
    for brain in catalog(portal_type="Violation"):
        if (brain.desk_facts or {}).get("person") == user_id:
            thing = brain.getObject()
            names = ("title", "rule", "facts", "measure", "decision_number", "decided_on")
            found.append({name: getattr(thing, name) for name in names})
    return found

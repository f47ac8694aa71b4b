"""When and where: all that technicians and providers learn of a meeting (NT-13.3)."""

from dataclasses import dataclass
from datetime import datetime

from AccessControl import getSecurityManager
from DateTime import DateTime
from hopso.accounts.records import account_of
from hopso.core.operation import state_of
from hopso.core.text import name_key
from hopso.core.text import now
from hopso.meetings.crew import CREW
from hopso.meetings.participation import participation_store
from hopso.organisation.assignments import assignment_store
from hopso.organisation.assignments import functions_of
from hopso.organisation.groups import SERVES_FOR_UNIT
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.names import unit_names
from hopso.organisation.place import MEETINGS
from hopso.security import matrix
from plone import api
from plone.uuid.interfaces import IUUID


# Functions and parts that look after lines and rooms.
SERVING = ("technicians", "providers")
STATES = ("scheduled", "convened", "in_session")
MOST = 200


@dataclass(frozen=True)
class Contact:
    """A technician to call."""

    name: str
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Logistics:
    """What keeps a meeting going, without its title, subject, people or papers; moments are UTC."""

    uid: str
    url: str
    unit: str
    start: datetime
    end: datetime
    state: str
    mode: str
    rooms: tuple[str, ...]
    contacts: tuple[Contact, ...] = ()


def logistics_of(meeting) -> Logistics:
    """Return when and where *meeting* is, and whom to call; checks no right."""
    unit, names = meeting.host_unit or "", room_names(meeting.rooms)
    return Logistics(
        IUUID(meeting),
        meeting.absolute_url(),
        unit_names([unit]).get(unit, unit),
        meeting.start,
        meeting.end,
        state_of(meeting),
        meeting.mode,
        tuple(names[uid] for uid in meeting.rooms or () if uid in names),
        tuple(contacts_of(meeting)),
    )


def contacts_of(meeting) -> list[Contact]:
    """Return the technicians of the host unit, by name."""
    ids = {user_id for user_id, _one in assignment_store().of_unit(meeting.host_unit or "", "technicians")}
    names = person_names(ids)
    found = []
    for user_id in sorted(ids, key=lambda one: name_key(names[one])):
        account, user = account_of(user_id), api.user.get(userid=user_id)
        if account is not None and not account.active():
            continue
        mail = (user.getProperty("email") or "") if user is not None else ""
        found.append(Contact(names[user_id], account.phone if account is not None else "", mail))
    return found


def serves(user_id: str) -> bool:
    """Tell whether a person looks after the lines and rooms of some unit."""
    return any(one.function in SERVING for one in functions_of(user_id))


def upcoming() -> list[Logistics]:
    """Return the meetings to come that the present user serves, the next first, at most MOST.

    Those of the units in which one is a technician or a provider, those with a site
    of such a unit, and those in which one has the part; each is checked against the
    permission.
    """
    user_id = api.user.get_current().getId()
    held = functions_of(user_id)
    units = sorted({one.unit for one in held if one.function in SERVING})
    serving = sorted({one.unit for one in held if one.function in SERVES_FOR_UNIT})
    uids = [
        uid
        for key in (f"user:{user_id}", *(f"{CREW}:{unit}" for unit in serving))
        for uid, parts in participation_store().meetings_of(key)
        if "technicians" in parts
    ]
    catalog = api.portal.get_tool("portal_catalog")
    coming = {
        "portal_type": "Meeting",
        "review_state": STATES,
        "meeting_end": {"query": DateTime(now()), "range": "min"},
        "sort_on": "meeting_start",
        "sort_limit": MOST,
    }
    found = {}
    queries = []
    if units:
        queries.append({"path": {"query": _meeting_paths(catalog, units)}})
    if uids:
        queries.append({"UID": uids})
    for query in queries:
        for brain in catalog.unrestrictedSearchResults(**coming, **query)[:MOST]:
            found[brain.UID] = brain
    may = getSecurityManager().checkPermission
    meetings = [brain._unrestrictedGetObject() for brain in found.values()]
    allowed = [one for one in meetings if may(matrix.LOGISTICS, one)]
    return [logistics_of(one) for one in sorted(allowed, key=lambda one: one.start)[:MOST]]


def _meeting_paths(catalog, unit_ids) -> list[str]:
    """Return where the units keep their own meetings (not those of the units below)."""
    brains = catalog.unrestrictedSearchResults(portal_type="Unit", getId=unit_ids)
    return [f"{brain.getPath()}/{MEETINGS}" for brain in brains]

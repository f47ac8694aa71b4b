"""What can this person see, and why: functions in units, parts in meetings, what ends when."""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime

from hopso import _
from hopso.accounts.records import account_of
from hopso.core.text import date_text
from hopso.core.text import now
from hopso.meetings.participation import participation_store
from hopso.meetings.participation import parts_since
from hopso.meetings.participation import records
from hopso.organisation.assignments import assignment_store
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.security import explain
from hopso.security import matrix
from hopso.security.grants import grant_store
from hopso.security.labels import PART_TITLES
from plone import api
from zope.globalrequest import getRequest
from zope.i18n import translate


COUNTED = ("Meeting", "MeetingDocument", "Minutes", "ConclusionNotice")
# Roles that every account has.
PLAIN = {"Authenticated", "Member", "Anonymous"}


@dataclass(frozen=True)
class Row:
    """One thing a person can see or do, with the columns of ``Access``; *url* is empty where there is no link."""

    what: object
    role: str
    source: str
    cause: object
    since: datetime | None = None
    until: datetime | None = None
    url: str = ""


@dataclass(frozen=True)
class Report:
    """All about one person: rows by kind, and how much of what can be found."""

    user_id: str
    name: str
    functions: list = field(default_factory=list)
    site: list = field(default_factory=list)
    meetings: list = field(default_factory=list)
    meetings_total: int = 0
    counts: dict = field(default_factory=dict)
    expires: datetime | None = None

    @property
    def temporary(self) -> list[Row]:
        """Return what ends by itself."""
        return [one for one in (*self.functions, *self.meetings) if one.until is not None]


def what_can_see(user_id: str, start: int = 0, limit: int | None = 50) -> Report:
    """Return what a person is and can see now; meetings the latest first, from *start* at most *limit*.

    Titles of meetings that the present user may not read are not told.
    """
    held = assignment_store().of_user(user_id)
    account = account_of(user_id)
    meetings, total = _meetings(user_id, held, start, limit)
    return Report(
        user_id,
        person_names([user_id])[user_id],
        _functions(held),
        _site_roles(user_id),
        meetings,
        total,
        counts_of(user_id),
        account.expires_at if account is not None else None,
    )


def counts_of(user_id: str) -> dict[str, int]:
    """Return how many things of each kind a search by this person finds, as the catalog says it."""
    catalog = api.portal.get_tool("portal_catalog")
    user = api.portal.get_tool("acl_users").getUserById(user_id)
    if user is None:
        return dict.fromkeys(COUNTED, 0)
    allowed = catalog._listAllowedRolesAndUsers(user)
    return {
        name: len(catalog.unrestrictedSearchResults(portal_type=name, allowedRolesAndUsers=allowed))
        for name in COUNTED
    }


def _functions(held) -> list[Row]:
    units = unit_names(one.unit for one in held)
    urls = _unit_urls(one.unit for one in held)
    return [
        Row(
            units.get(one.unit, one.unit),
            role,
            explain.UNIT,
            explain._function_cause(one, units.get(one.unit, one.unit)),
            one.since,
            one.until,
            urls.get(one.unit, ""),
        )
        for one in held
        for role in matrix.UNIT_FUNCTION_ROLES[one.function]
    ]


def _unit_urls(unit_ids) -> dict[str, str]:
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Unit", getId=sorted(set(unit_ids)))
    return {brain.getId: brain.getURL() for brain in found}


def _site_roles(user_id) -> list[Row]:
    user = api.portal.get_tool("acl_users").getUserById(user_id)
    roles = sorted(set(user.getRoles()) - PLAIN) if user is not None else ()
    return [
        Row(_("The whole site"), role, explain.SITE, _("The role holds in the whole site.")) for role in roles
    ]


def _meetings(user_id, held, start, limit):
    """Return (rows of the page, number of all rows)."""
    parts = list(_parts(user_id, held))
    uids = sorted({uid for uid, *_rest in parts})
    catalog = api.portal.get_tool("portal_catalog")
    brains = {
        brain.UID: brain
        for brain in catalog.unrestrictedSearchResults(portal_type="Meeting", UID=uids or [""])
    }
    readable = {brain.UID for brain in catalog.searchResults(portal_type="Meeting", UID=uids or [""])}
    known = [one for one in parts if one[0] in brains]
    known.sort(key=lambda one: (brains[one[0]].meeting_start, one[0]), reverse=True)
    page = known[start:] if limit is None else known[start : start + limit]
    meetings = {uid: brains[uid]._unrestrictedGetObject() for uid in {uid for uid, *_rest in page}}
    rows = [
        _meeting_row(brains[uid], meetings[uid], uid in readable, user_id, principal, part, given)
        for uid, principal, part, given in page
    ]
    return rows, len(known)


def _parts(user_id, held):
    """Yield (meeting UID, principal, part, grant or assignment) of everything a person takes part in."""
    store, moment = participation_store(), now()
    for uid, parts in store.meetings_of(f"user:{user_id}"):
        for part in parts:
            yield uid, f"user:{user_id}", part, None
    for one in held:
        if one.function in SPEAKS_FOR_UNIT:
            for uid, parts in store.meetings_of(f"unit:{one.unit}"):
                for part in parts:
                    yield uid, f"unit:{one.unit}", part, one
    for one in grant_store().of_user(user_id, moment):
        yield one.meeting, "", one.part, one


def _meeting_row(brain, meeting, readable, user_id, principal, part, given):
    [role] = matrix.MEETING_PART_ROLES[part]
    if not principal:
        reason = explain._granted(given, role)
        source, cause, since, until = reason.source, reason.cause, reason.since, reason.until
    elif principal.startswith("unit:"):
        since = parts_since(meeting).get(principal, {}).get(part)
        source, until = explain.INVITED_UNIT, given.until
        cause = _(
            "${part}, for ${unit}",
            mapping={"part": PART_TITLES[part], "unit": explain._principal_name(principal)},
        )
    else:
        since = parts_since(meeting).get(principal, {}).get(part)
        source, cause, since = explain._why_part(records(meeting), user_id, part, since)
        until = None
    return Row(
        brain.Title if readable else closed_title(meeting),
        role,
        source,
        cause,
        since,
        until,
        brain.getURL() if readable else "",
    )


def closed_title(meeting):
    """Return what is said of a meeting to somebody who may not read it."""
    unit = meeting.host_unit or ""
    return _(
        "A meeting of ${unit} on ${day}",
        mapping={"unit": unit_names([unit]).get(unit, unit), "day": date_text(meeting.start)},
    )


def say(text, request=None) -> str:
    """Return a translatable text, and those it is made of, in the language of the reader."""
    request = request or getRequest()
    mapping = getattr(text, "mapping", None)
    if mapping:
        values = {name: say(value, request) for name, value in mapping.items()}
        text = type(text)(text, text.domain, text.default, values)
    return translate(text, context=request) if text else ""

"""Who can see this, and what can this person see, and why?

Computed from what the check itself asks: the roles that a permission is given
to, the local roles that the user folder merges, and the records behind the
computed groups.  A test tries it against the check, person by person.
"""

from dataclasses import dataclass
from datetime import datetime

from AccessControl.PermissionRole import rolesForPermissionOn
from hopso import _
from hopso.accounts.records import is_active
from hopso.core.text import name_key
from hopso.meetings import participation
from hopso.meetings.place import meeting_of
from hopso.organisation.assignments import assignment_store
from hopso.organisation.groups import SERVES_FOR_UNIT
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from hopso.organisation.interfaces import FUNCTION_TITLES
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.security import grants
from hopso.security import matrix
from hopso.security.labels import PART_TITLES
from plone import api
from plone.uuid.interfaces import IUUID


EVERYBODY, ANYBODY = "everybody", "anybody"
UNIT, PART, INVITED_UNIT, SUBSTITUTE = "unit", "part", "invited_unit", "substitute"
CONTROL, EMERGENCY, OWNER, SITE, PLACE = "control", "emergency", "owner", "site", "place"


@dataclass(frozen=True)
class Access:
    """One reason why one person has one role on something; datetimes are UTC or None.

    user_id: of the person, or EVERYBODY (who is logged in), ANYBODY (also who is
    not); role: as in the matrix; source: UNIT, PART, …; cause: translatable;
    until: when it ends by itself.
    """

    user_id: str
    role: str
    source: str
    cause: object
    since: datetime | None = None
    until: datetime | None = None
    name: str = ""


def who_can_see(obj, permission: str = matrix.VIEW) -> list[Access]:
    """Return everybody who has *permission* on *obj* now, by name, with every reason."""
    allowed = set(rolesForPermissionOn(permission, obj))
    if "Anonymous" in allowed:
        return [Access(ANYBODY, "Anonymous", SITE, _("Nobody need be logged in."))]
    found = []
    if "Authenticated" in allowed or "Member" in allowed:
        found.append(Access(EVERYBODY, "Authenticated", SITE, _("Everybody who is logged in.")))
    local = api.portal.get_tool("acl_users")._getAllLocalRoles(obj)
    for principal, roles in local.items():
        for role in sorted(allowed.intersection(roles)):
            found.extend(_holders(principal, role, obj))
    for role in sorted(allowed - {"Authenticated", "Member"}):
        found.extend(_everywhere(role))
    return _by_name(found)


def may_see(obj, user_id: str, permission: str = matrix.VIEW) -> bool:
    """Tell what the explanation says about one person."""
    return any(one.user_id in (user_id, EVERYBODY, ANYBODY) for one in who_can_see(obj, permission))


def _holders(principal, role, obj):
    """Yield who is *principal* now: a person, or a member of a computed or a stored group."""
    if principal.startswith("unit:"):
        _word, unit_id, function = principal.split(":", 2)
        yield from _of_unit(unit_id, function, role)
    elif principal.startswith("meeting:"):
        _word, uid, part = principal.split(":", 2)
        meeting = meeting_of(obj)
        if meeting is not None and IUUID(meeting) == uid:
            yield from _of_meeting(meeting, part, role)
    elif role == matrix.OWNER:
        yield Access(principal, role, OWNER, _("Made it."))
    else:
        for user_id in _people_of(principal):
            yield Access(user_id, role, PLACE, _("The role was given in this place."))


def _of_unit(unit_id, function, role):
    title = _unit_title(unit_id)
    for user_id, held in assignment_store().of_unit(unit_id, function):
        yield Access(user_id, role, UNIT, _function_cause(held, title), held.since, held.until)


def _function_cause(held, unit_title):
    return _(
        "${function} of ${unit}",
        mapping={"function": held.position or FUNCTION_TITLES[held.function], "unit": unit_title},
    )


def _of_meeting(meeting, part, role):
    """Yield who has a part in a meeting, as the store behind the groups has it."""
    store, uid = participation.participation_store(), IUUID(meeting)
    for principal, since in participation.parts_since(meeting).items():
        if part in store.names(principal, uid):
            yield from _part_of(meeting, principal, part, role, since.get(part))
    for one in grants.grant_store().of_meeting(uid, part):
        yield _granted(one, role)


def _part_of(meeting, principal, part, role, since):
    sort, _colon, value = principal.partition(":")
    if sort == "user":
        source, cause, since = _why_part(participation.records(meeting), value, part, since)
        yield Access(value, role, source, cause, since)
        return
    title = _unit_title(value)
    if sort == "crew":
        yield from _of_crew(value, title, role, since)
        return
    for user_id, held in assignment_store().of_unit(value, *SPEAKS_FOR_UNIT):
        cause = _(
            "${part}: ${unit} is invited, and the person speaks for it as ${function}",
            mapping={
                "part": PART_TITLES[part],
                "unit": title,
                "function": FUNCTION_TITLES[held.function],
            },
        )
        begins = max((moment for moment in (since, held.since) if moment), default=None)
        yield Access(user_id, role, INVITED_UNIT, cause, begins, held.until)


def _of_crew(unit_id, title, role, since):
    """Yield who serves a meeting in a unit that has one of its sites, or runs the system or the lines."""
    for user_id, held in assignment_store().of_unit(unit_id, *SERVES_FOR_UNIT):
        cause = _(
            "${unit} serves the meeting, and the person does it as ${function}",
            mapping={"unit": title, "function": FUNCTION_TITLES[held.function]},
        )
        begins = max((moment for moment in (since, held.since) if moment), default=None)
        yield Access(user_id, role, PART, cause, begins, held.until)


def _why_part(records, user_id, part, since):
    """Return (source, cause, since) of a part that a person has by name."""
    for record in records.values() if part == "delegates" else ():
        if record.answer == participation.SUBSTITUTED and record.substitute == user_id:
            away = _principal_name(record.principal)
            return SUBSTITUTE, _("Substitute for ${name}", mapping={"name": away}), record.answered_at
    return PART, PART_TITLES[part], since


def _granted(one, role):
    if one.part == grants.BREAKGLASS:
        cause = _("Emergency access: ${reason}", mapping={"reason": one.reason})
        return Access(one.user_id, role, EMERGENCY, cause, one.since, one.until)
    giver = person_names([one.given_by]).get(one.given_by, one.given_by)
    cause = _("Control of the session, given by ${name}", mapping={"name": giver})
    return Access(one.user_id, role, CONTROL, cause, one.since, one.until)


def _everywhere(role):
    """Yield who has a role in the whole site."""
    manager = api.portal.get_tool("acl_users").portal_role_manager
    if role not in manager.listRoleIds():
        return
    for principal, _title in manager.listAssignedPrincipals(role):
        for user_id in _people_of(principal):
            yield Access(user_id, role, SITE, _("The role holds in the whole site."))


def _people_of(principal):
    """Return the user ids behind a user id or a stored group."""
    folder = api.portal.get_tool("acl_users")
    if folder.getUserById(principal) is not None:
        return [principal]
    source = folder.source_groups
    if principal in source.getGroupIds():
        return [user_id for user_id, _title in source.listAssignedPrincipals(principal)]
    return []


def _by_name(found) -> list[Access]:
    """Return the reasons of those whose account may be used, with names, each once."""
    names = person_names(one.user_id for one in found if one.user_id not in (EVERYBODY, ANYBODY))
    active = {user_id: is_active(user_id) for user_id in names}
    kept = {}
    for one in found:
        if active.get(one.user_id, True):
            key = (one.user_id, one.role, one.source, str(one.cause), str(one.cause.mapping))
            kept.setdefault(
                key,
                Access(
                    one.user_id,
                    one.role,
                    one.source,
                    one.cause,
                    one.since,
                    one.until,
                    names.get(one.user_id, ""),
                ),
            )
    return sorted(kept.values(), key=lambda one: (name_key(one.name), one.user_id, one.role))


def _unit_title(unit_id):
    return unit_names([unit_id]).get(unit_id, unit_id)


def _principal_name(principal):
    sort, _colon, value = principal.partition(":")
    return _unit_title(value) if sort != "user" else person_names([value]).get(value, value)

"""Who is in which group of a unit or a meeting: nothing is stored, nothing is reindexed.

- ``unit:<unit id>:<function>`` from the assignments of a person: the answer of
  the PAS plug-in below, a handful for anybody;
- ``meeting:<UID>:<part>`` from the participation records, and from what is
  given for a time (the control of a session, broken glass).  A person may be in
  thousands of them, so they are no part of the user: the roles on a meeting are
  asked for at the meeting (``roles.py``), and what the catalog may show is
  asked for in its index (``security/rights_index.py``).

A right that has ended is gone with the next request, and a change of
participants touches no object's security.
"""

from collections.abc import Callable

from AccessControl.class_init import InitializeClass
from hopso.core.text import now
from hopso.meetings.participation import KEY as PARTICIPATION
from hopso.organisation.assignments import KEY as ASSIGNMENTS
from hopso.security.grants import KEY as GRANTS
from Products.PluggableAuthService.interfaces.plugins import IGroupEnumerationPlugin
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import getSite
from zope.interface import implementer


PLUGIN_ID = "hopso_groups"
PREFIXES = ("unit:", "meeting:")
# Who of an invited unit takes part in the name of the unit.
SPEAKS_FOR_UNIT = ("leaders", "coordinators")
# Who of a unit serves the meetings at its sites (hopso.meetings.crew).
SERVES_FOR_UNIT = ("technicians", "providers", "admins")


@implementer(IGroupsPlugin, IGroupEnumerationPlugin)
class ComputedGroups(BasePlugin):
    """Groups of units, computed from records."""

    meta_type = "Hopso Computed Groups"

    def __init__(self, id, title=""):
        self._setId(id)
        self.title = title

    def getGroupsForPrincipal(self, principal, request=None):
        """Return the ids of the groups of units that a person is in now."""
        user_id = principal.getId()
        site = getSite()
        if not user_id or user_id.startswith(PREFIXES) or site is None:
            return ()
        return unit_groups(site, user_id)

    def enumerateGroups(self, id=None, title=None, exact_match=False, sort_by=None, max_results=None, **kw):
        """Know a computed group by its exact id; such groups are not listed."""
        if not exact_match or not isinstance(id, str) or not id.startswith(PREFIXES):
            return ()
        return ({"id": id, "groupid": id, "title": id, "pluginid": self.getId()},)


InitializeClass(ComputedGroups)


def unit_groups(site, user_id: str) -> tuple[str, ...]:
    """Return the groups of units that *user_id* is in now."""
    assignments = IAnnotations(site, {}).get(ASSIGNMENTS)
    if assignments is None:
        return ()
    return tuple({f"unit:{one.unit}:{one.function}": None for one in assignments.of_user(user_id, now())})


def invited_as(principal_id: str) -> str:
    """Return the participant key that a principal answers to.

    That is a person, a group that speaks for its unit, or one that serves
    meetings for it; empty for other groups.
    """
    if not principal_id.startswith(PREFIXES):
        return f"user:{principal_id}"
    sort, _colon, rest = principal_id.partition(":")
    unit, _colon, function = rest.rpartition(":")
    if sort != "unit":
        return ""
    if function in SERVES_FOR_UNIT:
        return f"crew:{unit}"
    return f"unit:{unit}" if function in SPEAKS_FOR_UNIT else ""


def part_finder(site, principal_ids) -> Callable[[str], frozenset]:
    """Return a function: UID of a meeting -> the parts that any of these principals has in it now.

    Principals are persons and groups of units.
    """
    annotations = IAnnotations(site, {})
    participation, grants = annotations.get(PARTICIPATION), annotations.get(GRANTS)
    keys = [key for key in map(invited_as, principal_ids) if key]
    given: dict[str, set] = {}
    for key in keys if grants is not None else ():
        sort, _colon, name = key.partition(":")
        for one in grants.of_user(name) if sort == "user" else ():
            given.setdefault(one.meeting, set()).add(one.part)

    def parts(uid: str) -> frozenset:
        held = () if participation is None else [participation.names(key, uid) for key in keys]
        return frozenset(given.get(uid, ())).union(*held)

    return parts


def meeting_groups(site, principal_id: str, prefix: str = "meeting:") -> list[str]:
    """Return the groups of meetings that a principal (a person or a group of a unit) is in now.

    There may be thousands: no more is done for each than must be.
    """
    annotations = IAnnotations(site, {})
    participation, grants = annotations.get(PARTICIPATION), annotations.get(GRANTS)
    key, found = invited_as(principal_id), []
    # Whoever serves a meeting reads nothing of it: these need not be asked for.
    if participation is not None and key and not key.startswith("crew:"):
        found = [f"{prefix}{uid}:{name}" for uid, held in participation.items_of(key) for name in held.names]
    if grants is not None and key.startswith("user:"):
        found += [f"{prefix}{one.meeting}:{one.part}" for one in grants.of_user(principal_id)]
    return found


def computed_groups(site, user_id: str) -> tuple[str, ...]:
    """Return all groups of units and meetings that *user_id* is in now; for explanations, not for checks."""
    units = unit_groups(site, user_id)
    meetings = {group for one in (user_id, *units) for group in meeting_groups(site, one)}
    return (*units, *sorted(meetings))


def install(portal) -> None:
    """Put the plug-in into the site's user folder and switch it on."""
    folder = portal.acl_users
    if PLUGIN_ID not in folder:
        folder._setObject(PLUGIN_ID, ComputedGroups(PLUGIN_ID, "Units and meetings"))
        folder[PLUGIN_ID].manage_activateInterfaces(["IGroupsPlugin", "IGroupEnumerationPlugin"])


def uninstall(portal) -> None:
    """Take the plug-in out."""
    if PLUGIN_ID in portal.acl_users:
        portal.acl_users.manage_delObjects([PLUGIN_ID])

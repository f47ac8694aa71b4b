"""The PAS plug-in that computes groups: nothing is stored, nothing is reindexed.

- ``unit:<unit id>:<function>`` from the assignments of a person;
- ``meeting:<UID>:<part>`` from the participation records, and from what is
  given for a time (the control of a session, broken glass).

A right that has ended is gone with the next request, and a change of
participants touches no object's security.
"""

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


@implementer(IGroupsPlugin, IGroupEnumerationPlugin)
class ComputedGroups(BasePlugin):
    """Groups of units and meetings, computed from records."""

    meta_type = "Hopso Computed Groups"

    def __init__(self, id, title=""):
        self._setId(id)
        self.title = title

    def getGroupsForPrincipal(self, principal, request=None):
        """Return the ids of the groups that a person is in now."""
        user_id = principal.getId()
        site = getSite()
        if not user_id or user_id.startswith(PREFIXES) or site is None:
            return ()
        return computed_groups(site, user_id)

    def enumerateGroups(self, id=None, title=None, exact_match=False, sort_by=None, max_results=None, **kw):
        """Know a computed group by its exact id; such groups are not listed."""
        if not exact_match or not isinstance(id, str) or not id.startswith(PREFIXES):
            return ()
        return ({"id": id, "groupid": id, "title": id, "pluginid": self.getId()},)


InitializeClass(ComputedGroups)


def computed_groups(site, user_id: str) -> tuple[str, ...]:
    """Return the groups of units and meetings that *user_id* is in now."""
    annotations = IAnnotations(site, {})
    assignments = annotations.get(ASSIGNMENTS)
    participation = annotations.get(PARTICIPATION)
    grants = annotations.get(GRANTS)
    moment = now()
    if assignments is None:
        return ()
    held = assignments.of_user(user_id, moment)
    groups = {f"unit:{one.unit}:{one.function}" for one in held}
    if participation is not None:
        principals = {f"user:{user_id}"}
        principals.update(f"unit:{one.unit}" for one in held if one.function in SPEAKS_FOR_UNIT)
        for principal in principals:
            for uid, parts in participation.meetings_of(principal):
                groups.update(f"meeting:{uid}:{part}" for part in parts)
    if grants is not None:
        groups.update(f"meeting:{one.meeting}:{one.part}" for one in grants.of_user(user_id, moment))
    return tuple(groups)


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

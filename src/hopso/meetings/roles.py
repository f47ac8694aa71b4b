"""The roles of people in a meeting, asked for at the meeting.

Plone asks each object on the way up for the roles of a person and of each of
the person's groups.  The groups of meetings are none of these (a person may be
in thousands); here, the records are asked what parts the one asked for has in
this meeting, and the local roles of the meeting say what roles these parts have.
"""

from borg.localrole.interfaces import ILocalRoleProvider
from hopso.meetings.content import IMeeting
from hopso.organisation.groups import part_finder
from plone import api
from plone.uuid.interfaces import IUUID
from zope.component import adapter
from zope.interface import implementer


@implementer(ILocalRoleProvider)
@adapter(IMeeting)
class PartRoles:
    """Roles by the parts that people have in the meeting."""

    def __init__(self, meeting):
        self.meeting = meeting

    def getRoles(self, principal_id: str) -> list[str]:
        """Return the roles of a person or a group of a unit."""
        uid = IUUID(self.meeting, "")
        parts = part_finder(api.portal.get(), [principal_id])(uid) if uid and principal_id else ()
        given = getattr(self.meeting, "__ac_local_roles__", None) or {}
        return [role for part in parts for role in given.get(f"meeting:{uid}:{part}", ())]

    def getAllRoles(self):
        """Yield nothing: the local roles of the groups stand on the meeting, where Plone finds them."""
        return iter(())

"""What waits for an approver."""

from hopso.meetings.approvers import approver_ids
from plone import api


def waiting_for(user_id: str) -> list:
    """Return the catalog's records of the documents that wait for *user_id*, the longest waiting first.

    One query for the documents and one for their meetings, however many.
    """
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog(portal_type="MeetingDocument", review_state="submitted")
    meetings = catalog(portal_type="Meeting", UID=list({brain.meeting_uid for brain in brains}))
    mine = {brain.UID for brain in meetings if user_id in approver_ids(brain.getObject())}
    waiting = [brain for brain in brains if brain.meeting_uid in mine]
    return sorted(waiting, key=lambda brain: str(brain.submitted_at or ""))

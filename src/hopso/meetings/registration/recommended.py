"""Which types of meetings are to be held online, as the administrators of vocabularies say."""

from hopso.meetings.registration.hints import online_recommended
from hopso.organisation.managed import find_value
from plone import api


def hints_for(meeting) -> list:
    """Return the advice about *meeting* as it is planned now."""
    value = find_value("meeting_types", meeting.meeting_type)
    if value is None:
        return []
    return online_recommended(
        meeting.mode, value.online_recommended, api.portal.translate(value.title), value.basis
    )

"""How states, answers and documents are named and coloured on pages of meetings."""

from hopso import _


# Meeting state -> (name, class of its tag)
STATES = {
    "draft": (_("Draft"), ""),
    "registered": (_("Registered"), "hs-tag--acc"),
    "returned": (_("Returned"), "hs-tag--bad"),
    "scheduled": (_("Scheduled"), "hs-tag--acc"),
    "convened": (_("Invited"), "hs-tag--good"),
    "in_session": (_("In session"), "hs-tag--good"),
    "ended": (_("Ended"), ""),
    "concluded": (_("Concluded"), ""),
    "archived": (_("Archived"), ""),
    "postponed": (_("Postponed"), "hs-tag--warn"),
    "displaced": (_("Slot lost"), "hs-tag--warn"),
    "cancelled": (_("Cancelled"), "hs-tag--bad"),
}
# The steps of the bar, and how far a state has come (number of the present step).
STEPS = (
    _("Registration"),
    _("Scheduling"),
    _("Preparation"),
    _("Invitation"),
    _("Session"),
    _("Conclusion"),
    _("Archive"),
)
REACHED = {
    "draft": 0,
    "returned": 0,
    "registered": 1,
    "postponed": 1,
    "displaced": 1,
    "scheduled": 2,
    "convened": 4,
    "in_session": 4,
    "ended": 5,
    "concluded": 6,
    "archived": 7,
    "cancelled": 0,
}
# What is waited for, for those who cannot do the next step themselves.
WAITING = {
    "draft": _("The coordinator completes the registration and hands it in."),
    "registered": _("Whoever arranges the calendar checks the registration and confirms time and place."),
    "returned": _("The registration was returned: the coordinator completes it and hands it in again."),
    "scheduled": _("The coordinator completes the agenda and publishes it after the documents are approved."),
    "convened": _("The chair opens the meeting."),
    "in_session": _("The meeting is in session."),
    "ended": _("The secretary prepares the minutes; then the meeting is concluded."),
    "concluded": _("The archivist puts the meeting away once the minutes are issued."),
    "postponed": _("The meeting was postponed: whoever arranges the calendar finds a new time."),
    "displaced": _("The meeting lost its room to one of higher priority: a new slot is needed."),
    "cancelled": _("The meeting was cancelled."),
}
TRANSITIONS = {
    "register": _("Registered"),
    "return": _("Returned the registration"),
    "refuse": _("Refused"),
    "schedule": _("Scheduled"),
    "convene": _("Published and invited"),
    "start": _("Opened the meeting"),
    "end": _("Closed the meeting"),
    "conclude": _("Concluded"),
    "archive": _("Archived"),
    "postpone": _("Postponed"),
    "displace": _("Took the slot away"),
    "cancel": _("Cancelled"),
}
DOCUMENT_STATES = {
    "draft": (_("Not handed in"), ""),
    "submitted": (_("Waiting for approval"), "hs-tag--warn"),
    "returned": (_("Returned"), "hs-tag--bad"),
    "approved": (_("Approved"), "hs-tag--good"),
    "published": (_("Published"), "hs-tag--good"),
    "recalled": (_("Recalled"), "hs-tag--bad"),
    "superseded": (_("Superseded"), ""),
}
RECORD_STATES = {
    "draft": (_("Draft"), ""),
    "in_review": (_("Waiting for approval"), "hs-tag--warn"),
    "approved": (_("Approved"), "hs-tag--good"),
    "issued": (_("Issued"), "hs-tag--good"),
}
ANSWERS = {
    "invited": (_("No answer yet"), ""),
    "attending": (_("Attends"), "hs-tag--good"),
    "substituted": (_("Sends a substitute"), "hs-tag--acc"),
    "declined": (_("Declined"), "hs-tag--bad"),
}


def tag(table: dict, key: str) -> dict:
    """Return name and class of the tag for *key* of one of the tables above."""
    name, style = table.get(key, (key, ""))
    return {"name": name, "class": f"hs-tag {style}".strip()}

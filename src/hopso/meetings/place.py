"""From a thing to its meeting."""

from hopso.meetings.content import IMeeting


def meeting_of(context):
    """Return the meeting around *context* (itself included), None outside of meetings."""
    while context is not None:
        if IMeeting.providedBy(context):
            return context
        context = getattr(context, "__parent__", None)
    return None

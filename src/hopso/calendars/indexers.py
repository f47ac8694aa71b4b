"""What feeds need to know of a meeting besides what its list shows."""

from datetime import datetime
from datetime import UTC

from hopso.meetings.content import IMeeting
from plone.indexer import indexer


@indexer(IMeeting)
def changed_at(meeting):
    """When the meeting was edited or took a step last, aware UTC; feeds number its versions by it."""
    stamps = [meeting.modified()]
    for steps in (getattr(meeting, "workflow_history", None) or {}).values():
        stamps += [step["time"] for step in steps[-1:] if step.get("time") is not None]
    return datetime.fromtimestamp(max(one.timeTime() for one in stamps), UTC).replace(microsecond=0)

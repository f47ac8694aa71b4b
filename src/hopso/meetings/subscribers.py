"""What happens to meetings on every path: form, API, import."""

from hopso.meetings import participation
from hopso.organisation.place import give_meeting_roles
from zope.container.interfaces import IContainerModifiedEvent


def meeting_added(meeting, event):
    """A new meeting states the roles of its groups and who is in them."""
    give_meeting_roles(meeting)
    participation.synchronise(meeting)


def meeting_modified(meeting, event):
    """Changed people are in or out at once."""
    if not IContainerModifiedEvent.providedBy(event):
        participation.synchronise(meeting)


def meeting_removed(meeting, event):
    """A deleted meeting leaves nothing in the records of the site."""
    participation.forget(meeting)

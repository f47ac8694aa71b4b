"""What happens to meetings on every path: form, API, import."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import state_of
from hopso.meetings import answers  # noqa: F401  (operations register themselves)
from hopso.meetings import operations
from hopso.meetings import participation
from hopso.meetings import preparation  # noqa: F401
from hopso.meetings import rooms
from hopso.meetings.approval import clocks  # noqa: F401
from hopso.meetings.approval import operations as approval  # noqa: F401
from hopso.meetings.approval.access import synchronise_access
from hopso.meetings.approval.registrar import acts_as_registrar
from hopso.meetings.content import IAgendaItem
from hopso.meetings.place import meeting_of
from hopso.organisation.place import give_meeting_roles
from hopso.organisation.place import unit_of
from plone import api
from zope.container.interfaces import IContainerModifiedEvent


def meeting_added(meeting, event):
    """A new meeting states the roles of its groups and who is in them."""
    unit = unit_of(meeting)
    if unit is not None and meeting.host_unit != unit.getId():
        # Rights come from the place: it would be another unit's meeting in name only.
        meeting.host_unit = unit.getId()
    give_meeting_roles(meeting)
    participation.synchronise(meeting)


def meeting_modified(meeting, event):
    """Changed people are in or out at once."""
    if IContainerModifiedEvent.providedBy(event):
        return
    participation.synchronise(meeting)
    if state_of(meeting) in rooms.HOLDS_ROOMS and not rooms.keeps_slots(meeting):
        if not (api.user.has_permission(operations.SCHEDULE, obj=meeting) and acts_as_registrar(meeting)):
            raise errors.Denied(
                _("Time and rooms of a scheduled meeting are changed by whoever arranges the calendar.")
            )
        rooms.take_rooms(meeting)
    operations.stamp_complete(meeting)
    synchronise_access(meeting)


def meeting_removed(meeting, event):
    """A deleted meeting leaves nothing in the records of the site."""
    participation.forget(meeting)
    rooms.release_rooms(meeting)


def part_added(part, event):
    """The last thing that was missing starts the clock of BD-7/1."""
    meeting = meeting_of(part)
    if meeting is not None and IAgendaItem.providedBy(part):
        synchronise_access(meeting)
    if meeting is not None and state_of(meeting) in ("registered", "scheduled"):
        operations.stamp_complete(meeting)


def item_modified(item, event):
    """Another unit prepares the item: it reaches the meeting, the former one no more."""
    meeting = meeting_of(item)
    if meeting is not None:
        synchronise_access(meeting)

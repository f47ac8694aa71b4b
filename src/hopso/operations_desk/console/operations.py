"""Noting what was set during a meeting, telling sites what to do, receiving it."""

from dataclasses import replace

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.console import parameters
from hopso.operations_desk.console import records
from hopso.policy.register import rule
from plone import api


def _me() -> str:
    return api.user.get_current().getId()


def _known_place(meeting, uid):
    if uid not in {one.uid for one in places_of(meeting)}:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"place": _("This is no place of the meeting.")}
        )


@operation(
    "meeting.note_console", IMeeting, title=_("Note of the operator"), permission=SERVE,
    states=("convened", "in_session", "ended"), schema=parameters.INote, order=440,
)  # fmt: skip
@rule("TQ-P5/6")
def note_console(meeting, text, parameter, place):
    """Note what was set or seen, with the time; notes stay as they are."""
    if place:
        _known_place(meeting, place)
    records.put_note(
        meeting, records.Note(now(), _me(), text.strip(), place or "", (parameter or "").strip())
    )


@operation(
    "meeting.tell_sites", IMeeting, title=_("Task for the sites"), permission="hopso: Prepare meeting",
    states=("scheduled", "convened", "in_session"), schema=parameters.ISiteTask, order=441,
)  # fmt: skip
@rule("NT-7.2.a")
def tell_sites(meeting, text, places):
    """Tell the sites what to prepare or do."""
    for uid in places:
        _known_place(meeting, uid)
    moment = now()
    records.put_task(
        meeting, records.SiteTask(records.new_id(moment), text.strip(), _me(), moment, tuple(places))
    )


def _task(meeting, task, place):
    known = {one.id: one for one in records.tasks_of(meeting)}
    if task not in known or (known[task].places and place not in known[task].places):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"task": _("This place has no such task.")}
        )
    _known_place(meeting, place)
    if not may_serve(meeting, place):
        raise errors.Denied(_("This site is served by others."))


@operation(
    "meeting.receive_task", IMeeting, title=_("Confirm receipt"), permission=SERVE,
    states=("scheduled", "convened", "in_session"), schema=parameters.ITaskOfPlace, order=442,
)  # fmt: skip
@rule("NT-7.2.a")
def receive_task(meeting, task, place):
    """Say that a site has received a task."""
    _task(meeting, task, place)
    if records.receipt_of(meeting, task, place) is not None:
        raise errors.WrongState(_("The receipt has been confirmed already."))
    records.put_receipt(meeting, records.Receipt(task, place, _me(), now()))


@operation(
    "meeting.finish_task", IMeeting, title=_("Done"), permission=SERVE,
    states=("scheduled", "convened", "in_session"), schema=parameters.ITaskOfPlace, order=443,
)  # fmt: skip
def finish_task(meeting, task, place):
    """Say that a site has done a task; that it was received goes with it."""
    _task(meeting, task, place)
    moment, me = now(), _me()
    known = records.receipt_of(meeting, task, place) or records.Receipt(task, place, me, moment)
    if known.done_at is not None:
        raise errors.WrongState(_("This task is done already."))
    records.put_receipt(meeting, replace(known, done_by=me, done_at=moment))

"""Filling in, signing and missing checks; what a site confirms (NT-6.4, NT-7, NA-5.1/4, TQ-P5/5)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.approval import findings as approval
from hopso.meetings.content import IMeeting
from hopso.operations_desk.checks import parameters
from hopso.operations_desk.checks import rules
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.checks.records import Answer
from hopso.operations_desk.checks.records import check_store
from hopso.operations_desk.operations import incidents
from plone import api
from plone.uuid.interfaces import IUUID


STATES = ("scheduled", "convened", "in_session")
# Category of the first fault -> kind and cause of the incident.
INCIDENT_OF = {
    "sound": ("sound", "device"),
    "image": ("picture", "device"),
    "light": ("other", "device"),
    "screen": ("picture", "device"),
    "link": ("network", "line"),
    "power": ("power", "power"),
    "bridge": ("network", "line"),
}


def preparation_findings(meeting, **params) -> list:
    """Return what stands against technical preparation now (NT-4.1)."""
    return approval.preparation_findings(meeting)


def served_record(meeting, place: str):
    """Return the check of a place that the present user serves.  Raises Invalid, Denied."""
    record = check_store().get(IUUID(meeting), place)
    if record is None:
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"place": _("There is no technical check for this place.")},
        )
    if not may_serve(meeting, place, record.unit):
        raise errors.Denied(_("This site is served by others."))
    return record


@operation(
    "meeting.check_item", IMeeting, title=_("Check an item"), permission=SERVE, states=STATES,
    schema=parameters.IItemResult, check=preparation_findings, order=410,
)  # fmt: skip
def check_item(meeting, place, item, result, note, photo, act):
    """Say what was found at one item; the same act twice is one.  Raises WrongState after the signature."""
    record = served_record(meeting, place)
    if item not in {one.id for one in record.items}:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"item": _("The check has no such item.")}
        )
    known = record.answers.get(item)
    if act and known is not None and known.act == act:
        return
    if record.signed_at is not None:
        raise errors.WrongState(_("The check has been signed. Open it again to change it."))
    if result == rules.FAIL and not (note or (known.note if known else "")).strip() and photo is None:
        raise errors.Invalid(
            _("Please say what is wrong."), errors={"note": _("A fault needs a note or a photo.")}
        )
    record.answers[item] = Answer(
        result, (note or "").strip(), api.user.get_current().getId(), now(), act or ""
    )
    if photo is not None:
        record.photos[item] = photo


@operation(
    "meeting.sign_check", IMeeting, title=_("Sign the check"), permission=SERVE, states=STATES,
    schema=parameters.ISignature, check=preparation_findings, order=411,
)  # fmt: skip
def sign_check(meeting, place, note):
    """Sign the check of a place; what failed becomes an incident of the unit that has the place."""
    record = served_record(meeting, place)
    if record.signed_at is not None:
        raise errors.WrongState(_("The check has been signed already."))
    left = record.open_items()
    if left:
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"place": _("${count} items have no result yet.", mapping={"count": len(left)})},
        )
    record.signed_at, record.signed_by = now(), api.user.get_current().getId()
    record.note = (note or "").strip()
    check_store().file(record)
    if record.failed():
        record.incident = IUUID(_open_incident(meeting, record))


def _open_incident(meeting, record):
    failed, title = record.failed(), place_titles([record.place]).get(record.place, "")
    kind, cause = INCIDENT_OF.get(failed[0].category, ("other", "other"))
    lines = [f"– {one.text}: {record.answers[one.id].note}".rstrip(": ") for one in failed]
    is_site = record.kind == "site"
    return incidents.report_at_meeting(
        meeting,
        kind=kind,
        cause=cause,
        what="\n".join([title, *lines]),
        site=record.place if is_site else None,
        room=None if is_site else record.place,
    )


@operation(
    "meeting.reopen_check", IMeeting, title=_("Check once more"), permission=SERVE, states=STATES,
    schema=parameters.IReopening, order=412,
)  # fmt: skip
def reopen_check(meeting, place, reason):
    """Open a signed check again, after a repair for instance; its answers stay until they are changed."""
    record = served_record(meeting, place)
    if record.signed_at is None:
        raise errors.WrongState(_("The check has not been signed yet."))
    record.signed_at, record.signed_by = None, ""
    check_store().file(record)


@operation(
    "meeting.miss_check", IMeeting, title=_("Note a missed check"), permission=SERVE, states=STATES,
    schema=parameters.IPlace, order=413,
)  # fmt: skip
def miss_check(meeting, place):
    """Note that a check was not signed when it was due; a job does it, and those concerned are told."""
    record = check_store().get(IUUID(meeting), place)
    moment = now()
    if record is None or record.signed_at is not None or record.missed_at is not None or moment <= record.due:
        raise errors.WrongState(_("This check has not been missed."))
    record.missed_at = moment
    check_store().file(record)


@operation(
    "meeting.confirm_readiness", IMeeting, title=_("Confirm that the room is ready"), permission=SERVE,
    states=("scheduled", "convened"), schema=parameters.ISignature, check=preparation_findings, order=414,
)  # fmt: skip
def confirm_readiness(meeting, place, note):
    """Say for the unit that its room is ready for the meeting (NT-7.2.a)."""
    record = served_record(meeting, place)
    record.ready_at, record.ready_by = now(), api.user.get_current().getId()
    record.ready_note = (note or "").strip()

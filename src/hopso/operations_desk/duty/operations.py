"""Putting people on duty, swapping them, confirming that they are there (NT-7.1.b, NT-7.2.c, NT-13.2, NA-8.2/2)."""

from dataclasses import replace

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings import participation
from hopso.meetings.content import IMeeting
from hopso.operations_desk.checks.places import may_serve
from hopso.operations_desk.checks.places import place_titles
from hopso.operations_desk.checks.places import places_of
from hopso.operations_desk.checks.places import SERVE
from hopso.operations_desk.duty import parameters
from hopso.operations_desk.duty import rules
from hopso.operations_desk.duty.records import Duty
from hopso.operations_desk.duty.records import duty_store
from hopso.operations_desk.duty.records import new_id
from plone import api
from plone.uuid.interfaces import IUUID


STATES = ("scheduled", "convened", "in_session")


def _me() -> str:
    return api.user.get_current().getId()


def _times(meeting, begins, ends):
    begins = to_utc(begins) if begins else meeting.start
    ends = to_utc(ends) if ends else meeting.end
    if begins >= ends:
        raise errors.Invalid(
            _("Please check the times."), errors={"ends": _("The duty must end after it begins.")}
        )
    return begins, ends


def _who(person, name):
    if not person and not (name or "").strip():
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"person": _("Name a person, with or without account.")},
        )


def elsewhere(meeting, person, begins, ends, place) -> list:
    """Return the findings about a person who is on duty elsewhere at that time."""
    if not person:
        return []
    wanted = Duty("", IUUID(meeting), place, "", begins, ends, person)
    others = rules.overlapping(wanted, duty_store().of_person(person))
    titles = place_titles(one.place for one in others)
    return rules.at_two_places(titles.get(one.place, "–") for one in others)


def assign_findings(meeting, place="", person=None, begins=None, ends=None, **params) -> list:
    """Return what is to be said about putting this person on duty."""
    return elsewhere(meeting, person, *_times(meeting, begins, ends), place)


@operation(
    "meeting.assign_duty", IMeeting, title=_("Put on duty"), permission=SERVE, states=STATES,
    schema=parameters.IAssignment, check=assign_findings, order=430,
)  # fmt: skip
def assign_duty(meeting, place, role, person, name, phone, begins, ends):
    """Put somebody on duty at a place, for the whole meeting unless times are given."""
    if place not in {one.uid for one in places_of(meeting)}:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"place": _("This is no place of the meeting.")}
        )
    if not may_serve(meeting, place):
        raise errors.Denied(_("This site is served by others."))
    _who(person, name)
    whole = not begins and not ends
    begins, ends = _times(meeting, begins, ends)
    store, uid = duty_store(), IUUID(meeting)
    if person and any(
        one.current and one.place == place and one.user_id == person for one in store.of_meeting(uid)
    ):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"person": _("This person is on duty here already.")}
        )
    moment = now()
    store.put(
        Duty(
            new_id(moment), uid, place, role, begins, ends, person or "", (name or "").strip(),
            (phone or "").strip(), _me(), moment, whole=whole,
        )
    )  # fmt: skip
    if person:
        participation.synchronise(meeting)


def known_duty(meeting, duty_id: str) -> Duty:
    """Return a current duty of the meeting.  Raises EditConflict if it has ended or is gone."""
    duty = duty_store().get(IUUID(meeting), duty_id)
    if duty is None or not duty.current:
        raise errors.EditConflict(_("This duty has been changed in the meantime."))
    return duty


def _may_change(meeting, duty):
    if not may_serve(meeting, duty.place):
        raise errors.Denied(_("This site is served by others."))


@operation(
    "meeting.end_duty", IMeeting, title=_("Take off duty"), permission=SERVE, states=STATES,
    schema=parameters.IEndOfDuty, order=431, danger=True,
)  # fmt: skip
def end_duty(meeting, duty, reason):
    """Take somebody off duty; the record stays with its reason."""
    known = known_duty(meeting, duty)
    _may_change(meeting, known)
    duty_store().put(replace(known, ended_at=now(), reason=reason))
    if known.user_id:
        participation.synchronise(meeting)


def swap_findings(meeting, duty="", person=None, **params) -> list:
    """Return what is to be said about the one who takes over."""
    known = duty_store().get(IUUID(meeting), duty or "")
    return [] if known is None else elsewhere(meeting, person, known.begins, known.ends, known.place)


@operation(
    "meeting.swap_duty", IMeeting, title=_("Swap"), permission=SERVE, states=STATES,
    schema=parameters.ISwap, check=swap_findings, order=432,
)  # fmt: skip
def swap_duty(meeting, duty, reason, person, name, phone):
    """Let somebody else take over a duty, role and times stay."""
    known = known_duty(meeting, duty)
    _may_change(meeting, known)
    _who(person, name)
    moment, store = now(), duty_store()
    new = Duty(
        new_id(moment), known.meeting, known.place, known.role, known.begins, known.ends, person or "",
        (name or "").strip(), (phone or "").strip(), _me(), moment, whole=known.whole,
    )  # fmt: skip
    store.put(replace(known, ended_at=moment, reason=reason, replaced=new.id))
    store.put(new)
    participation.synchronise(meeting)


@operation(
    "meeting.confirm_presence", IMeeting, title=_("Confirm presence"), permission=SERVE, states=STATES,
    schema=parameters.IDutyId, order=433,
)  # fmt: skip
def confirm_presence(meeting, duty):
    """Say that somebody is there: oneself, or those who serve the place."""
    known = known_duty(meeting, duty)
    if known.user_id != _me():
        _may_change(meeting, known)
    if known.present_at is not None:
        raise errors.WrongState(_("The presence has been confirmed already."))
    duty_store().put(replace(known, present_at=now(), present_by=_me()))

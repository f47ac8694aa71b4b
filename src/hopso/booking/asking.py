"""Is it free?  What the form asks while people type, and other systems before they register."""

from hopso import _
from hopso.booking.alternatives import alternatives
from hopso.booking.alternatives import Wanted
from hopso.booking.answers import of_room
from hopso.booking.answers import span
from hopso.booking.answers import visible_titles
from hopso.booking.answers import why
from hopso.booking.hours import outside_hours
from hopso.booking.resources import resources_that_are
from hopso.booking.resources import thing_of
from hopso.booking.spans import LONGEST
from hopso.booking.spans import room_key
from hopso.booking.spans import site_key
from hopso.booking.store import ledger
from hopso.core import errors
from hopso.core.parameters import parse_datetime
from hopso.core.text import local
from hopso.core.views.answers import describe_finding
from hopso.inventory.rules import bookable
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from plone import api


MOST_THINGS = 80
MOST_PEOPLE = 100_000


def read(raw: dict) -> Wanted:
    """Return what *raw* asks for: ``rooms``, ``sites`` (UIDs), ``start``, ``end``, ``people``, ``meeting`` (UID).

    Texts or JSON values.  Raises Invalid, naming every bad parameter.
    """
    bad, found = {}, {}
    for name in ("start", "end"):
        try:
            found[name] = parse_datetime(raw.get(name) or "")
        except (ValueError, TypeError, OverflowError):
            bad[name] = _("This value has the wrong form.")
    for name, key in (("rooms", room_key), ("sites", site_key)):
        found[name] = _uids(raw.get(name))
        if found[name] is None or not resources_that_are(key(uid) for uid in found[name]):
            bad[name] = _("There is no such room or site.")
    if not bad and found["end"] <= found["start"]:
        bad["end"] = _("The end must come after the start.")
    elif not bad and found["end"] - found["start"] > LONGEST:
        bad["end"] = _("Nothing is booked for more than ${days} days.", mapping={"days": LONGEST.days})
    try:
        people = int(raw.get("people") or 0)
        if not 0 <= people <= MOST_PEOPLE:
            raise ValueError
    except (ValueError, TypeError):
        bad["people"] = _("This value has the wrong form.")
    meeting = _meeting(raw.get("meeting"))
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    policy = policy_for(meeting) if meeting is not None else current_policy()
    holder = meeting.UID() if meeting is not None else ""
    return Wanted(found["rooms"], found["sites"], found["start"], found["end"], people, holder, policy)


def _uids(raw):
    parts = raw.split(",") if isinstance(raw, str) else raw or ()
    if not isinstance(parts, (list, tuple)) or len(parts) > MOST_THINGS:
        return None
    if not all(isinstance(one, str) for one in parts):
        return None
    return tuple(dict.fromkeys(one.strip() for one in parts if one.strip()))


def _meeting(uid):
    """Return the meeting whose own bookings do not count; None if the present user does not see it."""
    if not uid or not isinstance(uid, str):
        return None
    brains = api.portal.get_tool("portal_catalog").searchResults(UID=uid, portal_type="Meeting")
    return brains[0].getObject() if brains else None


def answer(wanted: Wanted, request) -> dict:
    """Return for each thing whether it is free, who has it (to those who may know), and what is free instead."""
    book, times = ledger(), wanted.span()
    taken = {
        resource: [one for one in book.between(resource, *times) if one.holder != wanted.holder]
        for resource in wanted.resources()
    }
    titles = visible_titles(one.holder for others in taken.values() for one in others)
    findings = list(outside_hours(wanted.start, wanted.end, wanted.policy.bookable_hours))
    things = []
    for resource, others in taken.items():
        kind, _colon, name = resource.partition(":")
        thing = thing_of(resource)
        if kind == "room" and thing is not None:
            findings += of_room(thing.title, bookable(thing, wanted.policy, local(wanted.start).date()))
        things.append(
            {
                "resource": resource,
                "kind": kind,
                "title": name if kind == "bridge" else getattr(thing, "title", name),
                "free": not others,
                "taken": [
                    {"title": titles.get(one.holder, "") or why(one), "span": span(one.begins, one.ends)}
                    for one in others
                ],
            }
        )
    free = all(one["free"] for one in things)
    return {
        "start": wanted.start.isoformat(),
        "end": wanted.end.isoformat(),
        "span": span(wanted.start, wanted.end),
        "free": free,
        "resources": things,
        "findings": [describe_finding(one, request) for one in findings],
        "alternatives": [one.as_dict() for one in alternatives(wanted)] if not free else [],
    }

"""What a person has to do, what is on, what is new: the data of the start page.

One catalog query a block at most; which meetings are the person's own is read
from the participation store, never from the catalog.  The choosing is done by
pure functions on rows, so that it can be tested with tables.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cached_property
from itertools import islice

from DateTime import DateTime
from hopso import _
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.assignments import functions_of
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from plone import api


SHOWN = 5  # rows of a block before "show all"
MOST_NEWS = 100  # in the list of all
NEW_FOR = timedelta(days=14)
ENDS_OF_DAY = ((11, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
GREETINGS = {
    "morning": _("Good morning, ${name}"),
    "noon": _("Good day, ${name}"),
    "afternoon": _("Good afternoon, ${name}"),
    "evening": _("Good evening, ${name}"),
}
TO_PREPARE = ("draft", "returned", "scheduled")
OFF = ("cancelled", "postponed", "displaced")
PLANNED = ("registered", "scheduled", "convened", "in_session", "ended", "concluded")


@dataclass(frozen=True)
class Me:
    """The person of the page: functions by unit, parts by meeting (UID)."""

    user_id: str
    name: str = ""
    functions: tuple = ()  # (function, unit id)
    parts: dict = field(default_factory=dict)  # meeting UID -> parts
    invited: dict = field(default_factory=dict)  # meeting UID -> whether an answer is still to come

    def units(self, *functions: str) -> set[str]:
        """Return the ids of the units in which the person has one of *functions*."""
        return {unit for function, unit in self.functions if function in functions}

    def with_part(self, *parts: str) -> list[str]:
        """Return the UIDs of the meetings in which the person has one of *parts*."""
        return list(dict.fromkeys(uid for part in parts for uid in self._by_part.get(part, ())))

    @cached_property
    def _by_part(self) -> dict[str, list]:
        found: dict[str, list] = {}
        for uid, held in self.parts.items():
            for part in held:
                found.setdefault(part, []).append(uid)
        return found


def whoami() -> Me:
    """Return the present user as the start page needs to know it."""
    from hopso.meetings.participation import participation_store

    member = api.user.get_current()
    user_id = member.getId()
    held = functions_of(user_id)
    store = participation_store()
    parts: dict[str, tuple] = {}
    invited: dict[str, bool] = {}
    principals = [f"user:{user_id}"]
    principals += sorted({f"unit:{one.unit}" for one in held if one.function in SPEAKS_FOR_UNIT})
    for principal in principals:
        for uid, one in store.items_of(principal):
            names = one.names
            parts[uid] = (*parts[uid], *names) if uid in parts else names
            if "delegates" in names or "guests" in names:
                invited[uid] = one.waiting or invited.get(uid, False)
    return Me(
        user_id,
        member.getProperty("fullname") or user_id,
        tuple((one.function, one.unit) for one in held),
        parts,
        invited,
    )


# ---- pure functions ----


def part_of_day(moment: datetime) -> str:
    """Return ``morning``, ``noon``, ``afternoon`` or ``evening`` for an aware *moment*."""
    hour = local(moment).hour
    return next(name for end, name in ENDS_OF_DAY if hour < end)


def day_bounds(moment: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of the day of *moment* in Viet Nam, and that of the next day."""
    start = datetime.combine(local(moment).date(), time(), tzinfo=local(moment).tzinfo)
    return start, start + timedelta(days=1)


def inside(path: str, units) -> bool:
    """Tell whether a catalog path lies in one of *units* (ids)."""
    return not units.isdisjoint(path.split("/"))


def on_day(meetings, first: datetime, after: datetime) -> list:
    """Return the meetings (with ``meeting_start``, ``meeting_end``) that touch [first, after)."""
    return [one for one in meetings if one.meeting_start < after and one.meeting_end > first]


def to_schedule(me: Me, meetings) -> list:
    """Return the registered meetings that the person arranges, as the policy of each says."""
    from hopso.meetings.approval.inbox import is_mine  # which knows the start page's person

    return [one for one in meetings if one.review_state == "registered" and is_mine(me, one)]


def to_prepare(me: Me, meetings) -> list:
    """Return the meetings whose preparation waits for the person."""
    units = me.units("coordinators", "secretaries")
    mine = set(me.with_part("preparer", "secretary"))
    return [
        one
        for one in meetings
        if one.review_state in TO_PREPARE and (one.UID in mine or inside(one.getPath(), units))
    ]


def to_conclude(me: Me, records) -> list:
    """Return minutes and notices to approve (as chair) or to issue (as archivist or coordinator)."""
    chaired = set(me.with_part("chair"))
    issuing = me.units("archivists", "coordinators")
    return [
        one
        for one in records
        if (one.review_state == "in_review" and one.meeting_uid in chaired)
        or (one.review_state == "approved" and inside(one.getPath(), issuing))
    ]


def new_for(me: Me, brains, limit: int | None = None) -> list:
    """Return the first *limit* of what was published or issued in the person's own meetings, in their order."""
    return list(islice((one for one in brains if one.meeting_uid in me.parts), limit))


# ---- queries ----


def _query(**query) -> list:
    return list(api.portal.get_tool("portal_catalog")(**query))


def documents_to_approve(me: Me) -> list:
    """Return the submitted documents of meetings whose documents the person approves, oldest first."""
    uids = me.with_part("approver")
    if not uids:
        return []
    found = _query(portal_type="MeetingDocument", review_state="submitted", meeting_uid=uids)
    return sorted(found, key=lambda one: (one.submitted_at or one.modified.asdatetime(), one.getId))


def open_meetings(moment: datetime) -> list:
    """Return the visible meetings that are not over before the day of *moment*, by start."""
    first, _after = day_bounds(moment)
    return _query(
        portal_type="Meeting",
        meeting_end={"query": DateTime(first), "range": "min"},
        sort_on="meeting_start",
    )


def returned_documents(me: Me) -> list:
    """Return documents that came back to those who prepare them."""
    units = me.units("coordinators", "secretaries")
    mine = set(me.with_part("preparer", "secretary"))
    if not units and not mine:
        return []
    found = _query(portal_type="MeetingDocument", review_state="returned")
    return [one for one in found if one.meeting_uid in mine or inside(one.getPath(), units)]


def open_records(me: Me) -> list:
    """Return minutes and notices that wait for the person."""
    if not me.with_part("chair") and not me.units("archivists", "coordinators"):
        return []
    return to_conclude(
        me, _query(portal_type=["Minutes", "ConclusionNotice"], review_state=["in_review", "approved"])
    )


# What waits at the desk: portal type -> open states, functions of those who look after it.
DESK = {
    "Incident": (("reported", "in_hand"), ("admins", "technicians")),
    "Feedback": (("sent", "in_hand", "forwarded"), ("admins", "coordinators")),
    "Violation": (("recorded",), ("leaders",)),
    "DataRequest": (("asked",), ("admins",)),
}


def at_the_desk(me: Me) -> list:
    """Return incidents, feedback, violations and requests that wait for the person, the latest first."""
    helpers = {function for _states, functions in DESK.values() for function in functions}
    if not me.units(*helpers):
        return []
    found = _query(
        portal_type=list(DESK),
        review_state=sorted({state for states, _functions in DESK.values() for state in states}),
        sort_on="created",
        sort_order="descending",
    )
    return [
        one
        for one in found
        if one.review_state in DESK[one.portal_type][0]
        and inside(one.getPath(), me.units(*DESK[one.portal_type][1]))
    ]


def news(me: Me, moment: datetime, limit: int = MOST_NEWS) -> list:
    """Return documents published and records issued lately in the person's meetings, the latest first.

    Makes no more of the catalog's records than it takes to find *limit*.
    """
    if not me.parts:
        return []
    found = api.portal.get_tool("portal_catalog")(
        portal_type=["MeetingDocument", "Minutes", "ConclusionNotice"],
        review_state=["published", "issued"],
        modified={"query": DateTime(moment - NEW_FOR), "range": "min"},
        sort_on="modified",
        sort_order="descending",
    )
    return new_for(me, found, limit)


def unanswered(me: Me, meetings) -> list:
    """Return the convened meetings for which the person has not answered yet."""
    return [
        one for one in meetings if one.review_state in ("convened", "in_session") and me.invited.get(one.UID)
    ]


__all__ = ["Me", "now", "whoami"]

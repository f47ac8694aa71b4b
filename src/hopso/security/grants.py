"""Parts in a meeting that are given for a time: the control of a session, broken glass.

They lie beside the participation records: one tuple of small records a person,
and for each meeting the set of those who have or had one.  What has ended stays
as a record of who could do what; the groups plug-in asks for what holds now, so
that a grant ends by itself, with the minute.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from hopso.core.text import now
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.grants"
CONSOLE, BREAKGLASS = "console", "breakglass"


@dataclass(frozen=True)
class Grant:
    """A part of one person in one meeting; datetimes are UTC.

    meeting: UID; part: CONSOLE or BREAKGLASS; until: None means with the meeting;
    given_by: user id; reason: why; ended_by: user id of who ended it before its time.
    """

    user_id: str
    meeting: str
    part: str
    since: datetime
    until: datetime | None = None
    given_by: str = ""
    reason: str = ""
    ended_by: str = ""

    def current(self, moment: datetime) -> bool:
        """Tell whether it holds at *moment* (aware)."""
        return self.since <= moment and (self.until is None or moment < self.until)


class GrantStore(Persistent):
    """All grants of the site, also those that have ended."""

    def __init__(self):
        self.by_user = OOBTree()  # user id -> tuple of Grant, the oldest first
        self.by_meeting = OOBTree()  # meeting UID -> OOTreeSet of user ids

    def of_user(self, user_id: str, moment: datetime | None = None) -> list[Grant]:
        """Return what a person holds at *moment* (default: now)."""
        held = self.by_user.get(user_id, ())
        if not held:
            return []
        moment = moment or now()
        return [one for one in held if one.current(moment)]

    def history(self, uid: str, part: str = "") -> list[Grant]:
        """Return everything that was ever given in a meeting, the latest first."""
        found = [
            one
            for user_id in self.by_meeting.get(uid, ())
            for one in self.by_user.get(user_id, ())
            if one.meeting == uid and part in ("", one.part)
        ]
        return sorted(found, key=lambda one: one.since, reverse=True)

    def of_meeting(self, uid: str, part: str = "", moment: datetime | None = None) -> list[Grant]:
        """Return what holds in a meeting at *moment* (default: now), the latest first."""
        moment = moment or now()
        return [one for one in self.history(uid, part) if one.current(moment)]

    def give(self, grant: Grant) -> Grant:
        """Keep a new grant and return it."""
        self.by_user[grant.user_id] = (*self.by_user.get(grant.user_id, ()), grant)
        if grant.meeting not in self.by_meeting:
            self.by_meeting[grant.meeting] = OOTreeSet()
        self.by_meeting[grant.meeting].insert(grant.user_id)
        return grant

    def end(self, uid: str, part: str, user_id: str = "", *, by: str = "") -> list[Grant]:
        """End what holds now in a meeting (of one person, or of all); return what was ended."""
        moment, ended = now(), self.of_meeting(uid, part)
        ended = [one for one in ended if user_id in ("", one.user_id)]
        for grant in ended:
            self.by_user[grant.user_id] = tuple(
                replace(one, until=moment, ended_by=by) if one == grant else one
                for one in self.by_user[grant.user_id]
            )
        return ended


def grant_store() -> GrantStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> GrantStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = GrantStore()
    return annotations[KEY]

"""How leaders and staff use the system (BD-12.2.a, BD-12.2.b/1): figures of a unit and a period.

Two queries and one look at the records of each meeting, however many people
there are; a row costs no query.
"""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from DateTime import DateTime
from hopso.core.moments import LOCAL
from hopso.core.text import name_key
from hopso.meetings import participation
from hopso.meetings.statistics import COUNTED_STATES
from hopso.operations_desk.reads import read_store
from hopso.organisation.assignments import assignment_store
from hopso.organisation.groups import SPEAKS_FOR_UNIT
from hopso.organisation.interfaces import FUNCTIONS
from hopso.organisation.names import person_names
from hopso.policy.register import rule
from plone import api


PARTS = {"delegates", "guests", "chair", "secretary"}


@dataclass(frozen=True)
class Use:
    """How one person used the system in a period.

    unit: id; function: the weightiest one there; meetings: that she took part in;
    published, opened: documents of these meetings, and those of them that she opened;
    unanswered: invitations without an answer; unread: meetings with documents of
    which she opened none; last_login: aware, None if never (or not known).
    """

    user_id: str
    name: str
    unit: str
    function: str
    position: str = ""
    meetings: int = 0
    published: int = 0
    opened: int = 0
    unanswered: int = 0
    unread: int = 0
    last_login: datetime | None = None

    @property
    def leader(self) -> bool:
        """Tell whether the person leads the unit."""
        return self.function in ("leaders", "provincial_chairs")

    @property
    def percent(self) -> int | None:
        """Share of the documents that were opened, None if there were none."""
        return round(100 * self.opened / self.published) if self.published else None


@rule("BD-12.2.a", "BD-12.2.b/1")
def measure(meetings, opened, answers) -> dict:
    """Return the numbers of one person.

    meetings: UID -> UIDs of its published documents; opened: UIDs of documents
    that the person opened; answers: what she answered, by meeting UID, only for
    invitations of her own.
    """
    read = {uid: sum(1 for one in documents if one in opened) for uid, documents in meetings.items()}
    return {
        "meetings": len(meetings),
        "published": sum(len(documents) for documents in meetings.values()),
        "opened": sum(read.values()),
        "unanswered": sum(1 for uid in meetings if answers.get(uid) == participation.INVITED),
        "unread": sum(1 for uid, documents in meetings.items() if documents and not read[uid]),
    }


def usage(unit_ids, first: date, last: date) -> list[Use]:
    """Return how the people of units (ids) used the system from *first* to *last* (days in Viet Nam).

    Leaders first, then by given name.  A person with functions in several units
    counts in the first of them.  Checks no right.
    """
    people = _people(unit_ids)
    found = _uses(people, first, last)
    return sorted(found, key=lambda one: (not one.leader, name_key(one.name)))


def usage_of(user_id: str, first: date, last: date) -> Use:
    """Return how one person used the system, for her own page."""
    held = assignment_store().of_user(user_id)
    one = held[0] if held else None
    people = {user_id: (one.unit, one.function, one.position) if one else ("", "", "")}
    return _uses(people, first, last)[0]


def _people(unit_ids) -> dict[str, tuple]:
    found: dict[str, tuple] = {}
    for unit_id in unit_ids:
        for user_id, one in assignment_store().of_unit(unit_id):
            known = found.get(user_id)
            if known is None or (
                known[0] == unit_id and FUNCTIONS.index(one.function) < FUNCTIONS.index(known[1])
            ):
                found[user_id] = (unit_id, one.function, one.position or (known[2] if known else ""))
    return found


def _uses(people, first, last) -> list[Use]:
    taking_part = {user_id: _meetings_of(user_id) for user_id in people}
    every = {uid for uids in taking_part.values() for uid in uids}
    documents, answers = _documents_and_answers(every, first, last)
    reads, names, logins = read_store(), person_names(people), _last_logins(people)
    found = []
    for user_id, (unit, function, position) in people.items():
        mine = {uid: documents[uid] for uid in taking_part[user_id] if uid in documents}
        numbers = measure(
            mine,
            reads.of_user(user_id) if reads is not None else {},
            {uid: answers[uid].get(f"user:{user_id}") for uid in mine},
        )
        found.append(
            Use(user_id, names[user_id], unit, function, position, **numbers, last_login=logins.get(user_id))
        )
    return found


def _meetings_of(user_id) -> set[str]:
    store = participation.participation_store()
    principals = [f"user:{user_id}"]
    principals += {
        f"unit:{one.unit}" for one in assignment_store().of_user(user_id) if one.function in SPEAKS_FOR_UNIT
    }
    return {
        uid
        for principal in principals
        for uid, parts in store.meetings_of(principal)
        if PARTS.intersection(parts)
    }


def _documents_and_answers(uids, first, last):
    """Return UID of the meeting -> its published documents, and -> answers by principal."""
    if not uids:
        return {}, {}
    catalog = api.portal.get_tool("portal_catalog")
    start = datetime.combine(first, time(), tzinfo=LOCAL)
    end = datetime.combine(last, time(), tzinfo=LOCAL) + timedelta(days=1, microseconds=-1)
    meetings = catalog.unrestrictedSearchResults(
        portal_type="Meeting",
        UID=sorted(uids),
        review_state=list(COUNTED_STATES),
        meeting_start={"query": (DateTime(start.isoformat()), DateTime(end.isoformat())), "range": "min:max"},
    )
    documents = {brain.UID: [] for brain in meetings}
    answers = {
        brain.UID: {
            key: one.answer for key, one in participation.records(brain._unrestrictedGetObject()).items()
        }
        for brain in meetings
    }
    if documents:
        for brain in catalog.unrestrictedSearchResults(
            portal_type="MeetingDocument", review_state="published", meeting_uid=list(documents)
        ):
            documents[brain.meeting_uid].append(brain.UID)
    return documents, answers


def _last_logins(user_ids) -> dict:
    try:
        from hopso.accounts import logins
    except ImportError:
        return {}
    return logins.last_logins(user_ids)

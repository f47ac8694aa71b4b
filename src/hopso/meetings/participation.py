"""Who takes part in which meeting, in what part, and what they answered.

Two structures, both made of BTrees with one small record a person:

- on the site, by principal (``user:<id>``, ``unit:<id>`` or ``crew:<unit id>``) and
  meeting UID: parts and since when; roles, the catalog and the start page read it;
- on the meeting, by principal: the ``Participation`` record.

No counter, no list, no catalog: two people who answer at once do not meet.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime

from BTrees.OOBTree import OOBTree
from hopso.core.text import now
from persistent import Persistent
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.participation"
NAMED = KEY + ".named"  # on the meeting: who was given a part by its fields, without a record
PARTS = ("chair", "secretary", "approver", "preparer", "delegates", "guests", "technicians")
INVITED, ATTENDING, SUBSTITUTED, DECLINED = "invited", "attending", "substituted", "declined"
ANSWERS = (INVITED, ATTENDING, SUBSTITUTED, DECLINED)
# Between principal and UID in a key, and the next character: neither is in any id.
BETWEEN, AFTER = "\n", "\x0b"


@dataclass(frozen=True)
class Participation:
    """The record of one invited principal.

    ``answer`` is one of ANSWERS; ``substitute`` the user id of the person who
    comes instead; ``answered_at`` an aware datetime; ``answered_by`` a user id.
    """

    principal: str
    part: str = "delegates"
    answer: str = INVITED
    substitute: str = ""
    reason: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True)
class Held:
    """What a principal has in a meeting.

    names: the parts, sorted; since: from when on each of them (UTC); waiting: the
    invitation has not been answered.
    """

    names: tuple[str, ...] = ()
    since: tuple[datetime, ...] = ()
    waiting: bool = False


class ParticipationStore(Persistent):
    """Who has which parts in which meeting, one entry a principal and meeting.

    One tree for all, sorted by principal: whoever is invited for the first time
    costs no more than anybody else, and a change writes one bucket.
    """

    def __init__(self):
        self.parts = OOBTree()  # "principal\nUID" -> Held

    def items_of(self, principal: str):
        """Yield (meeting UID, Held) of a principal."""
        begin = len(principal) + 1
        found = self.parts.items(f"{principal}{BETWEEN}", f"{principal}{AFTER}", excludemax=True)
        return ((key[begin:], held) for key, held in found)

    def meetings_of(self, principal: str):
        """Yield (meeting UID, parts) of a principal."""
        return ((uid, held.names) for uid, held in self.items_of(principal))

    def held(self, principal: str, uid: str) -> tuple:
        """Return ((part, since), …) of a principal in a meeting; ``since`` is UTC."""
        held = self.parts.get(f"{principal}{BETWEEN}{uid}")
        return () if held is None else tuple(zip(held.names, held.since, strict=True))

    def names(self, principal: str, uid: str) -> tuple[str, ...]:
        """Return the parts of a principal in a meeting."""
        held = self.parts.get(f"{principal}{BETWEEN}{uid}")
        return () if held is None else held.names

    def set_parts(self, principal: str, uid: str, parts, waiting: bool = False) -> None:
        """State the parts of a principal in a meeting; none takes it out, those held before keep their time."""
        key = f"{principal}{BETWEEN}{uid}"
        known = self.parts.get(key)
        since, moment = dict(zip(known.names, known.since, strict=True) if known else ()), now()
        names = tuple(sorted(parts))
        held = Held(names, tuple(since.get(name, moment) for name in names), waiting)
        if not names:
            self.parts.pop(key, None)
        elif held != known:
            self.parts[key] = held


def participation_store() -> ParticipationStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> ParticipationStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = ParticipationStore()
    return annotations[KEY]


def records(meeting) -> dict[str, Participation]:
    """Return principal -> record of a meeting (a read-only view of it)."""
    return IAnnotations(meeting).get(KEY, {})


def record_of(meeting, user_id: str) -> Participation | None:
    """Return the own record of a person, None if only a unit or nobody was invited."""
    return records(meeting).get(f"user:{user_id}")


def wanted_parts(meeting) -> dict[str, set[str]]:
    """Return principal -> parts as the fields and the answers of *meeting* state them."""
    # Both ask for the policy, and that for meetings.
    from hopso.meetings import crew
    from hopso.meetings.approvers import approver_ids

    parts: dict[str, set[str]] = {}
    for name in ("chair", "secretary", "approver", "preparer"):
        if user_id := getattr(meeting, name, None):
            parts.setdefault(f"user:{user_id}", set()).add(name)
    for user_id in approver_ids(meeting):
        # Nobody named: the chair, or whom the regulation puts in (BD-6.3).
        parts.setdefault(f"user:{user_id}", set()).add("approver")
    for principal in meeting.participants or ():
        parts.setdefault(principal, set()).add("delegates")
    for record in records(meeting).values():
        if record.part != "delegates":
            parts.setdefault(record.principal, set()).add(record.part)
        if record.answer == SUBSTITUTED and record.substitute:
            parts.setdefault(f"user:{record.substitute}", set()).add("delegates")
            if record.principal.startswith("user:"):
                # Whoever sends somebody else hands over the right to the papers.
                parts.get(record.principal, set()).discard("delegates")
    for principal in crew.crew_of(meeting):
        parts.setdefault(principal, set()).add(crew.PART)
    return parts


def holders(meeting) -> set[str]:
    """Return every principal that may have a part now or had one until the last change."""
    found = set(IAnnotations(meeting).get(NAMED, ()))
    for record in records(meeting).values():
        found.add(record.principal)
        if record.substitute:
            found.add(f"user:{record.substitute}")
    return found


def synchronise(meeting) -> int:
    """Bring the records in line with the meeting's fields; return how many principals changed.

    Writes at most one small bucket a changed principal, and never touches the
    meeting's documents.
    """
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    kept = annotations[KEY]
    before = holders(meeting)
    invited = set(meeting.participants or ())
    changed = 0
    for principal in invited - set(kept):
        kept[principal] = Participation(principal)
        changed += 1
    for principal in [key for key, one in kept.items() if one.part == "delegates" and key not in invited]:
        del kept[principal]
        changed += 1
    wanted = wanted_parts(meeting)
    _give(meeting, wanted, before | set(wanted))
    named = tuple(sorted(set(wanted) - set(kept)))
    if named != annotations.get(NAMED, ()):
        annotations[NAMED] = named
    return changed


def hand_over(meeting, old: str, new: str) -> None:
    """Put one principal in the place of another among the invited, with its answer.

    Who was invited already and has answered keeps the own answer.
    """
    annotations = IAnnotations(meeting)
    before = holders(meeting)
    listed = [new if one == old else one for one in meeting.participants or ()]
    meeting.participants = tuple(dict.fromkeys(listed))
    kept = annotations.get(KEY, {})
    if old in kept:
        record = kept.pop(old)
        if new not in kept or kept[new].answer == INVITED:
            kept[new] = replace(record, principal=new)
    synchronise(meeting)
    _give(meeting, wanted_parts(meeting), before)


def put_record(meeting, record: Participation, **changes) -> Participation:
    """Store *record* with *changes*, update the groups, return the new record."""
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    kept = annotations[KEY]
    before = kept.get(record.principal, record)
    record = replace(record, **changes)
    kept[record.principal] = record
    substitutes = {f"user:{one.substitute}" for one in (before, record) if one.substitute}
    _give(meeting, wanted_parts(meeting), {record.principal, *substitutes})
    return record


def drop_record(meeting, principal: str) -> None:
    """Take the record of a principal away; parts that the meeting's fields state stay."""
    kept = IAnnotations(meeting).get(KEY, {})
    if principal in kept:
        del kept[principal]
    _give(meeting, wanted_parts(meeting), [principal])


def _give(meeting, wanted: dict, principals) -> None:
    """Write the wanted parts of *principals* to the site's store."""
    store, uid, kept = participation_store(), IUUID(meeting), records(meeting)
    for principal in principals:
        waiting = principal in kept and kept[principal].answer == INVITED
        store.set_parts(principal, uid, wanted.get(principal, ()), waiting)


def parts_since(meeting) -> dict[str, dict[str, datetime | None]]:
    """Return principal -> part -> since when (UTC), of those who have one."""
    store, uid = participation_store(), IUUID(meeting)
    held = {principal: dict(store.held(principal, uid)) for principal in holders(meeting)}
    return {principal: parts for principal, parts in held.items() if parts}


def forget(meeting) -> None:
    """Take a deleted meeting out of the site's store."""
    _give(meeting, {}, holders(meeting))

"""Who takes part in which meeting, in what part, and what they answered.

Two structures, both made of BTrees with one small record a person:

- on the site, by principal (``user:<id>`` or ``unit:<id>``): meeting UID ->
  parts; the PAS plug-in reads it, the start page too;
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
GIVEN = KEY + ".given"  # on the meeting: principal -> ((part, since), …) as the site's store has it
PARTS = ("chair", "secretary", "approver", "preparer", "delegates", "guests", "technicians")
INVITED, ATTENDING, SUBSTITUTED, DECLINED = "invited", "attending", "substituted", "declined"
ANSWERS = (INVITED, ATTENDING, SUBSTITUTED, DECLINED)


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


class ParticipationStore(Persistent):
    """Meetings by principal."""

    def __init__(self):
        self.by_principal = OOBTree()  # principal -> OOBTree: meeting UID -> tuple of parts

    def meetings_of(self, principal: str):
        """Yield (meeting UID, parts) of a principal."""
        return self.by_principal[principal].items() if principal in self.by_principal else ()

    def set_parts(self, principal: str, uid: str, parts) -> None:
        """State the parts of a principal in a meeting; none takes it out."""
        parts = tuple(sorted(parts))
        meetings = self.by_principal.get(principal)
        if meetings is None:
            if not parts:
                return
            meetings = self.by_principal[principal] = OOBTree()
        if not parts:
            if uid in meetings:
                del meetings[uid]
        elif meetings.get(uid) != parts:
            meetings[uid] = parts


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
    from hopso.meetings.approvers import approver_ids  # which asks for the policy, and that for meetings

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
    return parts


def synchronise(meeting) -> int:
    """Bring the records in line with the meeting's fields; return how many principals changed.

    Writes at most one small bucket a changed principal, and never touches the
    meeting's documents.
    """
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    kept = annotations[KEY]
    invited = set(meeting.participants or ())
    changed = 0
    for principal in invited - set(kept):
        kept[principal] = Participation(principal)
        changed += 1
    for principal in [key for key, one in kept.items() if one.part == "delegates" and key not in invited]:
        del kept[principal]
        changed += 1
    _apply(meeting)
    return changed


def put_record(meeting, record: Participation, **changes) -> Participation:
    """Store *record* with *changes*, update the groups, return the new record."""
    annotations = IAnnotations(meeting)
    if KEY not in annotations:
        annotations[KEY] = OOBTree()
    record = replace(record, **changes)
    annotations[KEY][record.principal] = record
    _apply(meeting)
    return record


def _apply(meeting) -> None:
    """Write the wanted parts to the site's store, remembering whom they were given to."""
    store, uid = participation_store(), IUUID(meeting)
    wanted = wanted_parts(meeting)
    annotations = IAnnotations(meeting)
    if not isinstance(annotations.get(GIVEN), OOBTree):
        annotations[GIVEN] = OOBTree(dict.fromkeys(annotations.get(GIVEN, ()), ()))
    given, moment = annotations[GIVEN], now()
    for principal in set(given) | set(wanted):
        parts = wanted.get(principal, ())
        store.set_parts(principal, uid, parts)
        known = dict(given.get(principal, ()))
        kept = tuple((part, known.get(part, moment)) for part in sorted(parts))
        if not kept:
            given.pop(principal, None)
        elif kept != given.get(principal):
            given[principal] = kept


def parts_since(meeting) -> dict[str, dict[str, datetime | None]]:
    """Return principal -> part -> since when (UTC), as it was given to the groups."""
    kept = IAnnotations(meeting).get(GIVEN, ())
    if not isinstance(kept, OOBTree):
        return {principal: {} for principal in kept}
    return {principal: dict(parts) for principal, parts in kept.items()}


def forget(meeting) -> None:
    """Take a deleted meeting out of the site's store."""
    store, uid = participation_store(), IUUID(meeting)
    for principal in IAnnotations(meeting).get(GIVEN, ()):
        store.set_parts(principal, uid, ())

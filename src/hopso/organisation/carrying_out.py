"""Carrying out what was planned, effect by effect, inside of one transaction."""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import time
from datetime import timedelta

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from hopso import _
from hopso.accounts.records import account_store
from hopso.accounts.records import PersonnelEvent
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.text import local
from hopso.core.text import now
from hopso.meetings import participation
from hopso.organisation.assignments import assignment_store
from hopso.organisation.effects import Close
from hopso.organisation.effects import Create
from hopso.organisation.effects import HandOver
from hopso.organisation.effects import Move
from hopso.organisation.effects import Rename
from hopso.organisation.events import PeopleHandedOver
from hopso.organisation.place import device_folder
from hopso.organisation.place import give_unit_roles
from hopso.organisation.place import meeting_folder
from hopso.organisation.place import province
from hopso.organisation.place import room_folder
from hopso.organisation.records import Change
from hopso.organisation.records import Decision
from hopso.organisation.records import organisation_store
from hopso.organisation.tree import find_unit
from OFS.event import ObjectWillBeMovedEvent
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.container.contained import notifyContainerModified
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
from zope.lifecycleevent import ObjectMovedEvent


@dataclass
class Execution:
    """One reorganisation at work; ``ids`` leads from ``new:…`` to the ids of the units made."""

    decision: Decision
    user_id: str
    ids: dict = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it holds from: the first moment of the day of effect, but not later than now; UTC."""
        return min(to_utc(datetime.combine(self.decision.effective, time())), now())

    def unit(self, unit_id: str):
        """Return the unit behind an id of the plan.  Raises EditConflict if it is gone."""
        found = find_unit(self.ids.get(unit_id, unit_id))
        if found is None:
            raise errors.EditConflict(_("A unit of the plan does not exist any more."))
        return found

    def real(self, unit_ids) -> tuple[str, ...]:
        """Return the ids with those of units made meanwhile put in."""
        return tuple(self.ids.get(one, one) for one in unit_ids)

    def remember(self, unit_id: str, kind: str, before=(), after=(), others=()) -> None:
        """Write a line into the history of a unit."""
        organisation_store().add_change(
            unit_id,
            Change(
                kind,
                self.decision.effective,
                now(),
                self.user_id,
                self.decision.number,
                self.decision.day,
                self.decision.reason,
                tuple(before),
                tuple(after),
                self.real(others),
            ),
        )


def carry_out(effects, decision: Decision, user_id: str, progress=None) -> tuple[str, ...]:
    """Apply *effects* in order; return the ids of the units that were made.

    *progress* is called with (done, total) after each effect.  Whatever fails is
    raised, and the caller's transaction undoes all of it.
    """
    execution = Execution(decision, user_id)
    total = len(effects)
    for number, effect in enumerate(effects, 1):
        _APPLY[type(effect)](execution, effect)
        if progress is not None:
            progress(number, total)
    return tuple(execution.ids.values())


# ---- one function an effect ----


def _create(execution, effect):
    facts = effect.facts
    container = execution.unit(facts.parent) if facts.parent else province()
    unit = createContent(
        "Unit",
        title=facts.title,
        code=facts.code,
        unit_type=facts.unit_type,
        sector=facts.sector,
        level=facts.level,
        head=facts.head or None,
        valid_from=facts.valid_from,
    )
    unit.predecessors = execution.real(effect.sources)
    unit = addContentToContainer(container, unit, checkConstraints=False)
    execution.ids[facts.id] = unit.getId()
    execution.remember(unit.getId(), "founded", others=effect.sources)


def _rename(execution, effect):
    unit = execution.unit(effect.unit)
    before = [(name, getattr(unit, name)) for name in ("title", "code")]
    after = [("title", effect.title), ("code", effect.code)]
    changed = [name for (name, old), (_name, new) in zip(before, after, strict=True) if old != new]
    for name, value in after:
        setattr(unit, name, value)
    execution.remember(
        unit.getId(),
        "renamed",
        [one for one in before if one[0] in changed],
        [one for one in after if one[0] in changed],
    )
    notify(ObjectModifiedEvent(unit))


def _move(execution, effect):
    unit = execution.unit(effect.unit)
    target = execution.unit(effect.parent) if effect.parent else province()
    former = aq_parent(aq_inner(unit))
    before = former.getId() if former.portal_type == "Unit" else ""
    unit = relocate(unit, target)
    execution.remember(
        unit.getId(), "moved", [("parent", before)], [("parent", execution.real([effect.parent])[0])]
    )
    _refresh_predecessors(unit, deep=True)


def _hand_over(execution, effect):
    source, target = execution.unit(effect.source), execution.unit(effect.target)
    hand_over_people(execution, source, target, effect.people, effect.functions)
    for uid, _title in effect.meetings:
        _move_meeting(_content(uid), source, target)
    if effect.rooms:
        folder = room_folder(target)
        for uid, _title in effect.rooms:
            relocate(_content(uid), folder)
    if effect.devices:
        folder = device_folder(target)
        for uid, _title in effect.devices:
            relocate(_content(uid), folder)
    for uid, _title in effect.invitations:
        _invite_instead(_content(uid), source.getId(), target.getId())
    for uid, _title in effect.preparing:
        meeting = _content(uid)
        if meeting.preparing_unit == source.getId():
            meeting.preparing_unit = target.getId()
            meeting.reindexObject(idxs=["preparing_unit"])
    notify(PeopleHandedOver(source.getId(), target.getId(), effect.people, execution.moment))


def hand_over_people(execution, source, target, people, functions) -> None:
    """Give accounts a new home and functions a new unit; what they were before stays in the records."""
    accounts, decision, source_id, target_id = (
        account_store(),
        execution.decision,
        source.getId(),
        target.getId(),
    )
    for user_id in people:
        account = accounts.get(user_id)
        if account is None or account.unit != source_id:
            raise errors.EditConflict(_("Somebody has changed the unit's people in the meantime."))
        accounts.move(account, target_id)
        account.events = (
            *account.events,
            PersonnelEvent(
                "transfer",
                decision.number,
                decision.day,
                decision.effective,
                now(),
                execution.user_id,
                source_id,
                target_id,
                decision.reason,
            ),
        )
    store = assignment_store()
    for user_id, function in functions:
        store.hand_over(user_id, function, source_id, target_id, execution.moment)


def _move_meeting(meeting, source, target):
    if meeting.host_unit != source.getId():
        raise errors.EditConflict(_("Somebody has changed the unit's meetings in the meantime."))
    meeting.host_unit = target.getId()
    meeting = relocate(meeting, meeting_folder(target, local(meeting.start).year))
    # Who approves documents may follow from the host.
    participation.synchronise(meeting)


def _invite_instead(meeting, old: str, new: str) -> None:
    """Put one unit in the place of another among the invited, with its answer."""
    participation.hand_over(meeting, f"unit:{old}", f"unit:{new}")
    meeting.reindexObject(idxs=["modified"])


def _close(execution, effect):
    unit = execution.unit(effect.unit)
    successors = execution.real(effect.successors)
    before = unit.valid_to
    unit.valid_to = execution.decision.effective - timedelta(days=1)
    unit.successors = successors
    execution.remember(
        unit.getId(), effect.kind, [("valid_to", before)], [("valid_to", unit.valid_to)], successors
    )
    for successor_id in successors:
        successor = find_unit(successor_id)
        if unit.getId() not in (successor.predecessors or ()):
            successor.predecessors = (*(successor.predecessors or ()), unit.getId())
            successor.reindexObject(idxs=["modified"])
        if not any(
            one.kind == "founded" and unit.getId() in one.others
            for one in organisation_store().changes_of(successor_id)
        ):
            execution.remember(successor_id, "absorbed", others=(unit.getId(),))
    _restate(unit)
    _refresh_predecessors(unit)


def _restate(unit):
    give_unit_roles(unit)
    unit.reindexObject()
    unit.reindexObjectSecurity()


def _refresh_predecessors(unit, deep: bool = False) -> None:
    """State the roles of closed units anew whose successors have changed place or were closed."""
    todo, seen = [unit], set()
    while todo:
        one = todo.pop()
        for unit_id in one.predecessors or ():
            former = find_unit(unit_id) if unit_id not in seen else None
            seen.add(unit_id)
            if former is not None and former.valid_to is not None:
                _restate(former)
                todo.append(former)
        if deep:
            todo.extend(child for child in one.objectValues() if child.portal_type == "Unit")


_APPLY = {
    Create: _create,
    Rename: _rename,
    Move: _move,
    HandOver: _hand_over,
    Close: _close,
}


# ---- moving content ----


def _content(uid: str):
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(UID=uid):
        return brain._unrestrictedGetObject()
    raise errors.EditConflict(_("Something that was to move does not exist any more."))


def relocate(obj, target):
    """Move *obj* into *target* as cut and paste does, whatever the user may do there; return it in its new place.

    Ids of units are the names of groups and stay; other things get a new id if
    theirs is taken.  Raises EditConflict if a unit of that id is there already.
    """
    from hopso.core.ids import short_id

    obj = aq_inner(obj)
    source, old_id = aq_parent(obj), obj.getId()
    new_id = old_id
    if old_id in target:
        if obj.portal_type == "Unit":
            raise errors.EditConflict(_("The id of the unit is taken in its new place."))
        new_id = short_id()
    notify(ObjectWillBeMovedEvent(obj, source, old_id, target, new_id))
    source._delObject(old_id, suppress_events=True)
    obj = aq_base(obj)
    obj._setId(new_id)
    target._setObject(new_id, obj, set_owner=0, suppress_events=True)
    obj = target._getOb(new_id)
    notify(ObjectMovedEvent(obj, source, old_id, target, new_id))
    notifyContainerModified(source)
    notifyContainerModified(target)
    return obj

"""Preparing a meeting: agenda, people, calls, papers."""

from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.operation import operation
from hopso.core.operation import state_of
from hopso.core.text import now
from hopso.meetings import calls
from hopso.meetings import facts
from hopso.meetings import parameters
from hopso.meetings import participation
from hopso.meetings import rules
from hopso.meetings.agenda import children
from hopso.meetings.agenda import item_ids
from hopso.meetings.content import IAgendaItem
from hopso.meetings.content import IMeeting
from hopso.meetings.operations import stamp_complete
from hopso.organisation.place import meeting_folder
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope.event import notify
from zope.lifecycleevent import Attributes
from zope.lifecycleevent import ObjectModifiedEvent


PREPARE = "hopso: Prepare meeting"
OPEN = ("draft", "registered", "returned", "scheduled", "convened", "postponed", "displaced")
OPEN_OR_RUNNING = (*OPEN, "in_session")


def may_change(meeting) -> bool:
    """Tell whether the present state leaves the agenda to the present user."""
    return api.user.has_permission("hopso: Add Agenda Item", obj=meeting)


@operation(
    "meeting.add_item", IMeeting, title=_("Add agenda item"), permission="hopso: Add Agenda Item",
    schema=parameters.INewItem, order=200,
)  # fmt: skip
def add_item(meeting, **fields):
    """Add an item at the end of the agenda; returns it."""
    return addContentToContainer(meeting, createContent("AgendaItem", **fields))


@operation(
    "item.change", IAgendaItem, title=_("Change agenda item"), permission="Modify portal content",
    schema=parameters.INewItem, order=200,
)  # fmt: skip
def change_item(item, **fields):
    """Change an agenda item; only what differs is written."""
    changed = [name for name, value in fields.items() if getattr(item, name) != value]
    for name in changed:
        setattr(item, name, fields[name])
    if changed:
        notify(ObjectModifiedEvent(item, Attributes(IAgendaItem, *changed)))


@operation(
    "meeting.delete_item", IMeeting, title=_("Delete agenda item"), permission=PREPARE,
    states=OPEN_OR_RUNNING, schema=parameters.IItem, order=210, when=may_change, danger=True,
)  # fmt: skip
def delete_item(meeting, item):
    """Delete an item without documents.  Raises EditConflict if it is gone already."""
    if item not in item_ids(meeting):
        raise errors.EditConflict(_("This agenda item does not exist any more."))
    if any(
        brain.portal_type == "MeetingDocument" and brain.agenda_item == item
        for brain in children(meeting, unrestricted=True)
    ):
        raise errors.WrongState(_("This item has documents: delete them or move them to another item first."))
    # The right to prepare the meeting was checked; items have no rights of their own.
    meeting._delObject(item)


@operation(
    "meeting.reorder_agenda", IMeeting, title=_("Reorder the agenda"), permission=PREPARE,
    states=OPEN_OR_RUNNING, schema=parameters.IOrder, order=220, when=may_change,
)  # fmt: skip
def reorder_agenda(meeting, order=(), item="", position=None):
    """Bring the items into *order*, or move *item* to number *position* (from 1).

    Raises EditConflict (409) when the items are not those the caller knew.
    """
    present = item_ids(meeting)
    if order:
        wanted = list(order)
        if sorted(wanted) != sorted(present):
            raise errors.EditConflict(
                _("Somebody else has changed the agenda in the meantime. Please look at it again.")
            )
    elif item and position:
        if item not in present:
            raise errors.EditConflict(_("This agenda item does not exist any more."))
        wanted = [one for one in present if one != item]
        wanted.insert(position - 1, item)
    else:
        raise errors.Invalid(
            _("Please check what you entered."),
            errors={"order": _("Give the new order or one item and its number.")},
        )
    meeting.getOrdering().arrange(wanted)


@operation(
    "meeting.add_participants", IMeeting, title=_("Add participants"), permission=PREPARE,
    states=OPEN_OR_RUNNING, schema=parameters.IPeople, order=230, when=may_change,
)  # fmt: skip
def add_participants(meeting, principals):
    """Invite people or units; those on the list already stay as they are."""
    known = set(meeting.participants or ())
    new = [one for one in dict.fromkeys(principals) if one not in known]
    if new:
        _set_participants(meeting, (*(meeting.participants or ()), *new))


@operation(
    "meeting.remove_participants", IMeeting, title=_("Remove participants"), permission=PREPARE,
    states=OPEN, schema=parameters.IPeople, order=240, when=may_change,
)  # fmt: skip
def remove_participants(meeting, principals):
    """Take people or units off the list; their rights end at once."""
    gone = set(principals)
    _set_participants(meeting, tuple(one for one in meeting.participants or () if one not in gone))


def _set_participants(meeting, participants):
    """Invite exactly these; no index knows them, so nothing is indexed, not even the meeting."""
    meeting.participants = tuple(participants)
    participation.synchronise(meeting)
    stamp_complete(meeting)


@operation(
    "meeting.log_call", IMeeting, title=_("Log a telephone call"), permission=PREPARE,
    states=OPEN, schema=parameters.ICall, order=250,
)  # fmt: skip
def log_call(meeting, whom, phone, called_at=None, note="", party=None):
    """Record a telephone call (BD-6.1/2, NT-6.5); what is recorded stays."""
    moment = now()
    if not party:
        party = "operator" if policy_for(meeting).urgent_notice_channel == "operator" else "units"
    called_at = to_utc(called_at) if called_at else moment
    if called_at > moment:
        raise errors.Invalid(
            _("Please check what you entered."), errors={"called_at": _("The call cannot be in the future.")}
        )
    user_id = api.user.get_current().getId()
    call = calls.log_call(meeting, calls.Call(whom, phone, called_at, user_id, note or "", moment, party))
    # The clock of the notice is a column of the catalog.
    meeting.reindexObject(idxs=["meeting_uid"])
    return call


def uploads_too_late(meeting) -> bool:
    """Tell whether notice of an urgent meeting was too short to upload its documents (BD-7/3)."""
    moments = facts.call_moments(meeting)
    if not meeting.urgent or not moments:
        return False
    return bool(rules.paper_fallback(True, moments, facts.notice_deadline(meeting, policy_for(meeting))))


def paper_documents(brains) -> list:
    """Return those of *brains* that the chair has allowed on paper (BD-5.2.b)."""
    counted = ((one, getattr(one, "paper_copies", None)) for one in brains)
    return [one for one, copies in counted if isinstance(copies, int) and copies > 0]


def paper_findings(meeting, document="", copies=1, **params) -> list:
    """Return what stands against *copies* of *document* (UID or title) on paper."""
    from hopso.documents.paper import copies_allowed  # which imports meetings

    found = _document_of(meeting, document)
    allowed = copies_allowed(found) if found is not None else 0
    given = sum(one.copies for one in calls.papers_of(meeting) if one.uid == document)
    return rules.paper_by_decision(allowed, given, copies, uploads_too_late(meeting))


def _document_of(meeting, uid):
    """Return the document with this UID, None if *meeting* has none that one may see."""
    for brain in children(meeting):
        if brain.portal_type == "MeetingDocument" and uid == brain.UID:
            return brain.getObject()
    return None


@operation(
    "meeting.log_paper", IMeeting, title=_("Record paper copies"), permission=PREPARE,
    states=("scheduled", "convened", "in_session", "ended"), schema=parameters.IPaper, check=paper_findings, order=260,
)  # fmt: skip
def log_paper(meeting, document, copies, reason):
    """Record that a document was handed out on paper: as the chair decided, or in an emergency (BD-7/3)."""
    user_id = api.user.get_current().getId()
    found = _document_of(meeting, document)
    title, uid = (document, "") if found is None else (found.title, document)
    return calls.log_paper(meeting, calls.Paper(title, copies, reason, user_id, now(), uid))


COPIED = (
    "kind", "meeting_type", "mode", "content", "purpose", "host_unit", "preparing_unit", "chair", "secretary",
    "approver", "preparer", "rooms", "sites", "chair_site", "external_bridge", "host_contact", "participants",
    "classification", "sensitive", "other",
)  # fmt: skip


PLACES = ("rooms", "sites", "chair_site")


def may_copy(meeting) -> bool:
    """Tell whether the present user may make meetings in this unit."""
    unit = unit_of(meeting)
    return unit is not None and api.user.has_permission("hopso: Add Meeting", obj=unit)


@operation(
    "meeting.copy", IMeeting, title=_("Copy as a new meeting"), permission="View",
    schema=parameters.ICopy, order=300, when=may_copy,
)  # fmt: skip
def copy_meeting(meeting, start, title="", take_agenda=True, take_people=True, take_places=True):
    """Make a draft like *meeting* at another time: no documents, no answers, no urgency."""
    from hopso.meetings.registration.making import add_agenda
    from hopso.meetings.registration.making import agenda_of

    if not may_copy(meeting):
        raise errors.Denied()
    left = (() if take_people else ("participants",)) + (() if take_places else PLACES)
    fields = {name: getattr(meeting, name) for name in COPIED if name not in left}
    fields.update(title=title or meeting.title, start=start, end=start + (meeting.end - meeting.start))
    folder = meeting_folder(unit_of(meeting), facts.file_year(start))
    copy = addContentToContainer(folder, createContent("Meeting", **fields), checkConstraints=False)
    if take_agenda:
        add_agenda(copy, agenda_of(meeting))
    return copy


def is_settled(meeting) -> bool:
    """Tell whether nothing of the meeting may be prepared any more."""
    return state_of(meeting) not in OPEN_OR_RUNNING

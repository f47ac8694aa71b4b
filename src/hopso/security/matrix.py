"""Role x state x permission, for every workflow, in one place.

``python -m hopso.security.generate`` makes the workflow definitions, the role
map and the tables of ``docs/security.md`` from this module; a test fails when
they differ, and another one tries every cell with a real user.

Manager and System Administrator are missing on purpose where content is
concerned: they keep the machine going and read no meeting uninvited.  Technician
and Provider learn when and where a meeting is, never what it is about.

Roles and permissions have their names in ``words.py``; the workflows of the desk
are in ``desk_matrix.py``.  Others read both through this module.
"""

from hopso.security import registers_matrix
from hopso.security.desk_matrix import DATA_REQUEST
from hopso.security.desk_matrix import FEEDBACK
from hopso.security.desk_matrix import INCIDENT
from hopso.security.desk_matrix import VIOLATION
from hopso.security.device_matrix import DEVICE
from hopso.security.help_matrix import HELPING
from hopso.security.registration_matrix import SERIES
from hopso.security.site_matrix import SITE
from hopso.security.words import ACCESS
from hopso.security.words import ADD_CONTENT
from hopso.security.words import ADD_DESK
from hopso.security.words import ADD_DOCUMENT
from hopso.security.words import ADD_ITEM
from hopso.security.words import ADD_MEETING
from hopso.security.words import ADD_RECORD
from hopso.security.words import ADD_ROOM
from hopso.security.words import ADD_SECTION
from hopso.security.words import ADD_SITE
from hopso.security.words import ADD_UNIT
from hopso.security.words import APPROVER
from hopso.security.words import ARCHIVIST
from hopso.security.words import CHAIR
from hopso.security.words import CONCERNED as CONCERNED
from hopso.security.words import CONTENT as CONTENT
from hopso.security.words import CONTROLLER
from hopso.security.words import COORDINATOR
from hopso.security.words import DELEGATE
from hopso.security.words import DELETE
from hopso.security.words import DEPUTY as DEPUTY
from hopso.security.words import EMERGENCY
from hopso.security.words import EVERYBODY_AT_WORK
from hopso.security.words import GUEST
from hopso.security.words import INHERITED_FUNCTIONS as INHERITED_FUNCTIONS
from hopso.security.words import LEADER
from hopso.security.words import LOGISTICS
from hopso.security.words import MEETING_PART_ROLES as MEETING_PART_ROLES
from hopso.security.words import MEMBER as MEMBER
from hopso.security.words import MODIFY
from hopso.security.words import OWNER
from hopso.security.words import PROVIDER
from hopso.security.words import PROVINCIAL_CHAIR
from hopso.security.words import REGISTRAR
from hopso.security.words import ROLES as ROLES
from hopso.security.words import SECRETARY
from hopso.security.words import SYSTEM
from hopso.security.words import TECHNICIAN
from hopso.security.words import Transition
from hopso.security.words import UNIT_ADMIN
from hopso.security.words import UNIT_FUNCTION_ROLES as UNIT_FUNCTION_ROLES
from hopso.security.words import VIEW
from hopso.security.words import Workflow


# Permissions of operations; in which states they help is said by the operation.
STATIC = {
    "hopso: Use the site": ("Authenticated",),
    # A leader registers in the coordinator's stead where a rule must be lifted.
    "hopso: Register meeting": (COORDINATOR, LEADER),
    "hopso: Schedule meeting": (UNIT_ADMIN, REGISTRAR),
    "hopso: Convene meeting": (UNIT_ADMIN, COORDINATOR),
    "hopso: Conduct meeting": (CHAIR, SECRETARY),
    # Opening and closing the session: the chair may give it away for one meeting (HN-5.6).
    "hopso: Control session": (CHAIR, SECRETARY, CONTROLLER),
    # One of the steps of approval, or an urgent meeting: which role it takes is said by the policy.
    "hopso: Approve meeting": (REGISTRAR, UNIT_ADMIN, LEADER, PROVINCIAL_CHAIR, DEPUTY),
    # Naming who decides on urgent meetings in one's place (NA-3.1/2).
    "hopso: Delegate decision": (PROVINCIAL_CHAIR,),
    # The head of the host unit, for a classified session (HN-5.2).
    "hopso: Approve protection plan": (LEADER,),
    "hopso: Conclude meeting": (CHAIR, SECRETARY, COORDINATOR),
    "hopso: Archive meeting": (ARCHIVIST, UNIT_ADMIN),
    "hopso: Cancel meeting": (CHAIR, COORDINATOR, UNIT_ADMIN),
    "hopso: Prepare meeting": (COORDINATOR, SECRETARY, UNIT_ADMIN),
    "hopso: Decide as chair": (CHAIR,),
    "hopso: Answer invitation": (DELEGATE, GUEST, CHAIR, SECRETARY, APPROVER),
    "hopso: Submit document": (COORDINATOR, SECRETARY, OWNER),
    "hopso: Approve document": (APPROVER,),
    "hopso: Publish document": (UNIT_ADMIN, COORDINATOR),
    "hopso: Recall document": (CHAIR, UNIT_ADMIN),
    "hopso: Retry conversion": (COORDINATOR, SECRETARY, UNIT_ADMIN, OWNER),
    "hopso: Submit record": (COORDINATOR, SECRETARY),
    "hopso: Approve record": (CHAIR,),
    "hopso: Issue record": (ARCHIVIST, COORDINATOR),
    "hopso: Search archive": ("Authenticated",),
    "hopso: Override rule": (LEADER, CHAIR, PROVINCIAL_CHAIR),
    # What it shows is cut down to the reader's reach.
    "hopso: View audit log": (SYSTEM, UNIT_ADMIN, "Manager"),
    # Of a thing that one may see: who did what with it, and who was told.
    "hopso: View history": (CHAIR, SECRETARY, COORDINATOR, UNIT_ADMIN, ARCHIVIST),
    "hopso: Manage policy": (SYSTEM, "Manager"),
    # Of a unit and those below it: blocks that were lifted, with the reason.
    "hopso: View overrides": (SYSTEM, UNIT_ADMIN, LEADER, "Manager"),
    # Plone's own pages; its permissions hold besides (core/fence.py).
    "hopso: Administer Plone": (SYSTEM, "Manager"),
    "hopso: View health": (SYSTEM, "Manager", UNIT_ADMIN),
    "hopso: Manage organisation": (SYSTEM, "Manager"),
    "hopso: Manage accounts": (SYSTEM, UNIT_ADMIN, "Manager"),
    "hopso: Maintain unit": (SYSTEM, UNIT_ADMIN, "Manager"),
    "hopso: Manage vocabularies": (SYSTEM, "Manager"),
    "hopso: View usage": (LEADER, UNIT_ADMIN, SYSTEM),
    # How much rooms and sites are used: figures, no meetings.
    "hopso: View occupancy": (LEADER, UNIT_ADMIN, REGISTRAR, SYSTEM),
    "hopso: Break glass": (SYSTEM,),
    "hopso: End emergency access": (SYSTEM, UNIT_ADMIN, CHAIR),
    "hopso: Explain access": (SYSTEM, UNIT_ADMIN, CHAIR, COORDINATOR),
    "hopso: Report incident": EVERYBODY_AT_WORK,
    "hopso: Handle incident": (UNIT_ADMIN, TECHNICIAN, SYSTEM),
    "hopso: Record violation": (LEADER, UNIT_ADMIN),
    # On meetings the workflow says it.
    LOGISTICS: (),
    ADD_UNIT: (SYSTEM, "Manager"),
    ADD_SECTION: (SYSTEM, "Manager"),
    ADD_ROOM: (SYSTEM, UNIT_ADMIN, "Manager"),
    ADD_SITE: (SYSTEM, UNIT_ADMIN, "Manager"),
    ADD_MEETING: (COORDINATOR,),
    ADD_ITEM: (),
    ADD_DOCUMENT: (),
    ADD_RECORD: (),
    # The desk: incidents, feedback, violations, requests about one's own data; made by operations only.
    ADD_DESK: (),
    "hopso: Reopen incident": (OWNER, UNIT_ADMIN, TECHNICIAN, SYSTEM),
    "hopso: Send feedback": EVERYBODY_AT_WORK,
    "hopso: Handle feedback": (UNIT_ADMIN, COORDINATOR, LEADER, SYSTEM),
    "hopso: Decide violation": (LEADER,),
    "hopso: Decide data request": (UNIT_ADMIN, SYSTEM),
    "hopso: Configure device": (UNIT_ADMIN, TECHNICIAN),
    # Rooms, sites, devices, their staff and papers: the unit that has them, or who runs the system.
    "hopso: Manage inventory": (SYSTEM, UNIT_ADMIN),
    # Blocking a room or a site, looking who has it.
    "hopso: Manage bookings": (SYSTEM, UNIT_ADMIN, REGISTRAR),
    # Technical checks, duty, the sheet of a meeting at a site.
    "hopso: Serve meeting": (UNIT_ADMIN, TECHNICIAN, PROVIDER),
    **registers_matrix.STATIC,
    **HELPING,
}
# On the site root; below it these are acquired unless a workflow says otherwise.
ROOT = {
    VIEW: ("Authenticated", "Manager", SYSTEM),
    ACCESS: ("Authenticated", "Manager", SYSTEM),
    MODIFY: ("Manager", SYSTEM, UNIT_ADMIN),
    DELETE: ("Manager", SYSTEM, UNIT_ADMIN),
    # The outer door of Plone's API and forms; what may be added where is said by the permissions of our types.
    ADD_CONTENT: ("Manager", SYSTEM, UNIT_ADMIN, COORDINATOR, SECRETARY, LEADER, CONTENT),
}


def _spread(states, **changes):
    """Return state -> roles; each keyword lists states' roles from that state on."""
    found, current = {}, ()
    for state in states:
        current = changes.get(state, current)
        found[state] = current
    return found


MEETING_STATES = {
    "draft": "Draft",
    "registered": "Registered",
    "returned": "Returned",
    "scheduled": "Scheduled",
    "convened": "Convened",
    "in_session": "In session",
    "ended": "Ended",
    "concluded": "Concluded",
    "archived": "Archived",
    "postponed": "Postponed",
    "displaced": "Displaced",
    "cancelled": "Cancelled",
}
_prepares = (COORDINATOR, SECRETARY)
_house = (COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR, LEADER, CHAIR, APPROVER, PROVINCIAL_CHAIR)
_invited = (*_house, DELEGATE, GUEST)
_all_later = (*_invited, ARCHIVIST)
_readers = _spread(
    MEETING_STATES,
    draft=(*_prepares, LEADER),
    registered=_house,
    convened=(*_invited, CONTROLLER),
    ended=_all_later,
) | {"postponed": _invited, "displaced": _invited, "cancelled": _invited}
# Whoever prepares content or decides on urgency sees what was registered, delegates only until it is held.
_readers = {
    state: (
        *roles,
        *((CONTENT,) if state not in ("draft", "cancelled") else ()),
        *((DEPUTY,) if state in ("registered", "returned", "scheduled") else ()),
    )
    for state, roles in _readers.items()
}
# The glass can be broken in every state.
_meeting_view = {state: (*roles, EMERGENCY) for state, roles in _readers.items()}
# When and where: those who read it, and from its scheduling on those who keep rooms and lines going.
_on_the_calendar = ("scheduled", "convened", "in_session", "ended", "postponed", "displaced", "cancelled")
_meeting_logistics = {
    state: (*roles, TECHNICIAN, PROVIDER) if state in _on_the_calendar else roles
    for state, roles in _readers.items()
}
_meeting_modify = _spread(
    MEETING_STATES,
    draft=_prepares,
    registered=(COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR),
    returned=_prepares,
    scheduled=(COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR),
    in_session=_prepares,
    concluded=(),
) | {
    "postponed": (COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR),
    "displaced": (COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR),
}
_meeting_documents = {
    state: (tuple(r for r in roles if r != REGISTRAR)) for state, roles in _meeting_modify.items()
}
_meeting_uploads = {
    state: ((*roles, CONTENT) if state in ("registered", "scheduled", "convened", "in_session") else roles)
    for state, roles in _meeting_documents.items()
}
_meeting_records = {
    state: (_prepares if state in ("in_session", "ended", "concluded") else ()) for state in MEETING_STATES
}

MEETING = Workflow(
    title="Meeting",
    types=("Meeting",),
    initial="draft",
    states=MEETING_STATES,
    permissions={
        VIEW: _meeting_view,
        ACCESS: _meeting_view,
        MODIFY: _meeting_modify,
        DELETE: {state: (_prepares if state == "draft" else ()) for state in MEETING_STATES},
        ADD_ITEM: _meeting_documents,
        ADD_DOCUMENT: _meeting_uploads,
        ADD_RECORD: _meeting_records,
        LOGISTICS: _meeting_logistics,
    },
    transitions={
        "register": Transition("Register", ("draft", "returned"), "registered", "hopso: Register meeting"),
        "return": Transition("Return", ("registered",), "returned", "hopso: Schedule meeting"),
        "refuse": Transition("Refuse", ("registered", "scheduled"), "returned", "hopso: Approve meeting"),
        "schedule": Transition(
            "Schedule", ("registered", "postponed", "displaced"), "scheduled", "hopso: Schedule meeting"
        ),
        "convene": Transition("Convene", ("scheduled",), "convened", "hopso: Convene meeting"),
        "start": Transition("Start", ("convened",), "in_session", "hopso: Control session"),
        "end": Transition("End", ("in_session",), "ended", "hopso: Control session"),
        "conclude": Transition("Conclude", ("ended",), "concluded", "hopso: Conclude meeting"),
        "archive": Transition("Archive", ("concluded",), "archived", "hopso: Archive meeting"),
        "postpone": Transition("Postpone", ("scheduled", "convened"), "postponed", "hopso: Cancel meeting"),
        "displace": Transition("Displace", ("scheduled", "convened"), "displaced", "hopso: Schedule meeting"),
        "cancel": Transition(
            "Cancel",
            ("registered", "returned", "scheduled", "convened", "postponed", "displaced"),
            "cancelled",
            "hopso: Cancel meeting",
        ),
    },
)

DOCUMENT_STATES = {
    "draft": "Draft",
    "submitted": "Submitted",
    "returned": "Returned",
    "approved": "Approved",
    "published": "Published",
    "recalled": "Recalled",
    "superseded": "Superseded",
}
_authors = (COORDINATOR, SECRETARY, OWNER)
_judges = (*_authors, APPROVER, CHAIR, LEADER)
_publishers = (*_judges, UNIT_ADMIN)
_document_readers = {
    "draft": _authors,
    "submitted": _judges,
    "returned": _judges,
    "approved": _publishers,
    "published": (*_publishers, DELEGATE, GUEST, CONTROLLER, ARCHIVIST),
    "recalled": _publishers,
    "superseded": (*_publishers, ARCHIVIST),
}
_document_view = {state: (*roles, EMERGENCY) for state, roles in _document_readers.items()}
DOCUMENT = Workflow(
    title="Meeting document",
    types=("MeetingDocument",),
    initial="draft",
    states=DOCUMENT_STATES,
    permissions={
        VIEW: _document_view,
        ACCESS: _document_view,
        MODIFY: {state: (() if state == "superseded" else _authors) for state in DOCUMENT_STATES},
        DELETE: {state: (_authors if state in ("draft", "returned") else ()) for state in DOCUMENT_STATES},
    },
    transitions={
        "submit": Transition("Submit", ("draft", "returned"), "submitted", "hopso: Submit document"),
        "approve": Transition("Approve", ("submitted",), "approved", "hopso: Approve document"),
        "return": Transition("Return", ("submitted",), "returned", "hopso: Approve document"),
        "publish": Transition("Publish", ("approved",), "published", "hopso: Publish document"),
        "recall": Transition("Recall", ("published",), "recalled", "hopso: Recall document"),
        "supersede": Transition("Supersede", ("published",), "superseded", "hopso: Publish document"),
        "reset": Transition(
            "New file", ("submitted", "returned", "approved", "published", "recalled"), "draft"
        ),
    },
)

RECORD_STATES = {"draft": "Draft", "in_review": "In review", "approved": "Approved", "issued": "Issued"}
_record_readers = {
    "draft": _prepares,
    "in_review": (*_prepares, CHAIR, APPROVER, LEADER),
    "approved": (*_prepares, CHAIR, APPROVER, LEADER, ARCHIVIST),
    "issued": (*_prepares, CHAIR, APPROVER, LEADER, ARCHIVIST, UNIT_ADMIN, DELEGATE, GUEST),
}
_record_view = {state: (*roles, EMERGENCY) for state, roles in _record_readers.items()}
RECORD = Workflow(
    title="Minutes and conclusion notice",
    types=("Minutes", "ConclusionNotice"),
    initial="draft",
    states=RECORD_STATES,
    permissions={
        VIEW: _record_view,
        ACCESS: _record_view,
        MODIFY: {state: (() if state == "issued" else _prepares) for state in RECORD_STATES},
        DELETE: {state: (_prepares if state == "draft" else ()) for state in RECORD_STATES},
    },
    transitions={
        "submit": Transition("Submit", ("draft",), "in_review", "hopso: Submit record"),
        "approve": Transition("Approve", ("in_review",), "approved", "hopso: Approve record"),
        "return": Transition("Return", ("in_review",), "draft", "hopso: Approve record"),
        "issue": Transition("Issue", ("approved",), "issued", "hopso: Issue record"),
        "reset": Transition("Changed", ("in_review", "approved"), "draft"),
    },
)


WORKFLOWS = {
    "hopso_meeting_workflow": MEETING,
    "hopso_document_workflow": DOCUMENT,
    "hopso_record_workflow": RECORD,
    "hopso_incident_workflow": INCIDENT,
    "hopso_feedback_workflow": FEEDBACK,
    "hopso_violation_workflow": VIOLATION,
    "hopso_request_workflow": DATA_REQUEST,
    "hopso_device_workflow": DEVICE,
    "hopso_series_workflow": SERIES,
    "hopso_site_workflow": SITE,
    "hopso_register_workflow": registers_matrix.REGISTER_ENTRY,
    "hopso_report_workflow": registers_matrix.REPORT,
}


def roles_for(workflow_id: str, state: str, permission: str) -> tuple[str, ...]:
    """Return the roles that have *permission* in *state* of the workflow."""
    return WORKFLOWS[workflow_id].permissions[permission][state]

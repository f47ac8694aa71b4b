"""The part of the matrix about the desk: incidents, feedback, violations, data requests."""

from hopso.security.words import ACCESS
from hopso.security.words import CONCERNED
from hopso.security.words import COORDINATOR
from hopso.security.words import DELETE
from hopso.security.words import LEADER
from hopso.security.words import MODIFY
from hopso.security.words import OWNER
from hopso.security.words import SYSTEM
from hopso.security.words import TECHNICIAN
from hopso.security.words import Transition
from hopso.security.words import UNIT_ADMIN
from hopso.security.words import VIEW
from hopso.security.words import Workflow


def _everywhere(states, roles):
    """Return state -> roles, the same in every state."""
    return dict.fromkeys(states, roles)


INCIDENT_STATES = {"reported": "Reported", "in_hand": "In hand", "resolved": "Resolved"}
_incident_view = _everywhere(INCIDENT_STATES, (OWNER, UNIT_ADMIN, TECHNICIAN, LEADER, SYSTEM))
INCIDENT = Workflow(
    title="Incident",
    types=("Incident",),
    initial="reported",
    states=INCIDENT_STATES,
    permissions={
        VIEW: _incident_view,
        ACCESS: _incident_view,
        MODIFY: _everywhere(INCIDENT_STATES, ()),
        DELETE: _everywhere(INCIDENT_STATES, ()),
    },
    transitions={
        "take": Transition("Take in hand", ("reported",), "in_hand", "hopso: Handle incident"),
        "resolve": Transition("Resolve", ("reported", "in_hand"), "resolved", "hopso: Handle incident"),
        "reopen": Transition("Reopen", ("resolved",), "reported", "hopso: Reopen incident"),
    },
)

# Feedback stands in the unit that runs the system: unit administrator, coordinator and leader are its own.
FEEDBACK_STATES = {"sent": "Sent", "in_hand": "In hand", "forwarded": "Forwarded", "answered": "Answered"}
_feedback_view = _everywhere(FEEDBACK_STATES, (OWNER, UNIT_ADMIN, COORDINATOR, LEADER, SYSTEM))
FEEDBACK = Workflow(
    title="Feedback",
    types=("Feedback",),
    initial="sent",
    states=FEEDBACK_STATES,
    permissions={
        VIEW: _feedback_view,
        ACCESS: _feedback_view,
        MODIFY: _everywhere(FEEDBACK_STATES, ()),
        DELETE: _everywhere(FEEDBACK_STATES, ()),
    },
    transitions={
        "take": Transition("Take in hand", ("sent",), "in_hand", "hopso: Handle feedback"),
        "forward": Transition("Forward", ("sent", "in_hand"), "forwarded", "hopso: Handle feedback"),
        "answer": Transition(
            "Answer", ("sent", "in_hand", "forwarded"), "answered", "hopso: Handle feedback"
        ),
    },
)

# Confidential: unit administrators see what they recorded themselves, and the
# person concerned sees it from the decision on.
VIOLATION_STATES = {
    "recorded": "Recorded",
    "decided": "Decided",
    "closed": "Closed",
    "annulled": "Annulled",
}
_violation_view = _everywhere(VIOLATION_STATES, (OWNER, LEADER, CONCERNED)) | {"recorded": (OWNER, LEADER)}
VIOLATION = Workflow(
    title="Violation",
    types=("Violation",),
    initial="recorded",
    states=VIOLATION_STATES,
    permissions={
        VIEW: _violation_view,
        ACCESS: _violation_view,
        MODIFY: _everywhere(VIOLATION_STATES, ()),
        DELETE: _everywhere(VIOLATION_STATES, ()),
    },
    transitions={
        "decide": Transition("Decide", ("recorded",), "decided", "hopso: Decide violation"),
        "close": Transition("Close", ("decided",), "closed", "hopso: Decide violation"),
        "annul": Transition(
            "Annul", ("recorded", "decided", "closed"), "annulled", "hopso: Decide violation"
        ),
    },
)

REQUEST_STATES = {"asked": "Asked", "granted": "Granted", "refused": "Refused"}
_request_view = _everywhere(REQUEST_STATES, (OWNER, UNIT_ADMIN, SYSTEM))
DATA_REQUEST = Workflow(
    title="Request about personal data",
    types=("DataRequest",),
    initial="asked",
    states=REQUEST_STATES,
    permissions={
        VIEW: _request_view,
        ACCESS: _request_view,
        MODIFY: _everywhere(REQUEST_STATES, ()),
        DELETE: _everywhere(REQUEST_STATES, ()),
    },
    transitions={
        "grant": Transition("Grant", ("asked",), "granted", "hopso: Decide data request"),
        "refuse": Transition("Refuse", ("asked",), "refused", "hopso: Decide data request"),
    },
)

"""The part of the matrix about registers and periodic reports."""

from hopso.security.words import ACCESS
from hopso.security.words import CONCERNED
from hopso.security.words import COORDINATOR
from hopso.security.words import DELETE
from hopso.security.words import EVERYBODY_AT_WORK
from hopso.security.words import LEADER
from hopso.security.words import MODIFY
from hopso.security.words import PROVINCIAL_CHAIR
from hopso.security.words import SYSTEM
from hopso.security.words import TECHNICIAN
from hopso.security.words import Transition
from hopso.security.words import UNIT_ADMIN
from hopso.security.words import VIEW
from hopso.security.words import Workflow


RECEIVE = "hopso: Receive report"
STATIC = {
    "hopso: Keep registers": (UNIT_ADMIN, LEADER, COORDINATOR, TECHNICIAN, SYSTEM),
    "hopso: Follow up": (UNIT_ADMIN, LEADER, CONCERNED),
    "hopso: Commend": (LEADER, PROVINCIAL_CHAIR),
    "hopso: Write report": (UNIT_ADMIN, LEADER, COORDINATOR),
    # The workflow says it: those to whom a report goes, once it is handed in.
    RECEIVE: (),
}


def _everywhere(states, roles):
    return dict.fromkeys(states, roles)


ENTRY_STATES = {
    "planned": "Planned",
    "submitted": "Submitted",
    "decided": "Decided",
    "done": "Done",
    "closed": "Closed",
    "cancelled": "Cancelled",
}
_entry_view = _everywhere(ENTRY_STATES, (*EVERYBODY_AT_WORK, SYSTEM, CONCERNED))
REGISTER_ENTRY = Workflow(
    title="Entry of a register",
    types=("RegisterEntry",),
    initial="planned",
    states=ENTRY_STATES,
    permissions={
        VIEW: _entry_view,
        ACCESS: _entry_view,
        MODIFY: _everywhere(ENTRY_STATES, ()),
        DELETE: _everywhere(ENTRY_STATES, ()),
    },
    transitions={
        "submit": Transition("Submit", ("planned",), "submitted", "hopso: Keep registers"),
        "decide": Transition("Decide", ("submitted",), "decided", "hopso: Keep registers"),
        # Of many books: a commendation is complete at once, by those who may commend.
        "complete": Transition("Complete", ("planned",), "done"),
        "close": Transition("Close", ("done",), "closed", "hopso: Follow up"),
        "cancel": Transition("Cancel", ("planned", "submitted"), "cancelled", "hopso: Keep registers"),
    },
)

REPORT_STATES = {"draft": "Draft", "submitted": "Handed in", "returned": "Returned", "accepted": "Accepted"}
_writers = (UNIT_ADMIN, LEADER, COORDINATOR)
REPORT = Workflow(
    title="Periodic report",
    types=("PeriodicReport",),
    initial="draft",
    states=REPORT_STATES,
    permissions={
        VIEW: _everywhere(REPORT_STATES, (*_writers, CONCERNED)) | {"draft": _writers},
        ACCESS: _everywhere(REPORT_STATES, (*_writers, CONCERNED)) | {"draft": _writers},
        MODIFY: _everywhere(REPORT_STATES, ()),
        DELETE: _everywhere(REPORT_STATES, ()),
        RECEIVE: _everywhere(REPORT_STATES, ()) | {"submitted": (CONCERNED,)},
    },
    transitions={
        "submit": Transition("Hand in", ("draft", "returned"), "submitted", "hopso: Write report"),
        "return": Transition("Return", ("submitted",), "returned", RECEIVE),
        "accept": Transition("Accept", ("submitted",), "accepted", RECEIVE),
    },
)

"""The part of the matrix about series of meetings."""

from hopso.security.words import ACCESS
from hopso.security.words import COORDINATOR
from hopso.security.words import DELETE
from hopso.security.words import LEADER
from hopso.security.words import MODIFY
from hopso.security.words import REGISTRAR
from hopso.security.words import SECRETARY
from hopso.security.words import Transition
from hopso.security.words import UNIT_ADMIN
from hopso.security.words import VIEW
from hopso.security.words import Workflow


SERIES_STATES = {"active": "Active", "ended": "Ended"}
# A series names meetings that may still be drafts: those of the unit who prepare and arrange them.
_series_view = dict.fromkeys(SERIES_STATES, (COORDINATOR, SECRETARY, UNIT_ADMIN, REGISTRAR, LEADER))
_nobody = dict.fromkeys(SERIES_STATES, ())
SERIES = Workflow(
    title="Series of meetings",
    types=("MeetingSeries",),
    initial="active",
    states=SERIES_STATES,
    permissions={VIEW: _series_view, ACCESS: _series_view, MODIFY: _nobody, DELETE: _nobody},
    transitions={"end": Transition("End", ("active",), "ended", "hopso: Register meeting")},
)

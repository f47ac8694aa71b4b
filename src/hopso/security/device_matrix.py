"""The part of the matrix about devices."""

from hopso.security.words import ACCESS
from hopso.security.words import DELETE
from hopso.security.words import EVERYBODY_AT_WORK
from hopso.security.words import MODIFY
from hopso.security.words import SYSTEM
from hopso.security.words import Transition
from hopso.security.words import VIEW
from hopso.security.words import Workflow


DEVICE_STATES = {
    "new": "New",
    "in_use": "In use",
    "lent": "Lent",
    "in_repair": "In repair",
    "awaiting_inspection": "Awaiting inspection",
    "withdrawn": "Withdrawn",
}
CONFIGURE, MANAGE = "hopso: Configure device", "hopso: Manage inventory"
_view = dict.fromkeys(DEVICE_STATES, (*EVERYBODY_AT_WORK, SYSTEM))
_nobody = dict.fromkeys(DEVICE_STATES, ())
# In whose hands it is, and not abroad.
_at_hand = ("new", "in_use", "awaiting_inspection")
DEVICE = Workflow(
    title="Device",
    types=("Device",),
    initial="new",
    states=DEVICE_STATES,
    permissions={
        VIEW: _view,
        ACCESS: _view,
        # Whatever changes is changed by operations, which keep what it was before (BD-12.3.d/1).
        MODIFY: _nobody,
        DELETE: _nobody,
    },
    transitions={
        "put_to_use": Transition("Put to use", ("new", "awaiting_inspection"), "in_use", CONFIGURE),
        # An upgrade, or an inspection that was not passed.
        "stop": Transition("Stop the use", ("in_use",), "awaiting_inspection"),
        "send_to_repair": Transition("Send to repair", _at_hand, "in_repair", CONFIGURE),
        "back_from_repair": Transition("Back from repair", ("in_repair",), "awaiting_inspection", CONFIGURE),
        "lend": Transition("Lend", ("in_use",), "lent", MANAGE),
        "take_back": Transition("Take back", ("lent",), "in_use", MANAGE),
        "withdraw": Transition("Withdraw", (*_at_hand, "in_repair"), "withdrawn", CONFIGURE),
        "restore": Transition("Use again", ("withdrawn",), "awaiting_inspection", CONFIGURE),
    },
)

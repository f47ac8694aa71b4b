"""The part of the matrix about sites: everybody knows them, operations alone change them."""

from hopso.security.words import ACCESS
from hopso.security.words import DELETE
from hopso.security.words import MODIFY
from hopso.security.words import SYSTEM
from hopso.security.words import Transition
from hopso.security.words import VIEW
from hopso.security.words import Workflow


SITE_STATES = {"in_use": "In use", "withdrawn": "Withdrawn"}
_everybody = dict.fromkeys(SITE_STATES, ("Authenticated", "Manager", SYSTEM))
_nobody = dict.fromkeys(SITE_STATES, ())
SITE = Workflow(
    title="Site",
    types=("Site",),
    initial="in_use",
    states=SITE_STATES,
    permissions={
        # Where one can take part from, and over which kind of line; addresses are no part of a site.
        VIEW: _everybody,
        ACCESS: _everybody,
        # Whatever changes is changed by operations, which keep what it was before (NA-2.2).
        MODIFY: _nobody,
        DELETE: _nobody,
    },
    transitions={
        "withdraw": Transition("Withdraw", ("in_use",), "withdrawn", "hopso: Manage inventory"),
        "restore": Transition("Use again", ("withdrawn",), "in_use", "hopso: Manage inventory"),
    },
)

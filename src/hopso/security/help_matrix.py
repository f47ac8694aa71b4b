"""The part of the matrix about helping in meetings (BD-8.3, BD-9.2, BD-9.3) and what is shown at sites (NT-5.3, NT-7.1.c)."""

from hopso.security.words import COORDINATOR
from hopso.security.words import EVERYBODY_AT_WORK
from hopso.security.words import SECRETARY
from hopso.security.words import TECHNICIAN
from hopso.security.words import UNIT_ADMIN


HELPING = {
    # Whoever has to do with a meeting, guests too.
    "hopso: Ask for help": EVERYBODY_AT_WORK,
    "hopso: Help in meeting": (COORDINATOR, SECRETARY, UNIT_ADMIN, TECHNICIAN),
    "hopso: Review preparation": (UNIT_ADMIN,),
}

"""The versions of a room's seat plan, and keeping a new one."""

from dataclasses import dataclass
from datetime import datetime

from BTrees.IOBTree import IOBTree
from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.inventory.content import IRoom
from hopso.inventory.seating.plan import BadPlan
from hopso.inventory.seating.plan import MOST_BYTES
from hopso.inventory.seating.plan import Plan
from hopso.inventory.seating.plan import read_plan
from plone import api
from zope import schema
from zope.annotation.interfaces import IAnnotations
from zope.interface import Interface


KEY = "hopso.inventory.seat_plans"
MANAGE = "hopso: Manage inventory"
KEPT = 50


class ISeatPlan(Interface):
    """A seat plan, and which version it is made from."""

    plan = schema.Text(title=_("Seat plan"), description=_("As JSON."), max_length=MOST_BYTES)
    seen = schema.Int(
        title=_("Version that was seen"), description=_("0 for none."), required=False, default=0, min=0
    )


@dataclass(frozen=True)
class Version:
    """One version of a plan: its number, who kept it (user id) and when (UTC), the plan as JSON."""

    number: int
    who: str
    when: datetime
    data: str

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return read_plan(self.data)


def versions_of(room) -> list[Version]:
    """Return the versions of a room's plan, the latest first."""
    return list(reversed(list(IAnnotations(room).get(KEY, {}).values())))


def current_plan(room) -> Version | None:
    """Return the latest version, None if the room has no plan."""
    kept = IAnnotations(room).get(KEY)
    return kept[kept.maxKey()] if kept else None


def version_number(room) -> int:
    """Return the number of the latest version, 0 if there is none."""
    found = current_plan(room)
    return found.number if found is not None else 0


@operation(
    "room.save_seat_plan", IRoom, title=_("Save the seat plan"), permission=MANAGE, schema=ISeatPlan,
    order=50, confidential=("plan",),
)  # fmt: skip
def save_seat_plan(room, *, plan, seen):
    """Keep a new version of the room's plan; return it.

    Raises EditConflict if somebody has kept another one since version *seen*.
    """
    last = version_number(room)
    if seen != last:
        raise errors.EditConflict(
            _("Somebody else has changed the seat plan in the meantime. Your changes are still on this page.")
        )
    try:
        checked = read_plan(plan)
    except BadPlan as error:
        raise errors.Invalid(error.message, errors={"plan": error.message}) from error
    kept = IAnnotations(room)
    if KEY not in kept:
        kept[KEY] = IOBTree()
    who = api.user.get_current().getId() or "system"
    made = Version(last + 1, who, now(), checked.to_json())
    # The same key for two who save at once: the database lets the second try again, and it sees the first.
    kept[KEY][made.number] = made
    for number in [one for one in kept[KEY] if one <= made.number - KEPT]:
        del kept[KEY][number]
    return made

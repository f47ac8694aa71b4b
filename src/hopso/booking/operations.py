"""Blocking rooms and sites, and giving them back.  Taking a slot for a meeting is the meeting's business."""

from uuid import uuid4

from hopso import _
from hopso.booking import blocks
from hopso.booking.answers import findings_of
from hopso.booking.hours import MANAGE_BOOKINGS
from hopso.booking.spans import room_key
from hopso.booking.spans import site_key
from hopso.booking.store import Taken
from hopso.core import errors
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.inventory.content import IRoom
from hopso.inventory.sites.content import ISite
from hopso.policy.register import rule
from plone import api
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


CAUSES = SimpleVocabulary([SimpleTerm(name, name, title) for name, title in blocks.CAUSES.items()])
# So many conflicts are named; the first ones tell enough.
NAMED = 5


class IBlock(Interface):
    """When it is not to be had, and why."""

    start = schema.Datetime(title=_("Start"))
    end = schema.Datetime(title=_("End"))
    cause = schema.Choice(title=_("Reason"), vocabulary=CAUSES, default=blocks.MAINTENANCE)
    note = schema.TextLine(
        title=_("Remark"),
        description=_("Only those who look after the bookings read it."),
        required=False,
        default="",
        max_length=500,
    )
    until = schema.Date(
        title=_("Every week until"),
        description=_("Leave it empty to block it once."),
        required=False,
    )
    leave_out_taken = schema.Bool(
        title=_("Leave out the times that are taken"), required=False, default=False
    )


class IUnblock(Interface):
    """Which blocking, and whether all that is left of it or one time only."""

    block = schema.TextLine(title=_("Blocking"), max_length=64)
    only = schema.Datetime(title=_("Only the time that begins at"), required=False)


def resource_of(thing) -> str:
    """Return the resource of a room or site."""
    return room_key(IUUID(thing)) if IRoom.providedBy(thing) else site_key(IUUID(thing))


def _blocking(thing, start, end, cause, note, until, leave_out_taken=False):
    """Return the blocking asked for.  Raises Invalid."""
    blocking = blocks.Blocking(
        uuid4().hex, resource_of(thing), cause, note or "", start, end, until,
        by=api.user.get_current().getId() or "", at=now(),
    )  # fmt: skip
    try:
        blocks.bookings_for(blocking)
    except ValueError as error:
        name = "until" if until is not None and start < end else "end"
        text = (
            _("It must be a day after the start, at most a year later; one time lasts a week at most.")
            if name == "until"
            else _("It must come after the start, at most a year later.")
        )
        raise errors.Invalid(_("Please check what you entered."), errors={name: text}) from error
    return blocking


def blocking_findings(thing, **params) -> list[Finding]:
    """Return what is booked at these times; nothing if that is to be left out.  Raises Invalid."""
    blocking = _blocking(thing, **params)
    if params.get("leave_out_taken"):
        return []
    return findings_of(blocks.conflicts_of(blocks.bookings_for(blocking))[:NAMED])


@rule("NA-6.3")
def block(thing, **params):
    """Block a room or site; other people's bookings stay.  Returns the id of the blocking.

    Its own use by the unit that has it is a booking like any other: a meeting
    that wants the place meets it.
    """
    blocking = _blocking(thing, **params)
    try:
        booked = blocks.put(blocking, params.get("leave_out_taken", False))
    except Taken as taken:
        text = _("Something was booked in the meantime.")
        raise errors.EditConflict(text, findings=findings_of(taken.conflicts[:NAMED])) from taken
    if not booked:
        raise errors.EditConflict(_("All of these times are taken."))
    return blocking.id


def unblock(thing, block, only=None):
    """Give back what is left of a blocking, or one time of a weekly one."""
    known = blocks.blocking_of(block)
    if known is None or known.resource != resource_of(thing):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"block": _("There is no such blocking here.")}
        )
    if not blocks.give_up(block, api.user.get_current().getId() or "", only):
        raise errors.EditConflict(_("Nothing of this blocking is left."))


def blocked(thing) -> bool:
    """Tell whether there is something to give back."""
    from hopso.booking.listing import has_blockings

    return has_blockings(resource_of(thing))


def _both(name: str, iface):
    """Make the two operations for rooms or sites."""
    made = operation(
        f"{name}.block", iface, title=_("Block"), permission=MANAGE_BOOKINGS, schema=IBlock,
        check=blocking_findings, order=50, help=_("Nothing can be booked at these times."),
    )(block)  # fmt: skip
    freed = operation(
        f"{name}.unblock", iface, title=_("Give back"), permission=MANAGE_BOOKINGS, schema=IUnblock,
        when=blocked, order=51,
    )(unblock)  # fmt: skip
    return made, freed


block_room, unblock_room = _both("room", IRoom)
block_site, unblock_site = _both("site", ISite)

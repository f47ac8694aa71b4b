"""What is done with rooms: entered, changed, inspected, their rules posted."""

from secrets import token_hex

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.inventory.content import IRoom
from hopso.inventory.rooms import records
from hopso.inventory.rooms.criteria import meets_standard
from hopso.inventory.rooms.criteria import read_results
from hopso.organisation.content import IUnit
from hopso.organisation.place import room_folder
from hopso.policy.register import rule
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from zope import schema
from zope.event import notify
from zope.interface import Interface
from zope.lifecycleevent import ObjectModifiedEvent


MANAGE = "hopso: Manage inventory"


class IRoomFacts(Interface):
    """What is said of a room by the unit that has it."""

    title = schema.TextLine(title=_("Name"), max_length=250)
    place = schema.TextLine(
        title=_("Place"), description=_("Building, floor."), required=False, max_length=250
    )
    capacity = schema.Int(title=_("Seats"), min=1, max=5000, default=20)
    equipment = schema.Text(title=_("Equipment"), required=False, max_length=5000)
    features = schema.Tuple(
        title=_("Features"),
        value_type=schema.Choice(vocabulary="hopso.RoomFeatures"),
        required=False,
        default=(),
        missing_value=(),
    )
    active = schema.Bool(title=_("In use"), default=True, required=False)


class IInspection(Interface):
    """An inspection of a room against the standard."""

    on = schema.Date(title=_("Inspected on"))
    inspector = schema.TextLine(title=_("Inspector"), max_length=250)
    results = schema.Tuple(
        title=_("Results"),
        description=_("Name of the criterion, an equals sign, good, bad or na."),
        value_type=schema.TextLine(max_length=60),
    )
    document = schema.TextLine(title=_("Number of the record"), max_length=60)
    valid_until = schema.Date(title=_("Valid until"), required=False)
    note = schema.Text(title=_("Remarks"), required=False, default="", max_length=2000)


class IPosting(Interface):
    """Rules of a room that are posted in it."""

    text = schema.Text(title=_("Rules of the room"), max_length=20_000)
    document = schema.TextLine(title=_("Number of the document"), required=False, default="", max_length=60)
    posted_on = schema.Date(title=_("Posted on"))
    posted_by = schema.Choice(title=_("Posted by"), vocabulary="hopso.People")


def _me() -> str:
    return api.user.get_current().getId() or "system"


def _wrong(name, message):
    return errors.Invalid(_("Please check what you entered."), errors={name: message})


@operation(
    "room.add", IUnit, title=_("Add a room"), permission="hopso: Add Room", schema=IRoomFacts, order=330,
)  # fmt: skip
def add_room(unit, **values):
    """Enter a room of *unit*, and return it."""
    return addContentToContainer(room_folder(unit), createContent("Room", **values), checkConstraints=False)


@operation(
    "room.change", IRoom, title=_("Edit the room"), permission="Modify portal content",
    schema=IRoomFacts, order=20,
)  # fmt: skip
def change_room(room, **values):
    """Change what the unit says of its room."""
    for name, value in values.items():
        setattr(room, name, value)
    notify(ObjectModifiedEvent(room))


@operation(
    "room.inspect", IRoom, title=_("Enter an inspection"), permission=MANAGE, schema=IInspection, order=30,
)  # fmt: skip
@rule("NA-2.1/2")
def inspect_room(room, *, on, inspector, results, document, valid_until, note):
    """Keep an inspection; the room meets the standard if nothing was found bad.

    The latest day decides: an older inspection that is entered late changes nothing.
    """
    if on > local(now()).date():
        raise _wrong("on", _("This day is still to come."))
    if valid_until is not None and valid_until < on:
        raise _wrong("valid_until", _("The inspection would end before it was made."))
    try:
        found = read_results(results)
    except ValueError as error:
        text = _("This criterion has no result: ${text}", mapping={"text": str(error)})
        raise _wrong("results", text) from error
    moment = now()
    made = records.Inspection(
        on, inspector, found, meets_standard(found), document, valid_until, note, _me(), moment
    )
    key = f"{on.isoformat()}-{moment.timestamp():017.3f}-{token_hex(4)}"
    records.add_record(room, records.INSPECTIONS, key, made)
    last = records.inspections_of(room)[0]
    room.standard_ok, room.standard_inspected_on, room.standard_valid_until = (
        last.ok,
        last.on,
        last.valid_until,
    )
    notify(ObjectModifiedEvent(room))


@operation(
    "room.post_rules", IRoom, title=_("Post the rules"), permission=MANAGE, schema=IPosting, order=40,
)  # fmt: skip
@rule("TQ-P8/2")
def post_rules(room, *, text, document, posted_on, posted_by):
    """Keep the rules that are posted in the room from a day on as a new version; return nothing."""
    if posted_on > local(now()).date():
        raise _wrong("posted_on", _("This day is still to come."))
    last = records.current_rules(room)
    version = last.version + 1 if last is not None else 1
    made = records.RoomRules(version, text.strip(), document, posted_on, posted_by, _me(), now())
    # Two who post at once write the same key: the database lets one of them try again.
    records.add_record(room, records.RULES, version, made)
    room.rules_posted_on = posted_on
    notify(ObjectModifiedEvent(room))

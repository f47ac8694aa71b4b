"""Writing the run-of-show, and letting technicians read the titles in it (NT-7.1.c)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.agenda import item_ids
from hopso.meetings.content import IMeeting
from hopso.operations_desk.runofshow import records
from hopso.policy.register import rule
from plone import api
from zope import schema
from zope.interface import Interface


PREPARE = "hopso: Prepare meeting"
STATES = ("registered", "scheduled", "convened", "in_session")


class ICue(Interface):
    """What is shown at an item."""

    agenda_item = schema.TextLine(title=_("Agenda item"), max_length=100)
    site = schema.Choice(title=_("Site on the screen"), vocabulary="hopso.Sites", required=False)
    layout = schema.Choice(title=_("Layout"), vocabulary="hopso.ShowLayouts", default="speaker")
    sound = schema.Choice(title=_("Sound"), vocabulary="hopso.ShowSounds", default="chair")
    minutes = schema.Int(title=_("Length (minutes)"), required=False, min=0, max=1440)
    note = schema.TextLine(title=_("Note"), required=False, default="", max_length=200)


class IRelease(Interface):
    """Whether technicians read the titles."""

    release = schema.Bool(title=_("Technicians read the titles"), default=True, required=False)


@operation(
    "meeting.set_cue", IMeeting, title=_("Set what is shown"), permission=PREPARE, states=STATES,
    schema=ICue, order=460,
)  # fmt: skip
@rule("NT-7.1.c")
def set_cue(meeting, agenda_item, site, layout, sound, minutes, note):
    """Say what is on the screen at an agenda item."""
    if agenda_item not in item_ids(meeting):
        raise errors.EditConflict(_("This agenda item does not exist any more."))
    if site and site not in (meeting.sites or ()):
        raise errors.Invalid(
            _("Please check what you entered."), errors={"site": _("This is no place of the meeting.")}
        )
    show = records.ensure_show(meeting)
    show.cues[agenda_item] = records.Cue(site or "", layout, sound, minutes, (note or "").strip())


@operation(
    "meeting.release_show", IMeeting, title=_("Titles for technicians"), permission=PREPARE, states=STATES,
    schema=IRelease, order=461,
)  # fmt: skip
def release_show(meeting, release):
    """Let those who serve the meeting read the titles of its items, or no longer."""
    show = records.ensure_show(meeting)
    show.released_at = now() if release else None
    show.released_by = api.user.get_current().getId() if release else ""

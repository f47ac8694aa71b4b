"""Making the backdrop of a meeting, and releasing it to the sites (NT-5.3)."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import now
from hopso.meetings.content import IMeeting
from hopso.operations_desk.backdrop import jobs
from hopso.operations_desk.backdrop import records
from hopso.operations_desk.backdrop import rules
from hopso.tasks.queue import enqueue_after_commit
from plone import api
from plone.uuid.interfaces import IUUID
from zope import schema
from zope.interface import Interface


PREPARE = "hopso: Prepare meeting"
STATES = ("registered", "scheduled", "convened")


class IBackdropSpec(Interface):
    """What stands on the backdrop."""

    upper = schema.TextLine(
        title=_("Line above"),
        description=_("The host, as a rule."),
        required=False,
        default="",
        max_length=200,
    )
    title = schema.Text(
        title=_("Title"),
        description=_("It hangs in public rooms: no classified wording."),
        max_length=400,
    )
    lower = schema.TextLine(title=_("Place and date"), required=False, default="", max_length=200)
    colours = schema.Choice(title=_("Colours"), vocabulary="hopso.BackdropColours", default="red")


def title_findings(meeting, title="", **params) -> list:
    """Return whether this title may hang on a wall."""
    return rules.neutral_title(meeting.classification or "none", meeting.title, title)


@operation(
    "meeting.make_backdrop", IMeeting, title=_("Make the backdrop"), permission=PREPARE, states=STATES,
    schema=IBackdropSpec, check=title_findings, order=450,
)  # fmt: skip
def make_backdrop(meeting, upper, title, lower, colours):
    """State what stands on the backdrop; its files are made in a job.  A new one must be released anew."""
    if not title.strip():
        raise errors.Invalid(
            _("Please check what you entered."), errors={"title": _("The backdrop needs a title.")}
        )
    spec = records.Spec((upper or "").strip(), title.strip(), (lower or "").strip(), colours)
    records.keep(meeting, records.Backdrop(spec, api.user.get_current().getId(), now()))
    enqueue_after_commit(jobs.MAKE, uid=IUUID(meeting), digest=spec.digest)


@operation(
    "meeting.release_backdrop", IMeeting, title=_("Release to the sites"), permission=PREPARE,
    states=(*STATES, "in_session"), order=451,
    help=_("Everybody who serves the meeting at its sites can then download it."),
)  # fmt: skip
def release_backdrop(meeting):
    """Let the sites download the backdrop: its title leaves the circle of those who read the meeting."""
    backdrop = records.backdrop_of(meeting)
    if backdrop is None or not backdrop.ready:
        raise errors.WrongState(_("The backdrop is not ready yet."))
    if backdrop.released_at is not None:
        raise errors.WrongState(_("The backdrop has been released already."))
    backdrop.released_at, backdrop.released_by = now(), api.user.get_current().getId()

"""Publishing the calendar of a week, and asking for it on paper."""

from hopso import _
from hopso.calendars.weekly import papers
from hopso.calendars.weekly.api import lines_to_publish
from hopso.calendars.weekly.store import Published
from hopso.calendars.weekly.store import week_store
from hopso.calendars.weekly.weeks import Week
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import local
from hopso.core.text import now
from hopso.organisation.content import IUnit
from plone import api
from zope import schema
from zope.interface import Interface


class IWeek(Interface):
    """Which week."""

    week = schema.TextLine(title=_("Week"), description=_("As 2026-W48."), max_length=8)


def week_from(text: str) -> Week:
    """Return the week that a parameter names.  Raises Invalid."""
    try:
        return Week.parse(text)
    except ValueError:
        message = _("Please name the week as 2026-W48.")
        raise errors.Invalid(message, errors={"week": message}) from None


@operation(
    "calendar.publish_week", IUnit, title=_("Publish the work calendar of the week"),
    permission="hopso: Schedule meeting", schema=IWeek, order=420, primary=True,
)  # fmt: skip
def publish_week(unit, week):
    """Publish a week: confirmed meetings stand in it from now on, later changes are told as such.

    Raises WrongState for a week that is over.
    """
    wanted = week_from(week)
    if wanted.last < local(now()).date():
        raise errors.WrongState(_("This week is over."))
    lines = lines_to_publish(unit.getId(), wanted)
    user_id = api.user.get_current().getId()
    week_store().publish(Published(unit.getId(), str(wanted), now(), user_id, lines))


@operation(
    "calendar.print_week", IUnit, title=_("Make the work calendar as PDF"),
    permission="hopso: Use the site", schema=IWeek, order=430,
)  # fmt: skip
def print_week(unit, week):
    """Have the week made as PDF, as the present user may see it; the same content is made once."""
    papers.order(papers.html_of(unit, week_from(week)))

"""Registering through the API in one call, and how complete a registration is."""

from types import SimpleNamespace

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.meetings import operations
from hopso.meetings.content import IMeeting
from hopso.meetings.facts import file_year
from hopso.meetings.registration.completeness import completeness_of
from hopso.meetings.registration.parameters import IWholeRegistration
from hopso.organisation.content import IUnit
from hopso.organisation.place import meeting_folder
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.restapi.services import Service
from zope.i18n import translate
from zope.interface import Invalid


def check_together(unit, draft=False, **fields) -> list:
    """Refuse values that do not go together (end before start); raises Invalid with the field."""
    try:
        IMeeting.validateInvariants(SimpleNamespace(host_unit=unit.getId(), **fields))
    except Invalid as error:
        about = "chair_site" if fields.get("chair_site") and fields["end"] > fields["start"] else "end"
        raise errors.Invalid(_("Please check what you entered."), errors={about: error.args[0]}) from error
    return []


@operation(
    "unit.register_meeting", IUnit, title=_("Register a meeting in one step"), permission="hopso: Add Meeting",
    schema=IWholeRegistration, check=check_together, order=400,
    help=_("Registration of a meeting by another system: the draft is made and handed in, or nothing happens."),
)  # fmt: skip
def register_meeting(unit, draft=False, **fields):
    """Make a meeting of *unit* and hand it in, in one transaction; returns it.

    Raises Invalid (bad fields, by name) or Blocked (what the regulation misses).
    """
    fields = {name: value for name, value in fields.items() if value is not None}
    fields.setdefault("preparer", api.user.get_current().getId())
    folder = meeting_folder(unit, file_year(fields["start"]))
    meeting = addContentToContainer(
        folder, createContent("Meeting", host_unit=unit.getId(), **fields), checkConstraints=False
    )
    if not draft:
        operations.register(meeting)
    return meeting


class CompletenessGet(Service):
    """``GET <meeting>/@completeness``: percent, and what the regulation asks for, thing by thing."""

    def reply(self):
        found = completeness_of(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@completeness",
            "percent": found.percent,
            "items": [
                {
                    "field": one.name,
                    "title": translate(one.title, context=self.request),
                    "there": one.there,
                    "rule": one.rule,
                    "article": one.article,
                }
                for one in found.parts
            ],
        }

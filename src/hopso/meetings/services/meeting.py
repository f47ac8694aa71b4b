"""Reading and changing a meeting through the API."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.core import errors
from hopso.core.moments import to_utc
from hopso.core.parameters import parse_datetime
from hopso.core.views.answers import describe_error
from hopso.interfaces import IHopsoLayer
from hopso.meetings import answers
from hopso.meetings import participation
from hopso.meetings import rules
from hopso.meetings.content import IMeeting
from hopso.meetings.facts import facts_of
from hopso.meetings.views.people_card import SEES_ANSWERS
from hopso.organisation.names import participant_names
from plone import api
from plone.restapi.deserializer import json_body
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.dxcontent import SerializeFolderToJson
from plone.restapi.services.content.update import ContentPatch
import transaction
from zope.component import adapter
from zope.interface import implementer
from zope.schema.interfaces import IDatetime


@implementer(ISerializeToJson)
@adapter(IMeeting, IHopsoLayer)
class MeetingToJson(SerializeFolderToJson):
    """The fields, what operations stamped, and the answers for those who may see them."""

    def __call__(self, *args, **kwargs):
        found = super().__call__(*args, **kwargs)
        meeting, may = self.context, getSecurityManager().checkPermission
        for name in ("registered_at", "complete_at", "published_at", "started_at", "ended_at"):
            found[name] = json_compatible(getattr(meeting, name))
        found["policy_name"] = meeting.policy_name
        found["etag"] = etag_of(meeting)
        found["reading_hours"] = rules.reading_hours(meeting.published_at, meeting.start)
        if may("Modify portal content", meeting):
            found["missing_information"] = rules.missing(facts_of(meeting))
        sees = any(may(permission, meeting) for permission in SEES_ANSWERS)
        mine = set(answers.answerable(meeting, api.user.get_current().getId()))
        names = participant_names(participation.records(meeting))
        found["participation"] = [
            {
                "principal": principal,
                "title": names[principal],
                "part": record.part,
                **(_answer(record) if sees or principal in mine else {}),
            }
            for principal, record in participation.records(meeting).items()
        ]
        return found


def _answer(record) -> dict:
    return {
        "answer": record.answer,
        "substitute": record.substitute or None,
        "reason": record.reason or None,
        "answered_at": json_compatible(record.answered_at),
    }


def etag_of(meeting) -> str:
    """Return what tells one state of the meeting's own fields from another."""
    return f"{(meeting._p_serial or b'').hex()}-{meeting.modified().millis()}"


@implementer(IFieldDeserializer)
@adapter(IDatetime, IMeeting, IHopsoLayer)
class MomentFromJson(DefaultFieldDeserializer):
    """Reads ISO 8601; without a zone it is Vietnamese time.  (plone.restapi knows zones of pytz only.)"""

    def __call__(self, value):
        if value is None:
            self.field.validate(value)
            return None
        try:
            moment = to_utc(parse_datetime(value))
        except (ValueError, TypeError) as error:
            raise ValueError(f"Invalid date: {value}") from error
        self.field.validate(moment)
        return moment


class MeetingPatch(ContentPatch):
    """``PATCH <meeting>``: refusals of the rules become answers, and a lost update is noticed.

    ``If-Match: <etag>`` (as the meeting's JSON states it) makes the change
    only if nobody else was quicker; else 412.
    """

    def reply(self):
        try:
            wanted = (self.request.getHeader("If-Match") or "").strip().strip('"')
            if wanted and wanted not in ("*", etag_of(self.context)):
                error = errors.EditConflict(
                    _("Somebody else has changed the meeting in the meantime. Please read it again.")
                )
                error.status = 412
                raise error
            if "host_unit" in json_body(self.request):
                raise errors.Invalid(
                    _("Please check what you entered."),
                    errors={"host_unit": _("The host unit is given by the place of the meeting.")},
                )
            return super().reply()
        except errors.OperationError as error:
            transaction.abort()
            self.request.response.setStatus(error.status)
            return {"error": describe_error(error, self.request)}

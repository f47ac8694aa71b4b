"""What mails say of incidents, feedback and requests; of violations they say nothing."""

from hopso import _
from hopso.core.text import datetime_text
from hopso.inventory.vocabularies import device_title
from hopso.inventory.vocabularies import room_title
from hopso.notifications.messages import IMailFacts
from hopso.operations_desk.content import IDataRequest
from hopso.operations_desk.content import IFeedback
from hopso.operations_desk.content import IIncident
from hopso.organisation.place import unit_of
from hopso.organisation.vocabularies import person_name
from hopso.organisation.vocabularies import unit_title
from zope.component import adapter
from zope.interface import implementer


class Facts:
    """Base: keeps the thing; ``rows`` are (label, text) with empty texts left out."""

    def __init__(self, context):
        self.context = context

    def facts(self, language):
        return [(label, text) for label, text in self.rows() if text]


@implementer(IMailFacts)
@adapter(IIncident)
class IncidentFacts(Facts):
    """Who reported what, where."""

    def rows(self):
        incident = self.context
        return [
            (_("Incident"), incident.title),
            (_("What happened"), incident.what),
            (_("Reported by"), person_name(incident.reporter) or incident.reporter),
            (_("Unit"), unit_of(incident).title),
            (_("Room"), room_title(incident.room) if incident.room else ""),
            (_("Device"), device_title(incident.device) if incident.device else ""),
            (_("Reported"), datetime_text(incident.reported_at)),
            (_("What was done"), incident.resolution),
        ]


@implementer(IMailFacts)
@adapter(IFeedback)
class FeedbackFacts(Facts):
    """Who sent what, and the answer."""

    def rows(self):
        feedback = self.context
        return [
            (_("Subject line"), feedback.title),
            (_("Sending unit"), unit_title(feedback.from_unit) or ""),
            (_("Sender"), person_name(feedback.sender) or feedback.sender),
            (_("Forwarded to"), feedback.forwarded_to),
            (_("Answer"), feedback.answer),
        ]


@implementer(IMailFacts)
@adapter(IDataRequest)
class RequestFacts(Facts):
    """Who asks for what; the data themselves are not named in mails."""

    def rows(self):
        request = self.context
        return [
            (_("What is asked for"), request.title),
            (_("Asked by"), person_name(request.person) or request.person),
            (_("Reason of the decision"), request.reason),
        ]

"""``@availability``: is it free, who has it, what is free instead."""

from hopso.booking import asking
from hopso.core import errors
from hopso.core.views.answers import describe_error
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service


class AvailabilityGet(Service):
    """``GET <site>/@availability?rooms=UID&sites=UID&start=…&end=…[&people=…][&meeting=UID]``."""

    def reply(self):
        self.request.response.setHeader("Cache-Control", "private, no-store")
        try:
            return asking.answer(asking.read(self.asked()), self.request)
        except errors.OperationError as error:
            self.request.response.setStatus(error.status)
            return {"error": describe_error(error, self.request)}

    def asked(self) -> dict:
        """Return the parameters."""
        return self.request.form


class AvailabilityPost(AvailabilityGet):
    """``POST <site>/@availability`` with the same as a JSON object; changes nothing."""

    def asked(self) -> dict:
        return json_body(self.request)

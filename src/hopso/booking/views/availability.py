"""``@@availability``: the same as the service, for the script of the forms."""

import json

from hopso.booking import asking
from hopso.core import errors
from hopso.core.views.answers import describe_error
from Products.Five.browser import BrowserView


class Availability(BrowserView):
    """``GET <site>/@@availability?rooms=UID&rooms=UID&start=…&end=…``; JSON."""

    def __call__(self):
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Cache-Control", "private, no-store")
        try:
            found = asking.answer(asking.read(self.request.form), self.request)
        except errors.OperationError as error:
            response.setStatus(error.status)
            found = describe_error(error, self.request)
        return json.dumps(found, ensure_ascii=False)

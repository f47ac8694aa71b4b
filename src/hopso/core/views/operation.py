"""Operations for browsers: one view that carries any of them out."""

import json

from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.parameters import decode
from hopso.core.views.answers import describe_error
from plone import api
from plone.protect import CheckAuthenticator
from plone.protect import PostOnly
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import transaction


class DoOperation(BrowserView):
    """``POST <object>/@@do`` with ``verb`` and the parameters of the operation.

    A script that asks for JSON gets ``{"location": …}`` or the error with its
    status; a plain form is sent back with a message, or gets a page that says
    what is missing.  ``override_reason`` lifts blocks where the rules allow it.
    """

    refused = ViewPageTemplateFile("templates/refused.pt")
    error = None

    def __call__(self):
        PostOnly(self.request)
        CheckAuthenticator(self.request)
        try:
            one, params = self.asked()
            if one is None:
                raise errors.Invalid(_("There is no such operation here."))
            reason = self.request.form.get("override_reason", "")
            result = one(self.context, override_reason=reason, **params)
        except errors.OperationError as error:
            transaction.abort()
            return self.refuse(error)
        location = self._location(result)
        if self.wants_json:
            return self._json(200, {"location": location})
        api.portal.show_message(_("Done."), self.request)
        self.request.response.redirect(location, status=303)
        return ""

    def asked(self):
        """Return the operation asked for (None if there is none) and its parameters.  Raises Invalid."""
        form = self.request.form
        one = find_operation(self.context, form.get("verb", ""))
        return one, decode(one.schema, form) if one is not None else {}

    @property
    def wants_json(self) -> bool:
        return "application/json" in (self.request.getHeader("Accept") or "")

    def _location(self, result) -> str:
        wanted = self.request.form.get("came_from", "")
        tool = api.portal.get_tool("portal_url")
        if wanted and tool.isURLInPortal(wanted):
            return wanted
        target = result if hasattr(result, "absolute_url") else self.context
        return target.absolute_url()

    def refuse(self, error):
        """Answer that the operation was refused, as page or JSON."""
        self.error = describe_error(error, self.request, self.context)
        if self.wants_json:
            return self._json(error.status, self.error)
        self.request.response.setStatus(error.status)
        return self.refused()

    def _json(self, status, data):
        self.request.response.setStatus(status)
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(data, ensure_ascii=False)

    def came_from(self) -> str:
        """Where "back" leads to."""
        referer = self.request.get("HTTP_REFERER", "")
        if api.portal.get_tool("portal_url").isURLInPortal(referer):
            return referer
        return self.context.absolute_url()

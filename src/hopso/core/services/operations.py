"""``@operations``: what may be done with a thing, and doing it."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import find_operation
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.parameters import decode
from hopso.core.views.answers import describe_error
from hopso.core.views.answers import describe_finding
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
import transaction
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.schema import getFieldNamesInOrder


class OperationsGet(Service):
    """``GET …/@operations``: what the caller may do now, and what the rules say to it."""

    def reply(self):
        items = []
        for one in operations_for(self.context):
            if not one.allowed(self.context):
                continue
            # Rules that need parameters are asked when the operation is called.
            findings = () if one.schema else one.findings(self.context)
            items.append(
                {
                    "verb": one.verb,
                    "title": translate(one.title, context=self.request),
                    "parameters": getFieldNamesInOrder(one.schema) if one.schema else [],
                    "findings": [
                        describe_finding(finding, self.request, self.context) for finding in findings
                    ],
                }
            )
        url = self.context.absolute_url()
        return {"@id": f"{url}/@operations", "review_state": state_of(self.context), "items": items}


@implementer(IPublishTraverse)
class OperationsPost(Service):
    """``POST …/@operations/<verb>`` with the parameters as a JSON object."""

    verb = ""

    def publishTraverse(self, request, name):
        self.verb = name
        return self

    def reply(self):
        try:
            self._same_origin()
            one, params = self.asked()
            if one is None:
                error = errors.Invalid(_("There is no such operation here."))
                error.status = 404
                raise error
            reason = str(json_body(self.request).get("override_reason", "") or "")
            result = one(self.context, override_reason=reason, **params)
        except errors.OperationError as error:
            transaction.abort()
            self.request.response.setStatus(error.status)
            return {"error": describe_error(error, self.request, self.context)}
        answer = {"@id": self.context.absolute_url(), "review_state": state_of(self.context)}
        if hasattr(result, "absolute_url"):
            answer["result"] = result.absolute_url()
        if user_id := getattr(result, "user_id", ""):
            answer["user"] = user_id
        return answer

    def asked(self):
        """Return the operation asked for (None if there is none) and its parameters.  Raises Invalid."""
        one = find_operation(self.context, self.verb)
        if one is None:
            return None, {}
        body = dict(json_body(self.request))
        body.pop("override_reason", None)
        unknown = set(body) - set(getFieldNamesInOrder(one.schema) if one.schema else ())
        if unknown:
            raise errors.Invalid(
                _("Unknown parameters."), errors={name: _("Unknown.") for name in sorted(unknown)}
            )
        return one, decode(one.schema, body)

    def _same_origin(self):
        """Let nobody's page in another window do this with the visitor's cookie.

        A body of JSON cannot be sent across origins without the browser's
        asking first; only then is plone.protect's token not needed.
        """
        kind = (self.request.getHeader("Content-Type") or "").partition(";")[0].strip()
        if kind != "application/json":
            error = errors.Invalid(_("The body must be JSON (Content-Type: application/json)."))
            error.status = 415
            raise error
        alsoProvides(self.request, IDisableCSRFProtection)

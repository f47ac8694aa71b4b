"""What a person hears whose request met those of others until Zope gave up trying it again.

The database refused each attempt because somebody else had just written the
same thing.  Nothing is broken and nothing was changed: 409, and for an
operation what its rules say now that the others are through.
"""

import json

from hopso import _
from hopso.core import errors
from hopso.core.views.answers import describe_error
from plone.rest.interfaces import IAPIRequest
from Products.Five.browser import BrowserView
import transaction
from zope.component import getMultiAdapter


class Crowded(BrowserView):
    """Answers ``transaction.interfaces.TransientError`` once the request cannot be tried again."""

    hs_section = "none"

    def __call__(self):
        # What was begun is lost anyway; from here on what the others did is seen.
        transaction.abort()
        transaction.begin()
        published = self.request.get("PUBLISHED")
        published = getattr(published, "__self__", published)
        error = errors.EditConflict(
            _("Others worked on this at the same moment, so nothing was changed. Please try again."),
            findings=findings_now(published),
        )
        # Locked: Zope sets the status by the name of the exception.
        self.request.response.setStatus(error.status, lock=True)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if hasattr(published, "refuse"):
            return published.refuse(error)
        if IAPIRequest.providedBy(self.request):
            return as_json(
                self.request,
                {"error": describe_error(error, self.request, getattr(published, "context", None))},
            )
        page = getMultiAdapter((error, self.request), name="index.html")
        page.__parent__ = self.__parent__
        return page()


def findings_now(published) -> tuple:
    """Return what the rules of the operation that was asked for say now; nothing if there was none."""
    if not hasattr(published, "asked"):
        return ()
    try:
        one, params = published.asked()
        return one.findings(published.context, **one.validated(params)) if one is not None else ()
    except errors.OperationError as error:
        return error.findings


def as_json(request, data) -> str:
    """Return *data* as the body of an answer of JSON."""
    request.response.setHeader("Content-Type", "application/json")
    return json.dumps(data, ensure_ascii=False)

"""Refusals that reach the browser and the API as they are, from any path of creation."""

from hopso.core import errors
from zExceptions import HTTPBadRequest
from zExceptions import HTTPConflict
from zExceptions import HTTPUnprocessableEntity
from zope.globalrequest import getRequest
from zope.i18n import translate


def _said(text) -> str:
    return translate(text, context=getRequest())


class UploadRefused(errors.Invalid, HTTPBadRequest):
    """The file is not accepted (400)."""

    status = 400

    def __init__(self, message):
        super().__init__(_said(message), errors={"file": message})


class DocumentRefused(errors.Blocked, HTTPUnprocessableEntity):
    """A rule keeps the document off the system (422)."""

    status = 422

    def __init__(self, findings):
        texts = [f"{_said(one.text)} ({one.article})" for one in findings]
        super().__init__(findings, message=" ".join(texts))


class DocumentClosed(errors.WrongState, HTTPConflict):
    """The meeting takes no documents any more (409)."""

    status = 409

    def __init__(self, message):
        super().__init__(_said(message))

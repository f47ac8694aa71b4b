"""What an operation may answer instead of doing its work.

Every error carries an HTTP status and a message for people; views and REST
services turn them into pages and JSON, and the transaction is aborted.
"""

from hopso import _


class OperationError(Exception):
    """An operation was refused; nothing was changed.

    ``status`` is the HTTP status (int), ``message`` a translatable text,
    ``findings`` the findings of rules that refused it (may be empty) and
    ``errors`` the bad parameters: name -> translatable text.
    """

    status = 400

    def __init__(self, message, *, findings=(), errors=None):
        super().__init__(str(message))
        self.message = message
        self.findings = tuple(findings)
        self.errors = dict(errors or {})


class Invalid(OperationError):
    """A parameter is missing or wrong (400)."""

    status = 400


class Denied(OperationError):
    """The person may not do this (403)."""

    status = 403

    def __init__(self, message=None, **kw):
        super().__init__(message or _("You do not have the right to do this."), **kw)


class WrongState(OperationError):
    """The thing is not in a state in which this can be done (409)."""

    status = 409


class EditConflict(OperationError):
    """Somebody else has changed the thing in the meantime (409)."""

    status = 409


class Blocked(OperationError):
    """A rule of the regulation forbids it; see ``findings`` (422)."""

    status = 422

    def __init__(self, findings, message=None):
        super().__init__(message or _("The regulation does not allow this yet."), findings=findings)

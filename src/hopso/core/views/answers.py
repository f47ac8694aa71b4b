"""Errors and findings in a form that pages and JSON share."""

from AccessControl import getSecurityManager
from hopso.core.text import datetime_text
from zope.i18n import translate


def describe_finding(finding, request, context=None) -> dict:
    """Return a finding as plain texts in the language of *request*.

    ``may_override`` tells whether the present user may lift it on *context*;
    ``alternatives`` what would be possible instead, each with its ``text`` and
    what to ``fill`` into the form.
    """
    may = getSecurityManager().checkPermission
    return {
        "rule": finding.rule,
        "level": finding.level,
        "article": finding.article,
        "text": translate(finding.text, context=request),
        "deadline": datetime_text(finding.deadline) if finding.deadline else None,
        "override": bool(finding.override),
        "may_override": bool(finding.override and context is not None and may(finding.override, context)),
        "override_who": translate(finding.override_who, context=request) if finding.override_who else "",
        "alternatives": list(finding.data.get("alternatives", ())),
    }


def describe_error(error, request, context=None) -> dict:
    """Return an OperationError as plain texts: type, message, errors, findings."""
    return {
        "type": type(error).__name__,
        "status": error.status,
        "message": translate(error.message, context=request),
        "errors": {name: translate(text, context=request) for name, text in error.errors.items()},
        "findings": [describe_finding(one, request, context) for one in error.findings],
    }

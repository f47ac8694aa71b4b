"""Workflow transitions of ours happen in operations only.

Whoever calls the workflow tool directly (Plone's state menu, the ``@workflow``
service, a script) would step over the rules of the regulation.
"""

from hopso import _
from hopso.core.operation import in_operation
from Products.CMFCore.WorkflowCore import WorkflowException
from zope.i18n import translate


def refuse_bare_transition(context, event):
    """Raise WorkflowException for one of our transitions outside of an operation."""
    if event.transition is None or not event.workflow.getId().startswith("hopso_"):
        return
    if not in_operation():
        message = _("Please use the buttons of the page: this step has rules to check.")
        raise WorkflowException(translate(message))

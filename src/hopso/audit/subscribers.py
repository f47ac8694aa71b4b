"""What is written to the log when content and operations tell of themselves."""

from hopso.audit.describe import WITHHELD
from hopso.audit.log import record
from hopso.audit.snapshot import changes_of
from hopso.core.operation import in_operation
from zope.component.hooks import getSite
from zope.container.interfaces import IContainerModifiedEvent


# Parameters that name the person whom an operation is about.
SUBJECTS = ("user", "user_id", "principal", "substitute", "principals", "users")
PERSON = "user:"


def operation_done(event):
    """An operation was carried out."""
    hidden = event.operation.confidential
    params = {name: WITHHELD if value and name in hidden else value for name, value in event.params.items()}
    record(
        event.operation.name,
        event.context,
        before=event.before or "",
        after=event.after or "",
        findings=tuple((one.rule, one.level) for one in event.findings),
        override=event.override_reason.strip(),
        details=params,
        subject=subject_of(params),
        changes=changes_of(event.context),
    )


def subject_of(params: dict) -> str:
    """Return the user id of the person that parameters name, "" if they name none, or a unit."""
    for name in SUBJECTS:
        value = params.get(name)
        if isinstance(value, list | tuple) and len(value) == 1:
            value = value[0]
        if isinstance(value, str) and value and not value.startswith("unit:"):
            return value.removeprefix(PERSON)
    return ""


def content_added(obj, event):
    """Content was made."""
    if event.oldParent is None and event.object is obj:
        record("content.added", obj)


def content_modified(obj, event):
    """Content was changed by a form or the API; operations tell of their own changes."""
    if in_operation() or IContainerModifiedEvent.providedBy(event):
        return
    names = sorted({name for one in event.descriptions or () for name in getattr(one, "attributes", ())})
    changes = changes_of(obj)
    record(
        "content.modified",
        obj,
        changes=changes,
        details={"fields": names} if names and not changes else {},
    )


def content_removed(obj, event):
    """Content is being deleted (not when the whole site goes)."""
    if event.newParent is None and getSite() is not None:
        record("content.removed", obj)


def item_read(event):
    """A file was fetched, a restricted thing was opened: written although the request only reads."""
    record(f"item.{event.how}", event.context, findable=False, details=event.details)


def logged_in(event):
    """Somebody came in."""
    _session("login", event.principal)


def logged_out(event):
    """Somebody went out."""
    _session("logout", event.principal)


def _session(name, principal):
    if getSite() is not None:
        record(name, who=principal.getId() or "")

"""What is written to the log, on every path."""

from contextlib import contextmanager

from hopso.audit.describe import plain_details
from hopso.audit.log import record
from hopso.core.operation import in_operation
from plone.protect.utils import safeWrite
from zope.component.hooks import getSite
from zope.container.interfaces import IContainerModifiedEvent
from zope.globalrequest import getRequest


def operation_done(event):
    """An operation was carried out."""
    record(
        event.operation.name,
        event.context,
        before=event.before or "",
        after=event.after or "",
        findings=tuple((one.rule, one.level) for one in event.findings),
        override=event.override_reason.strip(),
        details=plain_details(event.params),
    )


def content_added(obj, event):
    """Content was made."""
    if event.oldParent is None and event.object is obj:
        record("content.added", obj)


def content_modified(obj, event):
    """Content was changed by a form or the API; operations tell of their own changes."""
    if in_operation() or IContainerModifiedEvent.providedBy(event):
        return
    names = sorted({name for one in event.descriptions or () for name in getattr(one, "attributes", ())})
    record("content.modified", obj, details={"fields": names} if names else {})


def content_removed(obj, event):
    """Content is being deleted (not when the whole site goes)."""
    if event.newParent is None and getSite() is not None:
        record("content.removed", obj)


def item_read(event):
    """A file was fetched: written although the request only reads."""
    with harmless_write():
        record(f"item.{event.how}", event.context, findable=False, details=plain_details(event.details))


def logged_in(event):
    """Somebody came in."""
    _session("login", event.principal)


def logged_out(event):
    """Somebody went out."""
    _session("logout", event.principal)


def _session(name, principal):
    if getSite() is not None:
        with harmless_write():
            record(name, who=principal.getId() or "")


@contextmanager
def harmless_write():
    """Tell the protection against forged requests that these few writes, and no others, are ours."""
    jar, request = getattr(getSite(), "_p_jar", None), getRequest()
    known = _written(jar)
    yield
    if request is None:
        return
    for obj in _written(jar).values():
        if obj._p_oid not in known:
            safeWrite(obj, request)


def _written(jar):
    return {obj._p_oid: obj for obj in getattr(jar, "_registered_objects", ()) if obj._p_oid}

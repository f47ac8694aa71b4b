"""Changes of settings: the registry, add-ons, Plone's own accounts, roles and groups."""

from hopso.accounts.passwords import being_set
from hopso.audit.describe import plain_value
from hopso.audit.log import audit_log
from hopso.audit.log import record
from hopso.core.operation import in_operation
import transaction
from zope.component.hooks import getSite


# Plone's own notes about logins.
BOOKKEEPING = {"login_time", "last_login_time"}
# Written by Plone itself whenever resources are compiled.
NOISE = ("plone.resources.last_", "plone.bundles/", "plone.resource_registries")


def _here() -> bool:
    return getSite() is not None and audit_log() is not None


def _said(name, value):
    if value is None:
        return ""
    # Numbers and switches are no secrets, whatever they are about (the age of passwords).
    about = "" if isinstance(value, bool | int | float) else name.rpartition(".")[2]
    return plain_value(about, value)


def record_modified(event):
    """A setting has another value."""
    name = event.record.__name__
    if event.oldValue == event.newValue or name.startswith(NOISE) or not _here():
        return
    changes = {name: (_said(name, event.oldValue), _said(name, event.newValue))}
    record("setting.changed", details={"setting": name}, changes=changes)


def record_added(event):
    """There is a new setting: an add-on came, or somebody made one."""
    _came_or_went("setting.added", event)


def record_removed(event):
    """A setting is gone."""
    _came_or_went("setting.removed", event)


def _came_or_went(operation, event):
    name = event.record.__name__
    if not name.startswith(NOISE) and _here() and not _installing():
        record(operation, details={"setting": name})


class _Key:
    """Under what a transaction knows that a profile is being imported."""


_key = _Key()


def _installing() -> bool:
    # Importing a profile adds records by the hundred: the import itself is on record.
    try:
        return transaction.get().data(_key) > 0
    except KeyError:
        return False


def profile_begins(event):
    """An add-on or a profile is being installed; profiles it depends on come inside."""
    present = transaction.get()
    present.set_data(_key, present.data(_key) + 1 if _installing() else 1)


def profile_imported(event):
    """An add-on was installed, or steps of a profile were run."""
    present = transaction.get()
    if _installing():
        present.set_data(_key, present.data(_key) - 1)
    if _here():
        steps = [] if event.full_import else list(event.steps or ())
        record("profile.imported", details={"profile": event.profile_id or "", "steps": steps})


def account_made(event):
    """Plone itself made an account; our own operations tell of theirs."""
    _account("account.added", event.principal)


def account_deleted(event):
    """Plone itself deleted an account."""
    _account("account.deleted", event.principal)


def properties_updated(event):
    """Name, mail address or another property was set: which ones, never what."""
    names = sorted(set(event.properties or ()) - BOOKKEEPING)
    if names:
        _account("account.properties", event.principal, fields=names)


def password_set(event):
    """A password was set outside of our pages and operations, which write entries of their own."""
    if not being_set():
        _account("account.password_set", event.principal)


def group_made(event):
    """Plone's own group was made."""
    _account("group.added", event.principal, about_person=False)


def group_deleted(event):
    """Plone's own group was deleted."""
    _account("group.deleted", event.principal, about_person=False)


def member_added(event):
    """Somebody came into one of Plone's own groups."""
    _account("group.member_added", event.principal, group=event.group_id)


def member_removed(event):
    """Somebody left one of Plone's own groups."""
    _account("group.member_removed", event.principal, group=event.group_id)


def _account(operation, principal, *, about_person=True, **details):
    if in_operation() or not _here():
        return
    principal_id = principal if isinstance(principal, str) else principal.getId() or ""
    if not about_person:
        details["group"] = principal_id
    record(operation, subject=principal_id if about_person else "", details=details)

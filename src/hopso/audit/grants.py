"""Rights that are changed in Plone's forms or in the management interface of Zope.

Most of that sends no event.  So before such a request is committed, what it is
about to write is compared with what was committed: roles of people, local
roles, permissions, workflows, types, and plug-ins of the user folder.  Our own
operations are not looked at: they tell of themselves.
"""

import re

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOBucket
from hopso.audit.describe import plain_value
from hopso.audit.log import audit_log
from hopso.audit.log import record
from hopso.audit.snapshot import committed_state
from hopso.core.operation import in_operation
from persistent.mapping import PersistentMapping
from Products.CMFCore.interfaces import ITypeInformation
from Products.CMFCore.interfaces import IWorkflowTool
from Products.PluggableAuthService.interfaces.plugins import IRoleAssignerPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from Products.PluginRegistry.interfaces import IPluginRegistry
import transaction
from zope.component.hooks import getSite


PERMISSION = re.compile(r"^_(.+)_Permission$")
LOCAL_ROLES = ("__ac_local_roles__", "__ac_local_roles_block__")
OURS = "hopso."


def before_commit(event):
    """Compare what the request is about to write with what was there."""
    site = getSite()
    if site is None or site._p_jar is None or is_ours(event.request.get("PUBLISHED")):
        return
    written = [one for one in getattr(site._p_jar, "_registered_objects", ()) if one._p_changed]
    if written and audit_log() is not None:
        compare(site, written)


def is_ours(published) -> bool:
    """Tell whether a view, service or operation of this house is being published."""
    found = getattr(published, "__self__", published)
    return any(one.__module__.startswith(OURS) for one in type(found).__mro__)


def compare(site, written) -> None:
    """Record what *written* objects change of rights."""
    if in_operation():
        return
    if any(_is_tree(one) for one in written):
        _compare_roles(site)
    if any(isinstance(one, PersistentMapping) for one in written):
        _compare_mappings("workflow.changed", _parts_of_workflows(site.portal_workflow))
        _compare_mappings("plugin.changed", [("plugins", site.acl_users.plugins._plugins)])
    for obj in written:
        kind = kind_of(obj)
        before = committed_state(obj) if kind else None
        if before is None:
            continue
        now = dict(aq_base(obj).__dict__)
        if kind == "content":
            _rights(obj, before, now)
        else:
            names = sorted(one for one in {*before, *now} if before.get(one) != now.get(one))
            names = [one for one in names if not one.startswith(("_p_", "_v_"))]
            if names:
                record(f"{kind}.changed", details={"id": _id(obj), "fields": names})


def _is_tree(obj) -> bool:
    return isinstance(obj, OOBTree | OOBucket)


def kind_of(obj) -> str:
    """Return what an object about to be written is to this module, "" for nothing."""
    if type(obj).__module__.startswith(OURS):
        return "content" if hasattr(obj, "portal_type") else ""
    if type(obj).__module__.startswith("Products.DCWorkflow") or IWorkflowTool.providedBy(obj):
        return "workflow"
    if ITypeInformation.providedBy(obj):
        return "type"
    if isinstance(obj, BasePlugin) or IPluginRegistry.providedBy(obj):
        return "plugin"
    return "content" if hasattr(aq_base(obj), "__ac_local_roles__") or hasattr(obj, "portal_type") else ""


def _rights(obj, before, now):
    permissions = {}
    for name in sorted({*before, *now}):
        found = PERMISSION.match(name)
        if found and before.get(name) != now.get(name):
            permissions[found[1].replace("_", " ")] = (_roles(before.get(name)), _roles(now.get(name)))
    if permissions:
        record("permission.changed", _thing(obj), changes=permissions)
    roles = {}
    for name in LOCAL_ROLES:
        old, new = before.get(name) or {}, now.get(name) or {}
        if old == new:
            continue
        if not isinstance(old, dict) or not isinstance(new, dict):
            roles["inherited"] = (not old, not new)
            continue
        for principal in sorted({*old, *new}):
            if list(old.get(principal, ())) != list(new.get(principal, ())):
                roles[principal] = (_roles(old.get(principal)), _roles(new.get(principal)))
    if roles:
        record("role.changed", _thing(obj), changes=roles)


def _compare_mappings(operation, parts):
    """Record what is different in mappings that things keep apart from themselves."""
    for name, mapping in parts:
        before = committed_state(mapping) if getattr(mapping, "_p_changed", False) else None
        if before is None:
            continue
        old, new = before.get("data") or {}, mapping.data
        changes = {
            getattr(one, "__name__", str(one)): (_roles(old.get(one)), _roles(new.get(one)))
            for one in sorted({*old, *new}, key=str)
            if old.get(one) != new.get(one)
        }
        if changes:
            record(operation, details={"id": name}, changes=changes)


def _parts_of_workflows(tool):
    yield "types", tool._chains_by_type
    for flow in tool.objectValues():
        for section in ("states", "transitions"):
            yield f"{flow.getId()}/{section}", getattr(flow, section)._mapping
        for state in flow.states.objectValues():
            yield f"{flow.getId()}/{state.getId()}", state.permission_roles


def _thing(obj):
    return obj if hasattr(obj, "getPhysicalPath") else None


def _roles(value):
    if not value:
        return ""
    is_list = isinstance(value, list | tuple | set | frozenset)
    return plain_value("roles", sorted(str(one) for one in value) if is_list else value)


def _id(obj) -> str:
    found = getattr(obj, "getId", None)
    return str(found()) if callable(found) else type(obj).__name__


def _compare_roles(site):
    """Record which people and groups get or lose roles for the whole site."""
    for _name, manager in site.acl_users.plugins.listPlugins(IRoleAssignerPlugin):
        tree = getattr(aq_base(manager), "_principal_roles", None)
        if tree is None or tree._p_oid is None:
            continue
        for principal, old, new in _differences(site._p_jar, tree):
            record(
                "role.granted" if len(new) >= len(old) else "role.withdrawn",
                subject=principal,
                changes={"roles": (_roles(old), _roles(new))},
            )


def _differences(jar, tree):
    other = jar.db().open(transaction_manager=transaction.TransactionManager())
    try:
        before = {name: tuple(roles) for name, roles in other.get(tree._p_oid).items()}
    except KeyError:
        before = {}
    finally:
        other.transaction_manager.abort()
        other.close()
    now = {name: tuple(roles) for name, roles in tree.items()}
    for principal in sorted({*before, *now}):
        old, new = before.get(principal, ()), now.get(principal, ())
        # Everybody with an account is a member.
        if set(old) - {"Member"} != set(new) - {"Member"}:
            yield principal, old, new

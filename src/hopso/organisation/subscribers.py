"""What happens to units on every path: form, API, import."""

from hopso import _
from hopso.core import errors
from hopso.organisation import confirming  # noqa: F401
from hopso.organisation import jobs  # noqa: F401  (jobs and operations register themselves)
from hopso.organisation import keeping  # noqa: F401
from hopso.organisation import reorganise  # noqa: F401
from hopso.organisation import schemes  # noqa: F401
from hopso.organisation.place import give_unit_roles
from hopso.organisation.situation import holdings
from hopso.organisation.tree import find_unit
from hopso.organisation.validity import check_unit
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from zope.container.interfaces import IContainerModifiedEvent


def unit_added(unit, event):
    """A new or moved unit states who may do what in it."""
    if event.newParent is None:
        return  # it is being deleted
    if event.oldParent is None:
        check_unit(unit)
    give_unit_roles(unit)
    unit.reindexObjectSecurity()


def unit_modified(unit, event):
    """A changed unit still keeps to the rules of the tree."""
    if not IContainerModifiedEvent.providedBy(event):
        check_unit(unit)


def unit_will_be_removed(unit, event):
    """Only what was entered by mistake is deleted: a unit with people or meetings is closed."""
    if IPloneSiteRoot.providedBy(event.object):
        return
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(unit.getPhysicalPath())
    meetings = catalog.unrestrictedSearchResults(path=path, portal_type="Meeting", sort_limit=1)
    held = holdings([unit.getId()])[unit.getId()]
    if meetings or held.people or held.functions or unit.predecessors or unit.successors:
        raise errors.WrongState(_("A unit that has or had people or meetings is closed, never deleted."))


def id_is_free(unit, event):
    """Ids of units are the names of groups: no two units of the site may share one."""
    twin = find_unit(unit.getId()) if event.oldParent is None and event.newParent is not None else None
    if twin is not None and twin.getPhysicalPath() != unit.getPhysicalPath():
        raise errors.Invalid(_("There is a unit with this id already."))

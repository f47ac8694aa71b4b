"""What GenericSetup files cannot say.

Rooms register what they need under ``hopso.setup`` (see ``on_install``), so
that this module knows none of them by heart.
"""

from hopso.accounts import setup as accounts
from hopso.archive import setup as archive
from hopso.audit import chain as audit_chain
from hopso.audit import log as audit_log
from hopso.booking import store as booking
from hopso.calendars import setup as calendars
from hopso.inventory.sites import store as sites
from hopso.meetings import participation
from hopso.minutes import numbers
from hopso.notifications import log as notification_log
from hopso.operations_desk import reads
from hopso.operations_desk import setup as operations_desk
from hopso.organisation import assignments
from hopso.organisation import groups
from hopso.organisation import managed
from hopso.organisation import records as organisation
from hopso.organisation.migration import several_links
from hopso.organisation.place import ensure_places
from hopso.policy import overrides as policy_overrides
from hopso.policy import versions as policy_versions
from hopso.security import grants
from hopso.security import rights_index
from plone.base.interfaces import INonInstallable
from zope.interface import implementer


@implementer(INonInstallable)
class HiddenProfiles:
    """Keeps helper profiles out of the add-ons control panel."""

    def getNonInstallableProfiles(self):
        return ["hopso:uninstall", "hopso:testing"]

    def getNonInstallableProducts(self):
        return ["hopso.upgrades"]


def install(tool) -> None:
    """Make the stores, the groups plug-in and the fixed places; repeating it is harmless."""
    portal = tool.aq_parent
    accounts.install(portal)
    assignments.ensure_store(portal)
    organisation.ensure_store(portal)
    managed.ensure_store(portal)
    participation.ensure_store(portal)
    booking.ensure_store(portal)
    grants.ensure_store(portal)
    policy_versions.ensure_store(portal)
    policy_overrides.ensure_store(portal)
    audit_log.ensure_log(portal)
    audit_chain.ensure_chain(portal)
    notification_log.ensure_log(portal)
    reads.ensure_store(portal)
    sites.ensure_store(portal)
    operations_desk.install(portal)
    groups.install(portal)
    rights_index.install(portal)
    ensure_places(portal)
    several_links(portal)
    numbers.ensure_store(portal)
    archive.install(portal)
    calendars.install(portal)


def uninstall(tool) -> None:
    """Take the plug-ins and the index out; content and records stay."""
    groups.uninstall(tool.aq_parent)
    rights_index.uninstall(tool.aq_parent)
    accounts.uninstall(tool.aq_parent)

"""Keeps the profiles of provinces out of the add-ons control panel: they are values, not add-ons."""

from hopso.policy.api import available_policies
from plone.base.interfaces import INonInstallable
from zope.interface import implementer


@implementer(INonInstallable)
class HiddenPolicies:
    """Hides every ``hopso.policy:<province>``."""

    def getNonInstallableProfiles(self):
        return [one.profile_id for one in available_policies()]

    def getNonInstallableProducts(self):
        return []

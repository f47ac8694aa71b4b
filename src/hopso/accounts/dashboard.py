"""No dashboard of Plone for new accounts: nobody here ever sees one, and to make it costs more than the account."""

from plone.app.portlets.interfaces import IDefaultDashboard
from Products.PluggableAuthService.interfaces.authservice import IPropertiedUser
from zope.component import adapter
from zope.interface import implementer


@implementer(IDefaultDashboard)
@adapter(IPropertiedUser)
class NoDashboard:
    """The empty dashboard."""

    def __init__(self, principal):
        self.principal = principal

    def __call__(self) -> dict:
        """Return column -> portlets: none."""
        return {}

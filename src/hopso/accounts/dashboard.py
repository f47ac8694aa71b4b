"""No dashboard of Plone for new accounts: nobody here ever sees one, and to make it costs more than the account."""

from plone.app.portlets.interfaces import IDefaultDashboard
from Products.PlonePAS.plugins.ufactory import PloneUser
from zope.component import adapter
from zope.interface import implementer


@implementer(IDefaultDashboard)
@adapter(PloneUser)
class NoDashboard:
    """The empty dashboard; for the class of our users, since Plone has taken their interface."""

    def __init__(self, principal):
        self.principal = principal

    def __call__(self) -> dict:
        """Return column -> portlets: none."""
        return {}

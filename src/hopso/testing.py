"""Test layers, and the small things that tests of every room need."""

import os

from hopso import factories  # noqa: F401  (re-exported for tests of other packages)
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE


class HopsoLayer(PloneSandboxLayer):
    """Plone with Họp Số installed."""

    defaultBases = (PLONE_FIXTURE,)

    def setUpZope(self, app, configurationContext):
        # Vietnamese texts are part of what is tested: their catalogs are compiled when they are read.
        os.environ.setdefault("zope_i18n_compile_mo_files", "true")
        import hopso.compat
        import plone.app.contenttypes
        import plone.restapi

        for package in (plone.app.contenttypes, plone.restapi):
            self.loadZCML(package=package)
        import collective.documentviewer
        import hopso

        self.loadZCML(package=collective.documentviewer)
        self.loadZCML(package=hopso)

    def setUpPloneSite(self, portal):
        applyProfile(portal, "hopso:default")
        # Plone's test accounts are nobody in the organisation.
        portal.portal_workflow.setDefaultChain("")


HOPSO_FIXTURE = HopsoLayer()
INTEGRATION = IntegrationTesting(bases=(HOPSO_FIXTURE,), name="Hopso:Integration")
FUNCTIONAL = FunctionalTesting(bases=(HOPSO_FIXTURE, WSGI_SERVER_FIXTURE), name="Hopso:Functional")

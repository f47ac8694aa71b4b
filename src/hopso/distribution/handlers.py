"""Making a site: what plone.distribution and GenericSetup call.

``handler`` is the one way for the form of Plone, the REST service ``@sites``
and the command ``hopso-site``.
"""

from hopso.distribution import settings
from plone.base.interfaces import INonInstallable
from zope.interface import implementer


@implementer(INonInstallable)
class HiddenProfiles:
    """Keeps the profiles of whole sites out of the add-ons control panel."""

    def getNonInstallableProfiles(self):
        return ["hopso.distribution:site", "hopso.distribution:demo"]

    def getNonInstallableProducts(self):
        return ["hopso.distribution"]


def handler(distribution, site, answers: dict):
    """Fill the bare *site* by the *answers* of the form (see site/schema.json); return it."""
    setup = site.portal_setup
    for profile in distribution.profiles:
        setup.runAllImportStepsFromProfile(f"profile-{profile}")
    settings.apply_answers(site, answers)
    if answers.get("setup_content", False):
        for profile in distribution.contents["profiles"]:
            setup.runAllImportStepsFromProfile(f"profile-{profile}")
    return site


def close_doors(tool) -> None:
    """Nobody makes an account of his own, nobody sees anything without one (BD-4.4)."""
    settings.close_doors(tool.aq_parent)


def create_demo(tool) -> None:
    """Create the invented province; raises Invalid if units exist already."""
    from hopso.distribution.demo import create

    create(tool.aq_parent)

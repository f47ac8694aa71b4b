"""Pages of sites: register, map, people, providers, the sheet of a meeting; cards on pages of others."""

from hopso import _
from hopso.core.links import add_link
from hopso.inventory.sites.bodies import is_operator
from hopso.inventory.sites.bodies import reads_directory
from plone import api


def _me() -> str:
    return api.user.get_current().getId() or ""


def _serves(context) -> bool:
    return reads_directory(_me())


def _operates(context) -> bool:
    return is_operator(_me())


add_link("unit", "hopso: Add Site", _("Add a site"), "@@add-site", order=45)
add_link("me", "hopso: Use the site", _("Sites"), "@@sites", order=60, when=_serves)
add_link("me", "hopso: Use the site", _("Map of the sites"), "@@site-map", order=61, when=_serves)
add_link("me", "hopso: Use the site", _("Technical officers"), "@@site-staff", order=62, when=_serves)
add_link("tools", "hopso: View usage", _("Providers and contracts"), "@@providers", order=60)
add_link("me", "hopso: Use the site", _("Providers and contracts"), "@@providers", order=63, when=_operates)

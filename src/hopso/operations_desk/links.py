"""Ways to the pages of the desk."""

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.links import add_link
from hopso.security.logistics import serves


def serves_meetings(context) -> bool:
    """Tell whether the present user looks after lines and rooms of some unit."""
    return serves(getSecurityManager().getUser().getId() or "")


add_link(
    "me", "hopso: Use the site", _("Technical checks of the day"), "@@checks", order=40, when=serves_meetings
)
add_link("me", "hopso: Use the site", _("My duties"), "@@my-duties", order=41, when=serves_meetings)
add_link("unit", "hopso: Handle incident", _("Requests for help"), "@@help-requests", order=80)
add_link("unit", "hopso: Manage inventory", _("Template of technical checks"), "@@check-template", order=81)

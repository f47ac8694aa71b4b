"""Making and taking back addresses for other calendar programs."""

from hopso import _
from hopso.calendars import api as calendars
from hopso.calendars import parameters
from hopso.calendars.subscriptions import subscription_store
from hopso.core import errors
from hopso.core.operation import operation
from plone import api
from plone.base.interfaces.siteroot import IPloneSiteRoot


# More would only be forgotten.
MOST = 20


@operation(
    "calendar.subscribe", IPloneSiteRoot, title=_("Make an address for the calendar"),
    permission="hopso: Use the site", schema=parameters.ISubscribe, order=400,
)  # fmt: skip
def subscribe(portal, kind, key):
    """Make an address for the own use; return its token, which cannot be had again."""
    key = "" if kind == "mine" else key or ""
    if not calendars.exists(kind, key):
        raise errors.Invalid(_("There is no such calendar."), errors={"key": _("Unknown.")})
    user_id, store = api.user.get_current().getId(), subscription_store()
    if len(store.of_user(user_id)) >= MOST:
        message = _("You have ${most} addresses; take one back first.", mapping={"most": MOST})
        raise errors.Invalid(message, errors={"kind": message})
    _one, token = store.add(user_id, kind, key)
    return token


@operation(
    "calendar.unsubscribe", IPloneSiteRoot, title=_("Take back the address"),
    permission="hopso: Use the site", schema=parameters.IUnsubscribe, order=410,
)  # fmt: skip
def unsubscribe(portal, id):
    """Take back an own address: programs that use it get nothing from now on."""
    if not subscription_store().remove(api.user.get_current().getId(), id):
        raise errors.Invalid(_("There is no such address."), errors={"id": _("Unknown.")})

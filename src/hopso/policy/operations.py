"""Changing the policy of the site; meetings that are registered keep theirs."""

from hopso import _
from hopso.core import errors
from hopso.core.operation import operation
from hopso.policy.api import apply_policy
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.api import store_values
from hopso.policy.policy import KEYS
from hopso.policy.policy import read_value
from plone.base.interfaces import IPloneSiteRoot
from zope import schema
from zope.interface import Interface


MANAGE = "hopso: Manage policy"


class IValues(Interface):
    """New values, as plain data, by key."""

    values = schema.Dict(title=_("Values"), key_type=schema.ASCIILine())


class IProfile(Interface):
    """The short name of a province's policy."""

    name = schema.ASCIILine(title=_("Province"))


def checked(values: dict) -> dict:
    """Return the values (typed) of those keys that would change.  Raises Invalid, naming each bad key."""
    policy, bad, changed = current_policy(), {}, {}
    for name, raw in values.items():
        if name not in KEYS:
            bad[name] = _("Unknown.")
            continue
        try:
            value = read_value(name, raw)
        except (ValueError, TypeError):
            bad[name] = _("This value has the wrong form.")
            continue
        if value != getattr(policy, name):
            changed[name] = value
    start = changed.get("valid_from", policy.valid_from)
    end = changed.get("valid_to", policy.valid_to)
    if start and end and end < start:
        bad["valid_to"] = _("The last day is before the first.")
    if "office_hours" in changed and not changed["office_hours"]:
        bad["office_hours"] = _("There must be office hours.")
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    return changed


@operation("policy.change", IPloneSiteRoot, title=_("Change the policy"), permission=MANAGE, schema=IValues)
def change_policy(portal, values):
    """Store new values; those not named stay.  Only what differs is written and recorded."""
    store_values({name: values[name] for name in checked(values)})


@operation(
    "policy.apply",
    IPloneSiteRoot,
    title=_("Apply the policy of a province"),
    permission=MANAGE,
    schema=IProfile,
)
def apply_province(portal, name):
    """Fill all values from the profile of a province."""
    if name not in {one.name for one in available_policies()}:
        raise errors.Invalid(_("Please check what you entered."), errors={"name": _("Unknown.")})
    apply_policy(name)

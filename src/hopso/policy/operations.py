"""Changing the policy of the site, at once or from a day on; meetings that are registered keep theirs.

Every change is a version: what it rests on, who made it, what was there before.
"""

import hashlib
import json

from hopso import _
from hopso.audit.describe import current_user_id
from hopso.core import errors
from hopso.core.operation import operation
from hopso.core.text import datetime_text
from hopso.policy import versions
from hopso.policy.api import available_policies
from hopso.policy.api import current_policy
from hopso.policy.api import policy_on
from hopso.policy.api import store_values
from hopso.policy.api import stored_policy
from hopso.policy.api import values_of
from hopso.policy.policy import KEYS
from hopso.policy.policy import read_value
from hopso.policy.policy import write_value
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from zope import schema
from zope.interface import Interface


MANAGE = "hopso: Manage policy"
CHECK = _("Please check what you entered.")


class IChange(Interface):
    """What every change may carry along."""

    decision = schema.TextLine(
        title=_("Decision"),
        description=_("What the change rests on."),
        required=False,
        default="",
        max_length=300,
    )
    seen = schema.ASCIILine(title=_("State that was shown"), required=False, default="")


class IValues(IChange):
    """New values, as plain data, by key."""

    values = schema.Dict(title=_("Values"), key_type=schema.ASCIILine())


class IProfile(IChange):
    """The short name of a province's policy."""

    name = schema.ASCIILine(title=_("Province"))


class IPlan(IValues):
    """New values that hold from a day on."""

    day = schema.Date(title=_("In force from"))


class IVersion(Interface):
    """A version, and why something is done with it."""

    version = schema.ASCIILine(title=_("Version"))
    reason = schema.TextLine(title=_("Reason"), max_length=300)


class IDue(Interface):
    """A version whose day has come."""

    version = schema.ASCIILine(title=_("Version"))


def checked(values: dict, policy=None) -> dict:
    """Return the values (typed) of those keys that would change *policy* (default: that of today).

    Raises Invalid, naming each bad key.
    """
    policy, bad, changed = policy or current_policy(), {}, {}
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
        raise errors.Invalid(CHECK, errors=bad)
    return changed


def fingerprint() -> str:
    """Return a mark of the present values and plans: a page that was shown before a change has another."""
    waiting = [(one.id, one.day.isoformat()) for one in versions.versions(versions.PLANNED)]
    state = json.dumps([current_policy().to_dict(), waiting], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def _as_seen(seen):
    """Refuse what was decided before the policy was changed by somebody else."""
    if seen and seen != fingerprint():
        raise errors.EditConflict(
            _("The policy was changed since this page was shown: look at it again before you save.")
        )


def change_values(values: dict, kind: str, decision: str, reason: str = ""):
    """Store what differs of *values* and keep it as a version; return its id, None if nothing differs.

    Operations call this; it checks no right.
    """
    # Plans whose day has come belong to what is in force: they are written down first.
    for waiting in versions.waiting_until(versions.today()):
        _enforce(waiting)
    policy = current_policy()
    changed = {name: write_value(name, value) for name, value in checked(values, policy).items()}
    if not changed:
        return None
    before = {name: write_value(name, getattr(policy, name)) for name in changed}
    store_values(changed)
    made = versions.draw_up(changed, versions.today(), kind, decision, current_user_id(), reason)
    return versions.keep(versions.done(made, before)).id


def _enforce(version):
    """Write the values of a plan whose day has come to the registry."""
    others = [one for one in versions.waiting_until(version.day) if one.order < version.order]
    for one in others:
        _enforce(one)
    policy = stored_policy()
    before = {name: write_value(name, getattr(policy, name)) for name in version.values}
    store_values(version.values)
    return versions.keep(versions.done(version, before))


def _known(version_id, reason="-"):
    """Return a version; refuse an unknown one, and an empty reason."""
    found = versions.find(version_id)
    if not reason.strip():
        raise errors.Invalid(CHECK, errors={"reason": _("Give the reason.")})
    if found is None:
        raise errors.Invalid(CHECK, errors={"version": _("There is no such version.")})
    return found


@operation("policy.change", IPloneSiteRoot, title=_("Change the policy"), permission=MANAGE, schema=IValues)
def change_policy(portal, values, decision="", seen=""):
    """Store new values; those not named stay.  Only what differs is written and recorded."""
    _as_seen(seen)
    return change_values(values, versions.CHANGE, decision or "")


@operation(
    "policy.apply",
    IPloneSiteRoot,
    title=_("Apply the policy of a province"),
    permission=MANAGE,
    schema=IProfile,
)
def apply_province(portal, name, decision="", seen=""):
    """Set all values that the profile of a province states; what belongs to the site stays."""
    if name not in {one.name for one in available_policies()}:
        raise errors.Invalid(CHECK, errors={"name": _("Unknown.")})
    _as_seen(seen)
    return change_values(values_of(name), versions.PROVINCE, decision or "")


@operation("policy.plan", IPloneSiteRoot, title=_("Plan a version"), permission=MANAGE, schema=IPlan)
def plan_version(portal, values, day, decision="", seen=""):
    """Prepare new values that hold from *day* on; meetings of that day and later follow them."""
    bad = {}
    if day <= versions.today():
        bad["day"] = _("Choose a day to come; for today the change is made at once.")
    if not (decision or "").strip():
        bad["decision"] = _("Say what decision the version rests on.")
    if bad:
        raise errors.Invalid(CHECK, errors=bad)
    _as_seen(seen)
    policy = policy_on(day)
    changed = {name: write_value(name, value) for name, value in checked(values, policy).items()}
    if not changed:
        raise errors.Invalid(
            _("Nothing would change on that day."), errors={"values": _("Nothing would change on that day.")}
        )
    return versions.keep(versions.draw_up(changed, day, versions.CHANGE, decision, current_user_id())).id


@operation(
    "policy.cancel_plan",
    IPloneSiteRoot,
    title=_("Take a planned version back"),
    permission=MANAGE,
    schema=IVersion,
    danger=True,
)
def cancel_plan(portal, version, reason):
    """Take a version back that has not taken effect."""
    found = _known(version, reason)
    if found.status != versions.PLANNED or found.day <= versions.today():
        raise errors.WrongState(_("Only a version that waits for its day can be taken back."))
    return versions.keep(versions.cancelled(found, reason)).id


@operation(
    "policy.restore",
    IPloneSiteRoot,
    title=_("Restore a former version"),
    permission=MANAGE,
    schema=IVersion,
    danger=True,
)
def restore_version(portal, version, reason):
    """Put the values back that were in force right after *version* took effect."""
    found = _known(version, reason)
    if found.status != versions.DONE:
        raise errors.WrongState(_("Only a version that was in force can be restored."))
    values = versions.right_after(current_policy().to_dict(), found)
    decision = _("Restored: version of ${moment}", mapping={"moment": datetime_text(found.finished_at)})
    return change_values(values, versions.RESTORE, api.portal.translate(decision), reason)


@operation(
    "policy.enforce",
    IPloneSiteRoot,
    title=_("Write down a version whose day has come"),
    permission=MANAGE,
    schema=IDue,
)
def enforce_version(portal, version):
    """Write the values of a planned version to the registry; they have counted since the day began."""
    found = _known(version)
    if found.status != versions.PLANNED or found.day > versions.today():
        raise errors.WrongState(_("This version does not wait for being written down."))
    _enforce(found)

"""What other rooms ask of the policy."""

from dataclasses import dataclass

from Acquisition import aq_base
from hopso.policy.interfaces import PREFIX
from hopso.policy.policy import KEYS
from hopso.policy.policy import Policy
from hopso.policy.policy import write_value
from plone import api
from plone.registry.interfaces import IRegistry
from Products.CMFPlone.interfaces import IPloneSiteRoot
from Products.GenericSetup import EXTENSION
from Products.GenericSetup import profile_registry
from zope.component import queryUtility


PROFILE_PRODUCT = "hopso.policy"
# The sets of rules in the catalogue; other prefixes belong to no regulation of a province.
RULE_SETS = ("NA", "NT", "BD", "TQ", "HN")


@dataclass(frozen=True)
class PolicyProfile:
    """A province's policy that can be applied: ``name`` is short, ``title`` for people."""

    name: str
    title: str
    description: str
    profile_id: str


def current_policy() -> Policy:
    """Return the policy that the site's registry states now."""
    registry = queryUtility(IRegistry)
    if registry is None:
        return Policy()
    records = registry.records
    values = {}
    for name in KEYS:
        record = records.get(f"{PREFIX}.{name}")
        if record is None:
            continue
        if record.value is not None:
            values[name] = record.value
        elif isinstance(KEYS[name].default, str):
            values[name] = ""  # profiles write emptied text as nothing
    return Policy.from_dict(values)


def policy_for(context) -> Policy:
    """Return the policy in force for *context*.

    That is the copy which the meeting around it keeps since its registration,
    else the site's.
    """
    here = context
    while here is not None:
        values = getattr(aq_base(here), "policy_values", None)
        if values:
            return Policy.from_dict(values)
        here = getattr(here, "__parent__", None)
    return current_policy()


def regulates(policy: Policy, rule_id: str) -> bool:
    """Tell whether *policy* puts the rule (or the set, ``"NT"``) in force; one without sets: all.

    Rules of the house (``HS-…``) and national ones have no set and always hold.
    """
    prefix = rule_id.partition("-")[0]
    return prefix not in RULE_SETS or not policy.rule_sets or prefix in policy.rule_sets


def frozen_copy(policy: Policy | None = None) -> dict:
    """Return the values to keep on a meeting (``policy_values``); its name is ``policy_name``.

    Keys that concern accounts are not among them.
    """
    values = (policy or current_policy()).to_dict()
    return {name: value for name, value in values.items() if KEYS[name].metadata["frozen"]}


def store_values(values: dict) -> None:
    """Write plain *values* (as of ``Policy.to_dict``) to the registry.

    Operations call this; it checks no right.  Raises ValueError for what no policy can hold.
    """
    checked = Policy(**{**_as_keywords(current_policy()), **_read(values)})
    registry = queryUtility(IRegistry)
    for name in values:
        value = write_value(name, getattr(checked, name))
        if name in ("valid_from", "valid_to", "extra_days_off", "extra_days_worked"):
            value = getattr(checked, name)
        registry[f"{PREFIX}.{name}"] = tuple(value) if isinstance(value, list) else value


def available_policies() -> list[PolicyProfile]:
    """Return the provinces whose policy is on board, in the order of their titles."""
    found = []
    for info in profile_registry.listProfileInfo(IPloneSiteRoot):
        product, _colon, name = info["id"].partition(":")
        if info["type"] == EXTENSION and product == PROFILE_PRODUCT:
            found.append(PolicyProfile(name, info["title"], info["description"], info["id"]))
    return sorted(found, key=lambda one: one.title)


def apply_policy(name: str) -> Policy:
    """Fill the registry from the province's profile *name*.  Raises LookupError."""
    for one in available_policies():
        if one.name == name:
            setup = api.portal.get_tool("portal_setup")
            setup.runAllImportStepsFromProfile(f"profile-{one.profile_id}")
            return current_policy()
    raise LookupError(name)


def _as_keywords(policy):
    return {name: getattr(policy, name) for name in KEYS}


def _read(values):
    from hopso.policy.policy import read_value

    return {name: read_value(name, raw) for name, raw in values.items()}

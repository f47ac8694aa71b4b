"""What other rooms ask of the policy."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from Acquisition import aq_base
from hopso.core.text import local
from hopso.policy import versions
from hopso.policy.interfaces import IPolicySettings
from hopso.policy.interfaces import PREFIX
from hopso.policy.policy import KEYS
from hopso.policy.policy import Policy
from hopso.policy.policy import write_value
from lxml.etree import fromstring
from plone import api
from plone.app.registry.exportimport.handler import RegistryImporter
from plone.registry import Registry
from plone.registry.interfaces import IRegistry
from Products.CMFPlone.interfaces import IPloneSiteRoot
from Products.GenericSetup import EXTENSION
from Products.GenericSetup import profile_registry
from Products.GenericSetup.context import SnapshotImportContext
from zope.component import queryUtility


PROFILE_PRODUCT = "hopso.policy"
# The sets of rules in the catalogue; other prefixes belong to no regulation of a province.
RULE_SETS = ("NA", "NT", "BD", "TQ", "HN")

_instead: ContextVar[Policy | None] = ContextVar("hopso_policy_instead", default=None)


@dataclass(frozen=True)
class PolicyProfile:
    """A province's policy that can be applied: ``name`` is short, ``title`` for people."""

    name: str
    title: str
    description: str
    profile_id: str


@contextmanager
def under(policy: Policy):
    """Let everything inside of the block find *policy*, whatever meetings keep: to see what would be."""
    token = _instead.set(policy)
    try:
        yield
    finally:
        _instead.reset(token)


def current_policy() -> Policy:
    """Return the policy in force today: the site's registry, and what was planned for a day that has come."""
    return _instead.get() or policy_on(versions.today())


def policy_on(day: date) -> Policy:
    """Return the policy in force on *day* (of Viet Nam), past, present or to come (NA-QD.2)."""
    values = stored_values()
    if day >= versions.today():
        return Policy.from_dict(versions.with_plans(values, day))
    return Policy.from_dict(versions.as_it_was(values, day))


def stored_values() -> dict:
    """Return what the registry holds, by key."""
    registry = queryUtility(IRegistry)
    return {} if registry is None else _plain(registry)


def stored_policy() -> Policy:
    """Return the policy that the registry holds, without what is planned."""
    return Policy.from_dict(stored_values())


def _plain(registry) -> dict:
    records, values = registry.records, {}
    for name in KEYS:
        record = records.get(f"{PREFIX}.{name}")
        if record is None:
            continue
        if record.value is not None:
            values[name] = record.value
        elif isinstance(KEYS[name].default, str):
            values[name] = ""  # profiles write emptied text as nothing
    return values


def policy_for(context) -> Policy:
    """Return the policy in force for *context*.

    That is the copy which the meeting around it keeps since its registration; for
    one that is not registered, the policy in force on the day it starts; else the site's.
    """
    if _instead.get() is not None:
        return _instead.get()
    here = context
    while here is not None:
        bare = aq_base(here)
        values = getattr(bare, "policy_values", None)
        if values:
            return Policy.from_dict(values)
        if getattr(bare, "portal_type", "") == "Meeting" and getattr(bare, "start", None):
            return policy_on(local(bare.start).date())
        here = getattr(here, "__parent__", None)
    return current_policy()


def regulates(policy: Policy, rule_id: str) -> bool:
    """Tell whether *policy* puts the rule (or the set, ``"NT"``) in force; one without sets: all.

    Rules of the house (``HS-…``) and national ones have no set and always hold.
    """
    prefix = rule_id.partition("-")[0]
    return prefix not in RULE_SETS or not policy.rule_sets or prefix in policy.rule_sets


def rule_of(policy: Policy, *rule_ids: str) -> str:
    """Return the first of *rule_ids* that *policy* puts in force, "" if none is.

    For what several regulations ask for, each in an article of its own.
    """
    return next((one for one in rule_ids if regulates(policy, one)), "")


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
    checked = Policy(**{**_as_keywords(stored_policy()), **_read(values)})
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
            return stored_policy()
    raise LookupError(name)


@lru_cache(maxsize=16)
def _profile_values(profile_id: str) -> dict:
    """Read a profile into a registry of its own; return the plain values of the keys that it names."""
    info = profile_registry.getProfileInfo(profile_id)
    text = (Path(info["path"]) / "registry.xml").read_bytes()
    registry = Registry()
    registry.registerInterface(IPolicySettings, prefix=PREFIX)
    RegistryImporter(
        registry, SnapshotImportContext(api.portal.get_tool("portal_setup"), "none")
    ).importDocument(text)
    named = {one.get("key") for one in fromstring(text).iter("value")}
    return {name: raw for name, raw in Policy.from_dict(_plain(registry)).to_dict().items() if name in named}


def values_of(name: str) -> dict:
    """Return the plain values that the province *name* sets; other keys stay.  Raises LookupError."""
    for one in available_policies():
        if one.name == name:
            return dict(_profile_values(one.profile_id))
    raise LookupError(name)


def _as_keywords(policy):
    return {name: getattr(policy, name) for name in KEYS}


def _read(values):
    from hopso.policy.policy import read_value

    return {name: read_value(name, raw) for name, raw in values.items()}

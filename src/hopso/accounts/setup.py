"""Stores and plug-ins of the room."""

from hopso.accounts import attempts
from hopso.accounts import gate
from hopso.accounts import identities
from hopso.accounts import imports
from hopso.accounts import logins
from hopso.accounts import records
from hopso.accounts import sessions
from hopso.accounts.directory import links


def install(portal) -> None:
    """Make the stores and put the plug-ins in; repeating it is harmless."""
    records.ensure_store(portal)
    identities.ensure_store(portal)
    imports.ensure_store(portal)
    sessions.ensure_store(portal)
    attempts.ensure_store(portal)
    logins.ensure_log(portal)
    links.ensure_store(portal)
    gate.install(portal)


def uninstall(portal) -> None:
    """Give the door back to Plone; records stay."""
    gate.uninstall(portal)

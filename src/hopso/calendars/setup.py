"""The stores of the room, made by the installation: reading never writes."""

from hopso.calendars import subscriptions
from hopso.calendars.weekly import papers
from hopso.calendars.weekly import store


def install(portal) -> None:
    """Make what is missing; repeating it is harmless."""
    subscriptions.ensure_store(portal)
    store.ensure_store(portal)
    papers.ensure_store(portal)

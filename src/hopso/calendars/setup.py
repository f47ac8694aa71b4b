"""The stores of the room, made by the installation: reading never writes."""

from hopso.calendars import subscriptions


def install(portal) -> None:
    """Make what is missing; repeating it is harmless."""
    subscriptions.ensure_store(portal)

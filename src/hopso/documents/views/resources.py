"""Addresses of the static files of this room."""

from hopso.core.static import address


def resource(name: str) -> str:
    """Return the address of a static file."""
    return address("documents", name)


def theme_resource(name: str) -> str:
    """Return the address of a static file of the theme."""
    return address("theme", name)

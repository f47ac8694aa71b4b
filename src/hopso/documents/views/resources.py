"""Addresses of the static files of this room."""

from functools import lru_cache
import hashlib
from pathlib import Path

from hopso.theme.page import version as theme_version
from plone import api


STATIC = Path(__file__).parent.parent / "static"
NAME = "++resource++hopso.documents"


@lru_cache
def version(name: str) -> str:
    """Return a short digest of a static file, so that browsers may keep it for long."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def resource(name: str) -> str:
    """Return the address of a static file."""
    return f"{api.portal.get().absolute_url()}/{NAME}/{name}?v={version(name)}"


def theme_resource(name: str) -> str:
    """Return the address of a static file of the theme."""
    return f"{api.portal.get().absolute_url()}/++resource++hopso.theme/{name}?v={theme_version(name)}"

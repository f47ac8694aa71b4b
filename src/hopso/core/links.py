"""Links that rooms put into menus of other rooms' pages.

    add_link("unit", "hopso: Manage inventory", _("Devices"), "@@devices", order=40)

Menus: ``unit`` (looking after a unit), ``tools`` (administration of the site),
``me`` (the menu of the person, for everybody), ``calendar`` (views of the
calendar).  A link is shown to whoever has its permission on the context.
"""

from collections.abc import Callable
from dataclasses import dataclass

from AccessControl import getSecurityManager


MENUS = ("unit", "tools", "me", "calendar")


@dataclass(frozen=True)
class Link:
    """permission: a title of the matrix; path: below the context; when: asked with the context, if given."""

    permission: str
    title: object
    path: str
    order: int = 100
    when: Callable | None = None


_links: dict[str, dict[str, Link]] = {name: {} for name in MENUS}


def add_link(menu: str, permission: str, title, path: str, order: int = 100, when=None) -> None:
    """Put a link into a menu; the same path again replaces it.  Raises KeyError for an unknown menu."""
    _links[menu][path] = Link(permission, title, path, order, when)


def links_of(menu: str, context) -> list[dict]:
    """Return title and url of the links of a menu that the present user may follow on *context*."""
    may, url = getSecurityManager().checkPermission, context.absolute_url()
    chosen = sorted(_links[menu].values(), key=lambda one: (one.order, one.path))
    return [
        {"title": one.title, "url": f"{url}/{one.path}"}
        for one in chosen
        if may(one.permission, context) and (one.when is None or one.when(context))
    ]

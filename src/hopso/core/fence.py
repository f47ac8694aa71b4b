"""Which of Plone's own pages people may open at all (BD-12.3.d).

Plone brings some hundred views, services and methods: copying, renaming,
sharing, portlets, content rules, types, themes, undoing.  Each has a permission of
its own, and some of these our people hold because editing a meeting needs them.
So whatever is not ours is closed unless it is named here; a new release of
Plone or an add-on opens nothing by itself.  System administrators pass; Plone's
own permissions still hold for them.
"""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from hopso.interfaces import IHopsoLayer
from plone.rest.interfaces import IService
from Products.CMFCore.interfaces import IContentish
from Products.CMFCore.interfaces import ISiteRoot
from z3c.form.interfaces import IForm
from zope.browserresource.interfaces import IResource
from zope.component.hooks import getSite


ADMINISTER = "hopso: Administer Plone"
# What strangers may open; it holds no content.
FOR_ALL = frozenset(
    {
        "favicon.ico",
        "logged-out",
        "logged_out",
        "login",
        "logout",
        "ok",  # monitoring asks it
        "plonejsi18n",
        "require_login",
        "robots.txt",
        "site-logo",
    }
)
# What whoever is logged in may open; each asks for its own permission as well.
FOR_PEOPLE = frozenset(
    {
        "authenticator",  # for programs that send forms with their session
        "change-password",
        "display-file",
        "download",
        "edit",
        "getSource",
        "getVocabulary",
        "images",
        "insufficient-privileges",
        # The root's own page where the product was added to a site of Plone.
        "document_view",
        "listing_view",
        "personal-information",
        "resolveuid",
        "view",
        "z3cform_validate_field",
    }
)
SERVICES_FOR_ALL = frozenset({"POST @login"})
SERVICES_FOR_PEOPLE = frozenset(
    {
        "GET ",
        "POST ",
        "PATCH ",
        "DELETE ",
        "DELETE @lock",
        "GET @lock",
        "PATCH @lock",
        "POST @lock",
        "GET @breadcrumbs",
        "GET @login-renew",
        "GET @navigation",
        "GET @search",
        "GET @site",
        "GET @sources",
        "GET @types",
        "GET @users",
        "GET @vocabularies",
        "GET @workflow",
        "POST @login-renew",
        "POST @logout",
        # It refuses our transitions with the reason (core/guard.py).
        "POST @workflow",
    }
)
# Files of packages: scripts, styles, pictures.
STATIC = ("plone.resource.", "zope.browserresource.", "Products.Five.browser.resource", "zope.ptresource.")


def check(event) -> None:
    """Raise Unauthorized if a page of Plone's is closed to the person who asks."""
    request = event.request
    if not IHopsoLayer.providedBy(request):
        return
    if not is_open(request.get("PUBLISHED"), request):
        raise Unauthorized("This page is for system administrators.")


def is_open(published, request) -> bool:
    """Tell whether the present person may open what *request* leads to."""
    if is_ours(published) or is_static(published):
        return True
    manager = getSecurityManager()
    name = name_of(published, request)
    services = IService.providedBy(published)
    if name in (SERVICES_FOR_ALL if services else FOR_ALL):
        return True
    if manager.getUser().getId() is None:
        return False
    if name in (SERVICES_FOR_PEOPLE if services else FOR_PEOPLE):
        return True
    return bool(manager.checkPermission(ADMINISTER, getSite()))


def is_ours(published) -> bool:
    """Tell whether a view, service or method comes from this package; those look after themselves."""
    owner = getattr(published, "__self__", published)
    return any(one.__module__.startswith("hopso.") for one in type(owner).__mro__)


def is_static(published) -> bool:
    """Tell whether it is a file of a package."""
    if IResource.providedBy(published):
        return True
    owner = getattr(published, "__self__", published)
    return any(one.__module__.startswith(STATIC) for one in type(owner).__mro__)


def name_of(published, request) -> str:
    """Return the name of a view, "<view>/<method>", "<method> <name>" of a service, "" of anything else."""
    if IService.providedBy(published):
        return f"{published.method} {published.__name__.removeprefix(request._rest_service_id)}"
    view = getattr(published, "__self__", published)
    if not hasattr(view, "request") or not _is_content(getattr(view, "context", None)):
        return ""
    name = getattr(view, "__name__", "")
    if not isinstance(name, str):
        return ""
    return name if view is published else f"{name}/{published.__name__}"


def _is_content(thing) -> bool:
    # Plug-ins in acl_users have pages called "login", too.
    return IContentish.providedBy(thing) or ISiteRoot.providedBy(thing) or IForm.providedBy(thing)

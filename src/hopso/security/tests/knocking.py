"""Knocking at doors: walk the registry, and publish as far as the permission check."""

from io import BytesIO

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from hopso.interfaces import IHopsoLayer
from plone.rest.interfaces import IService
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zExceptions import Unauthorized
from zope.component import getSiteManager
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.event import notify
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from zope.interface import implementer
from zope.interface import Interface
from zope.publisher.browser import setDefaultSkin
from zope.security.management import endInteraction
from zope.security.management import newInteraction
from zope.security.management import queryInteraction
from ZPublisher.BaseRequest import RequestContainer
from ZPublisher.HTTPRequest import WSGIRequest
from ZPublisher.HTTPResponse import WSGIResponse
from ZPublisher.pubevents import PubStart
from ZPublisher.WSGIPublisher import validate_user


# Views of Plone and its add-ons through which files leave the house.
DOWNLOADS = {"download", "display-file", "dvpdffiles", "documentviewer", "attachment", "at_download"}
PLUGIN = "test_door"
WHO = "TEST_USER"


@implementer(IExtractionPlugin, IAuthenticationPlugin)
class Doorman(BasePlugin):
    """Believes whoever the test says it is; what she may do is asked as ever."""

    def __init__(self, id):
        self._setId(id)

    def extractCredentials(self, request):
        user = request.environ.get(WHO)
        return {WHO: user} if user else {}

    def authenticateCredentials(self, credentials):
        user = credentials.get(WHO)
        return (user, user) if user else None


def let_in_doorman(portal) -> None:
    """Put the test's plug-in before all others."""
    folder = portal.acl_users
    folder._setObject(PLUGIN, Doorman(PLUGIN))
    for interface in (IExtractionPlugin, IAuthenticationPlugin):
        folder.plugins.activatePlugin(interface, PLUGIN)
        folder.plugins.movePluginsTop(interface, [PLUGIN])


class Door:
    """One view or service: where it hangs, and which permission it names."""

    def __init__(self, registration):
        self.factory = registration.factory
        self.context = registration.required[0]
        self.ours = registration.required[1].isOrExtends(IHopsoLayer)
        self.service = IService.implementedBy(self.factory)
        self.method = getattr(self.factory, "method", "GET") if self.service else "GET"
        self.name = registration.name
        if self.service:
            self.name = self.name.split("json_", 1)[-1] if "json_" in self.name else self.name
        roles = getattr(self.factory, "__roles__", None)
        self.permission = getattr(roles, "__name__", "") or ("open" if roles is None else "closed")

    @property
    def line(self) -> str:
        """The row of the table."""
        kind = f"{self.method} service" if self.service else "view"
        place = f"{self.context.__module__}.{self.context.__name__}"
        return f"{kind} | {self.name or '(unnamed)'} | {place} | {self.permission}"

    def path(self, thing) -> str:
        """The address at *thing*."""
        here = "/".join(thing.getPhysicalPath())
        return f"{here}/{self.name}" if self.service else f"{here}/@@{self.name}"


def registrations():
    """Yield every registered adapter, of all registries of the site."""
    todo, seen = [getSiteManager()], set()
    while todo:
        registry = todo.pop()
        if id(registry) in seen:
            continue
        seen.add(id(registry))
        todo.extend(registry.__bases__)
        yield from registry.registeredAdapters()


def doors() -> list[Door]:
    """Return our views and services, the services of Plone's API, and what hands out files."""
    found = {}
    for one in registrations():
        if len(one.required) != 2 or not one.name or one.provided is not Interface:
            continue
        if not hasattr(one.factory, "__ac_permissions__"):
            continue
        layer = one.required[1]
        ours = layer.isOrExtends(IHopsoLayer)
        if ours or IService.implementedBy(one.factory) or one.name in DOWNLOADS:
            door = Door(one)
            if door.context is not None and issubclass(type(door.context), type(Interface)):
                found.setdefault(door.line, door)
    return [found[line] for line in sorted(found)]


def knock(portal, door: Door, thing, user: str | None) -> str:
    """Publish up to the permission check; return ``in``, ``refused`` or ``missing``."""
    environ = {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REQUEST_METHOD": door.method,
        "PATH_INFO": door.path(thing),
        "HTTP_ACCEPT": "application/json" if door.service else "text/html",
    }
    if user:
        environ[WHO] = user
    request = WSGIRequest(BytesIO(), environ, WSGIResponse())
    kept, site, former = getSecurityManager(), getSite(), getRequest()
    setRequest(request)
    noSecurityManager()
    setSite(None)
    if queryInteraction() is not None:
        endInteraction()
    newInteraction()
    try:
        setDefaultSkin(request)
        notify(PubStart(request))
        app = portal.__parent__.aq_base.__of__(RequestContainer(REQUEST=request))
        request["PARENTS"] = [app]
        request.processInputs()
        request.traverse(environ["PATH_INFO"], validated_hook=validate_user)
    except Unauthorized:
        return "refused"
    except Exception as error:
        if type(error).__name__ in ("NotFound", "KeyError"):
            return "missing"
        raise
    else:
        return "in"
    finally:
        endInteraction()
        # Closing forgets the site, as at the end of every request.
        request.close()
        setRequest(former)
        setSite(site)
        setSecurityManager(kept)

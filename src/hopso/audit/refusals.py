"""Failed access: who asked for what and was refused.

A refused request is rolled back, so entries are written on a connection of
their own.  The same refusal is written once a minute and process, the others
are counted; no more than MOST kinds are kept in mind.  Nothing here ever makes
a request fail.
"""

from collections import OrderedDict
from dataclasses import dataclass
import logging
import threading
import time

from AccessControl import getSecurityManager
from hopso.audit.describe import client_address
from hopso.audit.describe import plain_text
from hopso.audit.log import record_aside
from hopso.core.errors import OperationError
from hopso.interfaces import IHopsoLayer
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IExtractionPlugin
from zExceptions import Forbidden
from zExceptions import Unauthorized
from zope.component.hooks import getSite


log = logging.getLogger(__name__)
SECONDS = 60
MOST = 500
REFUSED = (401, 403)
OPERATION = "access.refused"
# What the frame of every page asks for by itself says nothing about people, nor does the page that says no.
SILENT = (
    "++resource++",
    "++plone++",
    "++theme++",
    "favicon",
    "@@site-logo",
    "insufficient-privileges",
    "require_login",
)


@dataclass
class Seen:
    """A refusal in mind: since when (seconds), and how often it came again."""

    since: float
    again: int = 0


class Collapse:
    """Says which refusals are written: each once in SECONDS, with the number of those left out before."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self.lock = threading.Lock()
        self.seen: OrderedDict[tuple, Seen] = OrderedDict()

    def take(self, key: tuple) -> int | None:
        """Return how many like *key* were left out since the last one written; None: leave it out too."""
        moment = self.clock()
        with self.lock:
            known = self.seen.get(key)
            if known is not None and moment - known.since < SECONDS:
                known.again += 1
                return None
            self.seen[key] = Seen(moment)
            self.seen.move_to_end(key)
            while len(self.seen) > MOST:
                self.seen.popitem(last=False)
            return known.again if known is not None else 0


_collapse = Collapse()


def before_abort(event):
    """A request ends with an exception."""
    if event.retry:
        return
    status = status_of(event.exc_info[1])
    if status in REFUSED:
        note(event.request, status)


def succeeded(event):
    """A request was answered; services say 401 and 403 without an exception."""
    try:
        status = event.request.response.getStatus()
    except AttributeError:
        return
    if status in REFUSED:
        note(event.request, status)


def status_of(error) -> int:
    """Return the HTTP status that an exception leads to, 0 if it is no refusal."""
    if isinstance(error, Unauthorized):
        return 401
    if isinstance(error, Forbidden):
        return 403
    return error.status if isinstance(error, OperationError) else 0


def note(request, status: int) -> None:
    """Write down that *request* was refused, unless it is one of many."""
    try:
        _note(request, status)
    except Exception:
        log.exception("a refusal could not be recorded")


def _note(request, status):
    if getSite() is None or not IHopsoLayer.providedBy(request):
        return
    path = path_of(request)
    who, claimed = asked_by(request)
    if is_silent(path, who or claimed):
        return
    again = _collapse.take((who or claimed, path, client_address()))
    if again is None:
        return
    record_aside(
        OPERATION,
        thing_of(request),
        who=who,
        findable=False,
        details={
            "request": f"{request.get('REQUEST_METHOD', 'GET')} /{path}",
            "status": status,
            "claimed": claimed,
            "before": again or "",
        },
    )


def is_silent(path: str, who: str) -> bool:
    """Tell whether a refusal says nothing: parts of a page, and strangers on their way to the login form."""
    return any(part in path for part in SILENT) or (not who and path in ("", "@@start", "view"))


def path_of(request) -> str:
    """Return what was asked for, below the site, without the query: it may hold what people typed."""
    root = api.portal.get().absolute_url()
    url = request.get("ACTUAL_URL") or request.get("URL") or ""
    return plain_text(url[len(root) :].strip("/") if url.startswith(root) else url)


def thing_of(request):
    """Return the innermost object that was reached on the way, None for the site."""
    for one in request.get("PARENTS") or ():
        if getattr(one, "portal_type", None) and hasattr(one, "getPhysicalPath"):
            return None if one.portal_type == "Plone Site" else one
    return None


def asked_by(request) -> tuple[str, str]:
    """Return the user id of who asked ("" for strangers), and the name that an unchecked password came with.

    On the way to something that one may not have nobody is logged in yet: what
    the request carries is looked at here, passwords left aside.
    """
    user_id = getSecurityManager().getUser().getId()
    if user_id:
        return user_id, ""
    claimed = ""
    plugins = api.portal.get_tool("acl_users").plugins
    for name, extractor in plugins.listPlugins(IExtractionPlugin):
        credentials = extractor.extractCredentials(request)
        if not credentials:
            continue
        if "password" in credentials:
            claimed = claimed or str(credentials.get("login", ""))
            continue
        credentials["extractor"] = name
        for _name, authenticator in plugins.listPlugins(IAuthenticationPlugin):
            found = authenticator.authenticateCredentials(credentials)
            if found and found[0]:
                return found[0], ""
    return "", claimed

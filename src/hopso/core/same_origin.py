"""No page of another origin changes anything through the API with the visitor's cookie.

Plone's own services that add, change and delete rely on the cookie's SameSite
alone.  Here a request that changes something and carries a cookie or a password
that the browser keeps must be one that no foreign page can send without the
browser's asking first: its body is JSON (or a part of an upload), or it has a
header of its own.  What says that it comes from elsewhere is refused in any case.
"""

from urllib.parse import urlsplit

from hopso import _
from hopso.interfaces import IHopsoLayer
from plone.rest.interfaces import IAPIRequest
from plone.rest.interfaces import IService
from zExceptions import Forbidden
from zope.i18n import translate


SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
# Bodies that a form on any page can send; no body at all is one of them.
FORM_BODIES = {"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
# Headers that only a script of this origin can set.
OWN_HEADERS = ("X-CSRF-TOKEN", "X-Requested-With", "Tus-Resumable")


def refuse_forged(event) -> None:
    """Raise Forbidden for a state-changing API request that another origin could have sent."""
    request = event.request
    if not (IAPIRequest.providedBy(request) and IHopsoLayer.providedBy(request)):
        return
    published = request.get("PUBLISHED")
    if not IService.providedBy(getattr(published, "__self__", published)):
        # Scripts of our pages ask for JSON as well: forms bring their token, plone.protect looks at it.
        return
    method = (request.get("REQUEST_METHOD") or "GET").upper()
    # Zope takes the header away from the others. A token is sent by programs only, never by a browser by itself.
    if method in SAFE_METHODS or (request._auth or "").lower().startswith("bearer "):
        return
    if _from_elsewhere(request) or _any_form_could(request, method):
        raise Forbidden(
            translate(
                _("Send JSON (Content-Type: application/json) or the header X-Requested-With."),
                context=request,
            )
        )


def _from_elsewhere(request) -> bool:
    if (request.getHeader("Sec-Fetch-Site") or "") in ("cross-site", "same-site"):
        return True
    origin = request.getHeader("Origin")
    return bool(origin) and urlsplit(origin).netloc != urlsplit(request.get("SERVER_URL", "")).netloc


def _any_form_could(request, method) -> bool:
    # PUT, PATCH and DELETE are asked about by browsers before they are sent across origins;
    # operations look at their bodies themselves, and say 415.
    if method != "POST" or "/@operations/" in request.get("PATH_INFO", ""):
        return False
    kind = (request.getHeader("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in FORM_BODIES and not any(request.getHeader(name) for name in OWN_HEADERS)

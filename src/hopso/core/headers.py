"""What every answer tells browsers for their own safety: security headers and marks of cookies.

The application sets them, not nginx, so that no deployment goes without.
Pages of ours hold neither scripts nor styles of their own in the HTML, which
lets their policy be strict.  Plone's control panels and forms (for system
administrators and a few dialogs) need a looser one.
"""

from hopso.core.static import IForEver
from hopso.interfaces import IHopsoLayer
from hopso.theme.protect import LIGHT


STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'self'",
}
# Plone's patterns compile templates in the browser and set styles in the HTML; its scripts are files, too.
PLONE = STRICT | {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
}
# Control panels and Zope's own administration have scripts in their HTML; nobody else gets there.
ADMINISTRATION = PLONE | {"script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# A year; sent over HTTPS only, where a browser listens to it.
TRANSPORT = "max-age=31536000"
# Of static files under the digest of their content (core/static.py).
FOR_EVER = "public, max-age=31536000, immutable"


def text_of(policy: dict[str, str]) -> str:
    """Return a content security policy as it is sent."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def policy_for(request) -> dict[str, str]:
    """Return the content security policy of the page that answers *request*."""
    published = request.get("PUBLISHED")
    name = getattr(published, "__name__", "") or ""
    if isinstance(name, str) and (name.startswith(("manage", "zmi")) or name.endswith("controlpanel")):
        return ADMINISTRATION
    light = request.get(LIGHT)
    if light is None:
        # No frame of ours around it: a file, JSON, a redirect, an error; or one of Plone's odd pages.
        light = not _is_page_of_plone(published)
    return STRICT if light else PLONE


def _is_page_of_plone(published) -> bool:
    kind = type(published)
    return hasattr(kind, "index") and not any(one.__module__.startswith("hopso.") for one in kind.__mro__)


def is_secure(request) -> bool:
    """Tell whether the browser came over HTTPS (the proxy says so in the virtual host's address)."""
    return request.get("SERVER_URL", "").lower().startswith("https:")


def finish(event) -> None:
    """Complete the headers of an answer of our site, be it a page, a file or an error."""
    request = event.request
    if not IHopsoLayer.providedBy(request):
        return
    response = request.response
    for name, value in ALWAYS.items():
        response.setHeader(name, value)
    if not response.getHeader("Content-Security-Policy"):
        response.setHeader("Content-Security-Policy", text_of(policy_for(request)))
    if IForEver.providedBy(request) and response.getStatus() == 200:
        response.setHeader("Cache-Control", FOR_EVER)
    secure = is_secure(request)
    if secure:
        response.setHeader("Strict-Transport-Security", TRANSPORT)
    for cookie in response.cookies.values():
        cookie.setdefault("SameSite", "Lax")
        cookie.setdefault("HttpOnly", True)
        if secure:
            cookie["Secure"] = True

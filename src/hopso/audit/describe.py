"""What the log may say of things: enough to know them again, never what is in them."""

from datetime import date
from datetime import datetime

from AccessControl import getSecurityManager
from hopso.meetings.place import meeting_of
from plone.namedfile.interfaces import INamed
from plone.uuid.interfaces import IUUID
from zope.globalrequest import getRequest


# A title that the regulation keeps off the system stays out of the log as well.
SECRET = ("mat", "toi_mat", "tuyet_mat")
WITHHELD = "•••"
LONGEST = 200
TELLTALE = ("password", "token", "secret", "code", "key")


def current_user_id() -> str:
    """Return the id of the current user; the house itself is ``system``."""
    return getSecurityManager().getUser().getId() or "system"


def client_address() -> str:
    """Return the address of the client, "" outside of requests."""
    request = getRequest()
    return (request.getClientAddr() or "") if hasattr(request, "getClientAddr") else ""


def scope_of(obj) -> str:
    """Return the UID of the meeting around *obj*, its own UID elsewhere."""
    meeting = meeting_of(obj)
    return IUUID(obj if meeting is None else meeting, "") or ""


def described(obj) -> dict:
    """Return uid, scope, path, title and type of *obj* (None: nothing)."""
    if obj is None:
        return {}
    path = "/".join(obj.getPhysicalPath()) if hasattr(obj, "getPhysicalPath") else ""
    return {
        "uid": IUUID(obj, "") or "",
        "scope": scope_of(obj),
        "path": path,
        "title": title_of(obj),
        "portal_type": getattr(obj, "portal_type", "") or "",
    }


def title_of(obj) -> str:
    """Return the title, withheld for what is classified as a state secret."""
    if getattr(obj, "classification", "") in SECRET:
        return WITHHELD
    return str(getattr(obj, "title", "") or "")[:LONGEST]


def plain_details(values: dict) -> dict:
    """Return parameters as short plain values: no secrets, no long texts, no contents of files."""
    return {
        name: _plain(name, value) for name, value in values.items() if value not in (None, "", (), [], {})
    }


def _plain(name, value):
    if any(word in name.lower() for word in TELLTALE):
        return WITHHELD
    if INamed.providedBy(value) or hasattr(value, "getSize"):
        return f"{getattr(value, 'filename', '') or ''} ({value.getSize()} B)"
    if isinstance(value, (bool, int | float)):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(str(key), one) for key, one in list(value.items())[:50]}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(name, one) for one in list(value)[:50]]
    text = str(value) if isinstance(value, str) else type(value).__name__
    return text if len(text) <= LONGEST else f"{text[:40]}… ({len(text)})"

"""What the log may say of things: enough to know them again, never what is in them."""

from datetime import date
from datetime import datetime
import re

from AccessControl import getSecurityManager
from Acquisition import aq_base
from hopso.accounts.records import account_of
from hopso.meetings.place import meeting_of
from hopso.organisation.assignments import units_of
from hopso.organisation.place import unit_of
from plone.namedfile.interfaces import INamed
from plone.uuid.interfaces import IUUID
from zope.globalrequest import getRequest


# A title that the regulation keeps off the system stays out of the log as well.
SECRET = ("mat", "toi_mat", "tuyet_mat")
WITHHELD = "•••"
LONGEST = 200
# Parameters whose value is nobody's business, by a part of their name …
TELLTALE = ("pass", "token", "secret", "code", "key", "otp", "recovery")
# … and personal data that the log does not need: it knows people by their user ids.
PERSONAL = ("phone", "mobile", "mail", "fullname", "birth", "guest_name", "identity_card")
# Fields of content that only sound like secrets: the code of a unit, of a room.
HARMLESS = ("code",)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/-])(?:\+84|0)\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?![\w/-])")
MANY = 50


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
    return WITHHELD if is_classified(obj) else str(getattr(obj, "title", "") or "")[:LONGEST]


def is_classified(obj) -> bool:
    """Tell whether *obj*, or the meeting around it, is classified as a state secret."""
    if getattr(aq_base(obj), "classification", "") in SECRET:
        return True
    meeting = meeting_of(obj)
    return meeting is not None and getattr(aq_base(meeting), "classification", "") in SECRET


def units_about(context, *user_ids: str) -> tuple[str, ...]:
    """Return the ids of the units that an act concerns: where it happened, and the homes of the people."""
    place = None if context is None else unit_of(context)
    found = [] if place is None else [place.getId()]
    for user_id in user_ids:
        home = home_of(user_id)
        if home:
            found.append(home)
    return tuple(dict.fromkeys(found))


def home_of(user_id: str) -> str:
    """Return the id of a person's unit, "" for accounts outside of the house."""
    account = account_of(user_id)
    if account is not None and account.unit:
        return account.unit
    return next(iter(units_of(user_id)), "") if user_id else ""


def plain_details(values: dict) -> dict:
    """Return parameters as short plain values: no secrets, no long texts, no contents of files."""
    return {
        name: plain_value(name, value)
        for name, value in values.items()
        if value not in (None, "", (), [], {})
    }


def details_about(obj, values: dict) -> dict:
    """Return plain details of an act on *obj*; free text stays out where the thing is classified."""
    found = plain_details(values)
    if obj is None or not is_classified(obj):
        return found
    return {
        name: WITHHELD if isinstance(value, str) and " " in value else value for name, value in found.items()
    }


def plain_value(name: str, value, *, content: bool = False):
    """Return one value as the log keeps it; *content*: it is a field of content, not a parameter."""
    if is_private(name, content=content):
        return WITHHELD
    if INamed.providedBy(value) or hasattr(value, "getSize"):
        return f"{getattr(value, 'filename', '') or ''} ({value.getSize()} B)"
    if isinstance(value, (bool, int | float)):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {
            str(key): plain_value(str(key), one, content=content) for key, one in list(value.items())[:MANY]
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(name, one, content=content) for one in list(value)[:MANY]]
    return plain_text(value) if isinstance(value, str) else type(value).__name__


def plain_text(text: str) -> str:
    """Return a short text without addresses and telephone numbers of people."""
    text = PHONE.sub(WITHHELD, MAIL.sub(WITHHELD, text))
    return text if len(text) <= LONGEST else f"{text[:40]}… ({len(text)})"


def is_private(name: str, *, content: bool = False) -> bool:
    """Tell by its name whether a value is a secret or personal data that the log does not need."""
    name = name.lower()
    if content and name in HARMLESS:
        return False
    return any(word in name for word in (*TELLTALE, *PERSONAL))

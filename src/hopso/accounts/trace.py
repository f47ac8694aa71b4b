"""What the way in leaves behind: a line in the login log and an entry in the audit log, at once."""

from hopso.accounts import logins
from hopso.audit.describe import client_address
from hopso.audit.log import record_aside
from zope.globalrequest import getRequest


# What the audit log calls the outcomes of the login log.
OPERATIONS = {
    logins.ENTERED: "login",
    logins.LEFT: "logout",
    logins.FAILED: "login.failed",
    logins.LOCKED: "login.locked",
    logins.REFUSED: "login.refused",
    logins.ENDED: "session.ended",
    logins.DISTANT: "session.distant",
}


def tell_login(user_id: str, outcome: str, *, kind: str = "page", note: str = "", who: str = "") -> None:
    """Write an outcome (of ``logins.OUTCOMES``) into both logs; *who*: did it, if not the person."""
    request = getRequest()
    agent = (request.getHeader("User-Agent") or "")[:200] if hasattr(request, "getHeader") else ""
    line = {"address": client_address(), "agent": agent, "kind": kind, "note": note}
    logins.log_login(user_id, outcome, **line)
    details = {name: value for name, value in (("kind", kind), ("note", note)) if value}
    tell(OPERATIONS[outcome], user_id, who=who or user_id, **details)


def tell(operation: str, user_id: str, *, who: str = "", **details) -> None:
    """Write an entry about a person's account into the audit log, whatever becomes of the request."""
    record_aside(operation, who=who or user_id, subject=user_id, details=details)

"""What outcomes, programs and functions are called."""

import re

from hopso import _
from hopso.accounts import logins
from hopso.accounts.logins import Login
from hopso.core.text import local
from hopso.organisation.interfaces import FUNCTION_TITLES


OUTCOMES = {
    logins.ENTERED: _("Logged in"),
    logins.LEFT: _("Logged out"),
    logins.FAILED: _("Failed"),
    logins.LOCKED: _("Refused: too many failures"),
    logins.REFUSED: _("Refused"),
    logins.ENDED: _("Session ended"),
    logins.DISTANT: _("In use at two distant places"),
}
TAGS = {
    logins.ENTERED: "hs-tag hs-tag--good",
    logins.FAILED: "hs-tag hs-tag--warn",
    logins.LOCKED: "hs-tag hs-tag--bad",
    logins.REFUSED: "hs-tag hs-tag--bad",
    logins.DISTANT: "hs-tag hs-tag--bad",
}
NOTES = {
    "password": _("wrong password"),
    "code": _("wrong one-time code"),
    "disabled": _("account not in use"),
}
KINDS = {"page": _("Browser"), "program": _("Program"), "basic": _("Program (password)")}
# In this order: each names the ones after it in its own string, too.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"coc_coc_browser/", "Cốc Cốc"),
    (r"OPR/", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|HeadlessChrome/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPad", "iPad"),
    (r"iPhone", "iPhone"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux|X11", "Linux"),
)


def agent_name(agent: str) -> str:
    """Return browser and system of a User-Agent in a few words; its beginning for other programs."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, agent)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    return " · ".join(one for one in (browser, system) if one) or agent[:40]


def function_title(function: str):
    """Return what a function is called."""
    return FUNCTION_TITLES.get(function, function)


def described(line: Login) -> dict:
    """Return a line of the login log as texts."""
    return {
        "time": f"{local(line.when):%d/%m/%Y %H:%M:%S}",
        "outcome": OUTCOMES[line.outcome],
        "tag": TAGS.get(line.outcome, "hs-tag"),
        "note": NOTES.get(line.note, line.note),
        "address": line.address,
        "agent": agent_name(line.agent),
        "kind": KINDS.get(line.kind, line.kind),
        "user_id": line.user_id,
    }

"""Whether the directories that are switched on answer, for the health page."""

from hopso import _
from hopso.accounts.directory import door
from hopso.accounts.directory.person import Unreachable
from hopso.accounts.directory.settings import LDAP
from hopso.accounts.directory.settings import OIDC
from hopso.accounts.directory.settings import server
from hopso.accounts.directory.settings import TITLES
from hopso.tasks.health import BAD
from hopso.tasks.health import Check
from hopso.tasks.health import GOOD


def checks() -> list[Check]:
    """Return a line for each directory that people log in by."""
    chosen = door.settings()
    return [_check(name) for name in (LDAP, OIDC) if chosen is not None and getattr(chosen, f"{name}_on")]


def _check(name) -> Check:
    module = server(name)
    if module is None:
        advice = _("Install the extra again, or switch these logins off.")
        return Check(f"directory-{name}", TITLES[name], BAD, _("missing"), advice)
    try:
        return Check(f"directory-{name}", TITLES[name], GOOD, module.test())
    except Unreachable as error:
        found = _("No answer: ${reason}", mapping={"reason": str(error)})
        advice = _("Nobody logs in by it until it answers; see the settings of logins by a directory.")
        return Check(f"directory-{name}", TITLES[name], BAD, found, advice)

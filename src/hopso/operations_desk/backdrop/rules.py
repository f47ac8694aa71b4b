"""One backdrop for all sites; pure."""

from hopso import _
from hopso.core.findings import BLOCK
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.policy.register import finding
from hopso.policy.register import rule


@rule("NT-5.3")
def backdrop_missing(required: bool, sites: int, released: bool) -> list[Finding]:
    """Warn of a meeting at several sites that has no backdrop for them yet."""
    if not required or sites < 1 or released:
        return []
    return [finding("NT-5.3", WARN, _("The one backdrop for all sites has not been released yet."))]


def neutral_title(classification: str, title: str, own: str) -> list[Finding]:
    """Forbid the title of a classified meeting on a wall; *own* is what is to stand there."""
    if classification in ("", "none") or title.strip().lower() not in own.strip().lower():
        return []
    return [
        Finding("HS-BACKDROP", BLOCK, _("The title of a classified meeting does not stand on a backdrop."))
    ]

"""Rules on notices: pure decisions."""

from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
from hopso.core.findings import WARN
from hopso.policy.register import finding
from hopso.policy.register import rule


@rule("BD-3.1.g")
def reading_time(start: datetime, published_at: datetime) -> Finding:
    """Return, for the record, how long delegates can study the documents.

    Both moments are aware; ``data["hours"]`` is the time from publication to
    the start in hours, not below 0 (BD-3.1.g: early notice).
    """
    hours = max(timedelta(), start - published_at) / timedelta(hours=1)
    text = _("Time to study the documents: ${hours} hours.", mapping={"hours": f"{hours:.1f}"})
    return finding("BD-3.1.g", RECORD, text, data={"hours": hours})


def is_official(address: str, domains) -> bool:
    """Tell whether an e-mail address is an official one: in one of *domains* or below; none: any address."""
    domain = (address or "").strip().lower().rpartition("@")[2]
    if not domain or "@" not in address:
        return False
    wanted = [one.strip().lower().lstrip("@.") for one in domains if one.strip()]
    return not wanted or any(domain == one or domain.endswith(f".{one}") for one in wanted)


@rule("BD-12.2.b/2")
def announced(*, channels, invited: int, mailed: int, unofficial: int, letters: int) -> list[Finding]:
    """Return what is missing of the announcement on both channels.

    channels: of the policy; invited, mailed: people; unofficial: those without an
    official address; letters: recorded numbers of the document system.
    """
    found = []
    if "email" in channels and unofficial:
        text = _("${count} of those invited have no official e-mail address.", mapping={"count": unofficial})
        found.append(finding("BD-12.2.b/2", WARN, text, data={"unofficial": unofficial}))
    if "email" in channels and mailed < invited:
        text = _(
            "${count} of those invited have not been reached by e-mail.", mapping={"count": invited - mailed}
        )
        found.append(finding("BD-12.2.b/2", WARN, text, data={"missing": "email"}))
    if "qlvb" in channels and not letters:
        text = _("The number of the letter in the document system is not recorded.")
        found.append(finding("BD-12.2.b/2", WARN, text, data={"missing": "qlvb"}))
    if not found:
        text = _("Announced by official e-mail and through the document system.")
        found.append(finding("BD-12.2.b/2", RECORD, text))
    return found

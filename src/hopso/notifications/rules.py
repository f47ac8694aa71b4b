"""Rules on notices: pure decisions."""

from datetime import datetime
from datetime import timedelta

from hopso import _
from hopso.core.findings import Finding
from hopso.core.findings import RECORD
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

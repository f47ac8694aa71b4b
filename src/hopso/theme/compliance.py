"""How well the clocks of the regulation were kept lately, from the catalog alone."""

from datetime import datetime
from datetime import timedelta
from time import monotonic

from DateTime import DateTime
from hopso import _
from hopso.meetings.facts import publication_deadline
from hopso.meetings.facts import registration_deadline
from hopso.policy.api import current_policy
from plone import api


LOOK_BACK = timedelta(days=90)
# The figures of 90 days need not be counted again for each visit.
KEEP = 60  # seconds
_kept: dict = {}


class Facts:
    """A catalog record with the names that the clocks of meetings expect."""

    def __init__(self, start, registered_at=None, complete_at=None, published_at=None, urgent=False):
        self.start = start
        self.registered_at = registered_at
        self.complete_at = complete_at
        self.published_at = published_at
        self.urgent = bool(urgent)


def in_time(meetings, policy) -> list[tuple[str, int, int]]:
    """Return (measure, kept, all) for *meetings* (Facts): ``registered``, ``published``.

    ``registered``: not urgent, and handed in before the lead time of the
    policy (BD-6.1/1).  ``published``: within the time after complete
    information (BD-7/1).  A measure without cases is left out.
    """
    counts = {"registered": [0, 0], "published": [0, 0]}
    for one in meetings:
        if one.registered_at is not None and not one.urgent:
            counts["registered"][1] += 1
            counts["registered"][0] += one.registered_at <= registration_deadline(one, policy)
        deadline = publication_deadline(one, policy)
        if deadline is not None and one.published_at is not None:
            counts["published"][1] += 1
            counts["published"][0] += one.published_at <= deadline
    return [(name, kept, all_) for name, (kept, all_) in counts.items() if all_]


def measures(moment: datetime) -> list[dict]:
    """Return the bars for the present user: title, kept, all, percent, rest."""
    user_id = api.user.get_current().getId()
    key = (api.portal.get().getPhysicalPath(), user_id)
    when, found = _kept.get(key, (0.0, None))
    if found is None or monotonic() - when > KEEP:
        if len(_kept) > 5000:
            _kept.clear()
        found = in_time(_lately(moment), current_policy())
        _kept[key] = (monotonic(), found)
    titles = {"registered": _("Registered in time"), "published": _("Published in time")}
    bars = []
    for name, kept, all_ in found:
        percent = round(100 * kept / all_)
        bars.append(
            {"title": titles[name], "kept": kept, "all": all_, "percent": percent, "rest": 100 - percent}
        )
    return bars


def _lately(moment: datetime) -> list[Facts]:
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(
        portal_type="Meeting",
        meeting_start={
            "query": (DateTime(moment - LOOK_BACK), DateTime(moment + LOOK_BACK)),
            "range": "min:max",
        },
    )
    return [
        Facts(
            brain.meeting_start,
            *(
                _moment(getattr(brain, name, None))
                for name in ("registered_at", "complete_at", "published_at")
            ),
            urgent=brain.urgent is True,
        )
        for brain in found
    ]


def _moment(value) -> datetime | None:
    """Return a moment of a catalog record; records of old have none."""
    return value if isinstance(value, datetime) else None

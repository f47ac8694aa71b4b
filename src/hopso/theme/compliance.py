"""How well the clocks of the regulation were kept lately, from the catalog alone."""

from datetime import datetime
from datetime import timedelta
from time import monotonic

from DateTime import DateTime
from hopso import _
from hopso.core.indexing import column
from hopso.policy.compliance import count
from hopso.policy.compliance import PUBLISHED_IN_TIME
from hopso.policy.compliance import REGISTERED_IN_TIME
from plone import api


LOOK_BACK = timedelta(days=90)
TITLES = {REGISTERED_IN_TIME: _("Registered in time"), PUBLISHED_IN_TIME: _("Published in time")}
# The figures of 90 days need not be counted again for each visit.
KEEP = 60  # seconds
_kept: dict = {}


def measures(moment: datetime) -> list[dict]:
    """Return the bars for the present user: title, kept, all, percent, rest; none without settled cases."""
    user_id = api.user.get_current().getId()
    key = (api.portal.get().getPhysicalPath(), user_id)
    when, figures = _kept.get(key, (0.0, None))
    if figures is None or monotonic() - when > KEEP:
        if len(_kept) > 5000:
            _kept.clear()
        figures = count(_lately(moment), moment)
        _kept[key] = (monotonic(), figures)
    return [
        {
            "title": title,
            "kept": figures[rule_id].kept,
            "all": figures[rule_id].closed,
            "percent": figures[rule_id].percent,
            "rest": 100 - figures[rule_id].percent,
        }
        for rule_id, title in TITLES.items()
        if rule_id in figures and figures[rule_id].closed
    ]


def _lately(moment: datetime) -> list[tuple]:
    """Return the clocks of the meetings that the present user may see."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(
        portal_type="Meeting",
        meeting_start={
            "query": (DateTime(moment - LOOK_BACK), DateTime(moment + LOOK_BACK)),
            "range": "min:max",
        },
    )
    return [clocks for clocks in column(found, "rule_clocks") if isinstance(clocks, tuple)]

"""What the worker does for the policy."""

from hopso.policy import versions
from hopso.policy.operations import enforce_version
from hopso.tasks.jobs import periodic
from plone import api


@periodic("policy.due", minutes=15)
def write_down_due() -> int:
    """Write planned versions down whose day has come; they count since the day began.  Return how many."""
    due = versions.waiting_until(versions.today())
    for one in due:
        # An earlier one may have taken the others along.
        if versions.find(one.id).status == versions.PLANNED:
            enforce_version(api.portal.get(), version=one.id)
    return len(due)

"""An invented province to try everything with: Tỉnh Hải Sơn.

Names of places and people are made up.  What happens in it goes through the
operations of the rooms, done by the person who would do it; only approvals
(nobody can read a document before its pages are prepared) and dates of the
past are written directly.
"""

from hopso import _
from hopso.core import errors
from hopso.organisation.place import province
from hopso.policy.api import apply_policy
from hopso.policy.api import current_policy
from hopso.policy.api import store_values


# What has happened in the province happened under this policy; another one holds for what comes.
PAST_POLICY = "binh-dinh"
# Which of its units the regulations mean.
BODIES = ["provincial_office=vp", "tech_department=skhcn", "service_provider=vien-thong"]


def create(site) -> dict:
    """Fill *site* with the demo province; return how much of what was made.

    Raises Invalid, before anything is changed, if the site has units already.
    """
    from hopso.distribution.demo import desk
    from hopso.distribution.demo import inventory
    from hopso.distribution.demo import meetings
    from hopso.distribution.demo import organisation
    from hopso.distribution.demo import personnel
    from hopso.distribution.demo import registers
    from hopso.distribution.demo import sites
    from hopso.notifications.subscribers import quietly

    if province().objectIds():
        raise errors.Invalid(_("Demo content can be made on an empty site only."))
    chosen = current_policy().name
    apply_policy(PAST_POLICY)
    store_values({"bodies": BODIES})
    made = organisation.create_all()
    with quietly():
        made["sites"] = len(sites.create_all())
        made |= inventory.create_all()
        held = meetings.create_all()
        made["meetings"] = len(held)
        made["checks"] = desk.create_all(held)
        made["registers"] = registers.create_all()
        made["personnel"] = personnel.create_all(held)
    if chosen not in ("", PAST_POLICY):
        apply_policy(chosen)
    return made

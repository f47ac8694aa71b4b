"""What is done with sites: entered, changed, connected, taken out of use; everything before is kept."""

from hopso import _
from hopso.audit.log import record_aside
from hopso.core import errors
from hopso.core.findings import Finding
from hopso.core.operation import operation
from hopso.core.operation import transition
from hopso.inventory.sites import network
from hopso.inventory.sites import parameters
from hopso.inventory.sites import rules
from hopso.inventory.sites.bodies import is_operator
from hopso.inventory.sites.content import ISite
from hopso.inventory.sites.store import sites_store
from hopso.organisation.content import IUnit
from hopso.organisation.place import site_folder
from hopso.policy.api import current_policy
from hopso.policy.api import policy_for
from hopso.policy.register import rule
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.uuid.interfaces import IUUID


MANAGE = "hopso: Manage inventory"
LINE = ("link_type", "provider", "capacity")


def operates(context=None) -> bool:
    """Tell whether the present user belongs to the technicians of the unit that runs the system."""
    return is_operator(api.user.get_current().getId() or "")


def running_at(site_uid: str) -> list:
    """Return the meetings that are in session at a site, whoever asks."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(
        portal_type="Meeting", review_state="in_session", sites=site_uid
    )
    return [brain._unrestrictedGetObject() for brain in found]


@rule("NT-7.2.d/2")
def lock_findings(site, **params) -> list[Finding]:
    """Forbid changes while a meeting runs at the site, as the policy of that meeting says.

    Asked with parameters, somebody is trying: that is written down even though
    the request will be rolled back.
    """
    running = running_at(IUUID(site))
    locking = [one for one in running if policy_for(one).lock_site_config]
    found = rules.locked_while_running(bool(locking), len(locking))
    if found and params:
        # Which meeting it is says nothing of what it is about.
        record_aside(
            "site.locked", site, findings=(("NT-7.2.d/2", "block"),), details={"meeting": IUUID(locking[0])}
        )
    return found


@operation(
    "site.add", IUnit, title=_("Add a site"), permission="hopso: Add Site",
    schema=parameters.ISiteFacts, order=345,
)  # fmt: skip
@rule("NA-2.1/1", "TQ-P2/1", "NT-2.2.a", "NT-2.2.c")
def add_site(unit, **values):
    """Enter a site of *unit*, and return it."""
    return enter(unit, values)


def enter(unit, values: dict):
    """Make a site in *unit* and return it.  Checks no right."""
    site = addContentToContainer(site_folder(unit), createContent("Site", **values), checkConstraints=False)
    network.keep_change(site, "", {}, {name: value for name, value in values.items() if value})
    return site


@operation(
    "site.change", ISite, title=_("Change name, kind or room"), permission=MANAGE, states=("in_use",),
    schema=parameters.ISiteChange, check=lock_findings, order=20,
)  # fmt: skip
def change(site, reason, **values):
    """Change what the site is; what it was before stays on record."""
    after = {
        name: value
        for name, value in values.items()
        if value not in (None, "") and value != getattr(site, name, None)
    }
    if not after:
        raise errors.Invalid(_("Nothing was changed."))
    change_fields(site, reason, after)


def change_fields(site, reason, after, more_before=None, more_after=None) -> None:
    """Set fields of a site and keep what they were.  Checks no right."""
    before = {name: getattr(site, name, None) for name in after}
    for name, value in after.items():
        setattr(site, name, value)
    network.keep_change(site, reason, {**before, **(more_before or {})}, {**after, **(more_after or {})})
    site.reindexObject()


@operation(
    "site.connect", ISite, title=_("Change the line and its addresses"), permission="hopso: Use the site",
    states=("in_use",), schema=parameters.ILine, check=lock_findings, order=30, when=operates,
    help=_("Only the unit that runs the system does this; what it was before is kept."),
    confidential=("ipv4", "ipv4_gateway", "ipv6", "ipv6_gateway", "vc_number"),
)  # fmt: skip
@rule("NA-2.2", "NA-2.1/3", "TQ-P2/2")
def connect(site, reason, link_type, provider, capacity, **addresses):
    """Write down line and network parameters: unique, in the ranges of the policy, by the operator alone."""
    if not operates():
        raise errors.Denied(_("Only the unit that runs the system changes lines and addresses."))
    line = {"link_type": link_type, "provider": provider, "capacity": capacity}
    if not write_line(site, reason, line, addresses):
        raise errors.Invalid(_("Nothing was changed."))


def write_line(site, reason: str, line: dict, addresses: dict) -> bool:
    """Write line and network parameters of a site; tell whether anything changed.  Checks no right.

    Raises Invalid for addresses that are wrong, outside of the ranges or another site's.
    """
    new, bad = network.read_network(addresses, current_policy().network_ranges)
    if bad:
        raise errors.Invalid(_("Please check what you entered."), errors=bad)
    former = network.network_of(site)
    after = {name: value for name, value in line.items() if value != getattr(site, name, None)}
    if not after and new == former:
        return False
    was, will = network.as_dict(former), network.as_dict(new)
    changed = [name for name in will if will[name] != was[name]]
    if changed:
        network.take_addresses(sites_store().addresses, IUUID(site), former, new)
        network.store_network(site, new)
    change_fields(
        site,
        reason,
        after,
        {name: was[name] for name in changed},
        {name: will[name] for name in changed},
    )
    return True


@operation(
    "site.withdraw", ISite, title=_("Take out of use"), permission=MANAGE, states=("in_use",),
    schema=parameters.IWhy, check=lock_findings, order=80, danger=True,
)  # fmt: skip
def withdraw(site, reason):
    """Take the site out of use; its addresses stay its own, its people stay on record."""
    transition(site, "withdraw", reason)
    change_fields(site, reason, {"active": False})


@operation(
    "site.restore", ISite, title=_("Use again"), permission=MANAGE, states=("withdrawn",),
    schema=parameters.IWhy, order=20, primary=True,
)  # fmt: skip
def restore(site, reason):
    """Put the site to use again."""
    transition(site, "restore", reason)
    change_fields(site, reason, {"active": True})

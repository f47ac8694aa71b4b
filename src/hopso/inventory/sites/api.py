"""What other rooms ask about sites: UIDs in, sites, people and findings out; no right is asked."""

from datetime import date

from hopso import _
from hopso.accounts.records import account_of
from hopso.core.findings import Finding
from hopso.core.findings import WARN
from hopso.core.text import name_key
from hopso.inventory.sites.bodies import is_operator as is_operator
from hopso.inventory.sites.bodies import operator_unit as operator_unit
from hopso.inventory.sites.bodies import provider_unit as provider_unit
from hopso.inventory.sites.records import StaffChanged as StaffChanged
from hopso.inventory.sites.records import StaffMember
from hopso.inventory.sites.rules import read_staffing
from hopso.inventory.sites.rules import staffing
from hopso.inventory.sites.store import sites_store
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.tree import today
from plone import api
from plone.uuid.interfaces import IUUID


def site_brains(uids=None) -> list:
    """Return the catalog's records of these sites, of all if none are given; in no order."""
    query = {"portal_type": "Site"}
    if uids is not None:
        wanted = [uid for uid in uids if uid]
        if not wanted:
            return []
        query["UID"] = wanted
    return list(api.portal.get_tool("portal_catalog").unrestrictedSearchResults(**query))


def site_by_uid(uid: str):
    """Return a site by its UID, None if there is none."""
    found = site_brains([uid])
    return found[0]._unrestrictedGetObject() if found else None


def meeting_by_uid(uid: str):
    """Return a meeting by its UID, whatever the user may see; None if there is none."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type="Meeting", UID=uid) if uid else ()
    return found[0]._unrestrictedGetObject() if found else None


def site_findings(meeting, policy) -> list[Finding]:
    """Return what keeps the sites of *meeting* from being ready (warnings only)."""
    found = readiness_of(sites_of(meeting.sites), policy)
    return [one for findings in found.values() for one in findings]


def sites_of(uids) -> list:
    """Return the sites in the order of *uids*; those that do not exist are left out."""
    found = {brain.UID: brain for brain in site_brains(uids or ())}
    return [found[uid]._unrestrictedGetObject() for uid in dict.fromkeys(uids or ()) if uid in found]


def unit_id_of(site) -> str:
    """Return the id of the unit that has the site."""
    return unit_of(site).getId()


def staff_of(site, role: str | None = None, day: date | None = None) -> list[StaffMember]:
    """Return who looks after a site on *day* (default: today in Viet Nam), leaders first, then by name.

    role: ``leader``, ``technician`` or None for both.  People whose account was
    closed are not there any more.
    """
    return staff_of_uids([IUUID(site)], role, day)[IUUID(site)]


def staff_of_uids(uids, role: str | None = None, day: date | None = None) -> dict[str, list[StaffMember]]:
    """Return site UID -> as ``staff_of``, for lists."""
    day, store, found = day or today(), sites_store(), {}
    for uid in uids:
        found[uid] = [
            (record_id, one)
            for record_id, one in store.staff_of(uid)
            if one.holds(day) and (role is None or one.role == role) and _still_here(one.user_id)
        ]
    names = person_names({one.user_id for records in found.values() for _id, one in records})
    return {
        uid: sorted(
            (_member(record_id, one, names[one.user_id]) for record_id, one in records),
            key=lambda one: (one.role, name_key(one.name)),
        )
        for uid, records in found.items()
    }


def _still_here(user_id: str) -> bool:
    account = account_of(user_id)
    return account is None or account.active()


def _member(record_id, one, name) -> StaffMember:
    account = account_of(one.user_id)
    phone = one.phone or (account.phone if account is not None else "")
    return StaffMember(one.user_id, name, one.role, phone, one.since, one.until, one.email, record_id)


def readiness(site, policy) -> list[Finding]:
    """Return what keeps a site from being ready: out of use, people missing (NA-6.2/1, TQ-P8/3, HN-R/3.1)."""
    return readiness_of([site], policy)[IUUID(site)]


def readiness_of(sites, policy) -> dict[str, list[Finding]]:
    """Return site UID -> as ``readiness``; *sites* are sites or their catalog records."""
    facts = {_uid_of(one): one for one in sites}
    people, wanted = staff_of_uids(facts), read_staffing(policy.site_staffing)
    found = {}
    for uid, one in facts.items():
        title, active = _title_of(one), _active(one)
        present = {role: sum(1 for who in people[uid] if who.role == role) for role in wanted}
        found[uid] = staffing(title, wanted, present, policy.rule_sets)
        if not active:
            text = _("“${site}” is out of use.", mapping={"site": title})
            found[uid].insert(0, Finding("HS-SITE", WARN, text))
    return found


def _uid_of(one) -> str:
    return one.UID if isinstance(one.UID, str) else IUUID(one)


def _title_of(one) -> str:
    return one.Title if isinstance(one.Title, str) else one.title


def _active(one) -> bool:
    facts = getattr(one, "desk_facts", None)
    return bool(facts.get("active", True) if isinstance(facts, dict) else one.active)

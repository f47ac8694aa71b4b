"""The sheet of a meeting for its sites: all that is needed to connect it, nothing of what it is about.

NT-10.1: the office gives the information of a meeting to the sites and the
provider; NT-13.3: who serves a meeting does not learn its content.  So the
sheet is made of ``Logistics`` and of what the house knows of the sites.
"""

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
import hashlib

from BTrees.OOBTree import OOBTree
from hopso.accounts.records import account_of
from hopso.core.operation import state_of
from hopso.inventory.sites.api import readiness_of
from hopso.inventory.sites.api import sites_of
from hopso.inventory.sites.api import staff_of_uids
from hopso.inventory.sites.bodies import OPERATING
from hopso.inventory.sites.bodies import operator_unit
from hopso.inventory.sites.bodies import people_with
from hopso.inventory.sites.bodies import provider_unit
from hopso.inventory.sites.bodies import SUPPLYING
from hopso.inventory.sites.network import network_of
from hopso.inventory.sites.providers import contacts_of_provider
from hopso.inventory.sites.store import sites_store
from hopso.organisation.names import person_names
from hopso.organisation.names import room_names
from hopso.organisation.names import unit_names
from hopso.organisation.place import unit_of
from hopso.policy.api import policy_for
from hopso.security.logistics import Contact
from hopso.security.logistics import Logistics
from hopso.security.logistics import logistics_of
from persistent import Persistent
from plone import api
from plone.uuid.interfaces import IUUID


# A sheet is out while the meeting is in one of these states.
LIVE = ("scheduled", "convened", "in_session")
OVER = ("cancelled", "postponed", "displaced", "returned", "registered")


@dataclass(frozen=True)
class Ack:
    """A site has received the sheet: who said so, when (UTC), which version of it."""

    by: str
    at: datetime
    digest: str


class SheetBook(Persistent):
    """What was told of a meeting: the version that is out, to which sites, who has confirmed it.

    Each site confirms under a key of its own, so that many do it at once.
    """

    def __init__(self):
        self.digest = ""
        self.told_at = None
        self.sites = ()
        self.off = False
        self.acks = OOBTree()  # site UID -> Ack


@dataclass(frozen=True)
class SiteLine:
    """One site on the sheet; check: state of the technical check, "" if none is known."""

    uid: str
    title: str
    url: str
    unit: str
    kind: str
    chair: bool
    room: str
    vc_number: str
    link_type: str
    people: tuple[Contact, ...] = ()
    provider: str = ""
    provider_contacts: tuple[Contact, ...] = ()
    findings: tuple = ()
    ack: Ack | None = None
    outdated: bool = False
    check: str = ""
    due: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """What the sites learn of a meeting; moments are UTC."""

    logistics: Logistics
    sites: tuple[SiteLine, ...]
    bridge: str = ""
    host_contact: Contact | None = None
    due: datetime | None = None
    backdrop: str = ""
    told_at: datetime | None = None
    digest: str = ""
    names: dict = field(default_factory=dict, compare=False)

    @property
    def start(self) -> datetime:
        return self.logistics.start

    @property
    def end(self) -> datetime:
        return self.logistics.end


def digest_of(meeting) -> str:
    """Return what makes the sheet of a meeting this one: time, sites, bridge, rooms, contact."""
    parts = (
        meeting.start, meeting.end, meeting.mode, tuple(meeting.sites or ()), meeting.chair_site or "",
        meeting.external_bridge or "", meeting.host_contact or "", tuple(meeting.rooms or ()),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]


def book_of(meeting) -> SheetBook | None:
    """Return what was told of a meeting so far, None if nothing was."""
    return sites_store().sheets.get(IUUID(meeting))


def contact_of(user_id: str, names=None) -> Contact | None:
    """Return how a person is reached, None without one."""
    if not user_id:
        return None
    account, user = account_of(user_id), api.user.get(userid=user_id)
    mail = (user.getProperty("email") or "") if user is not None else ""
    name = (names or person_names([user_id])).get(user_id, user_id)
    return Contact(name, account.phone if account is not None else "", mail)


def checks_by_site(meeting) -> tuple[dict, datetime | None]:
    """Return site UID -> check and when they are due, as the desk says."""
    try:
        from hopso.operations_desk.checks.api import checks_of
        from hopso.operations_desk.checks.api import due_for
    except ImportError:
        return {}, None
    return {one.site_uid: one for one in checks_of(meeting)}, due_for(meeting)


def sheet_of(meeting) -> Sheet:
    """Return the sheet of *meeting* as it is now; checks no right."""
    sites, book, digest = sites_of(meeting.sites), book_of(meeting), digest_of(meeting)
    people, policy = staff_of_uids([IUUID(one) for one in sites]), policy_for(meeting)
    findings, rooms = readiness_of(sites, policy), room_names([one.room for one in sites])
    checks, due = checks_by_site(meeting)
    default = provider_unit()
    fallback = default.getId() if default is not None else ""
    providers = {IUUID(one): one.provider or fallback for one in sites}
    units, lines = unit_names(providers.values()), []
    for site in sites:
        uid, ack = IUUID(site), book.acks.get(IUUID(site)) if book is not None else None
        check = checks.get(uid)
        lines.append(
            SiteLine(
                uid, site.title, site.absolute_url(), unit_of(site).title, site.kind,
                uid == meeting.chair_site, rooms.get(site.room, ""), network_of(site).vc_number,
                site.link_type or "",
                tuple(Contact(one.name, one.phone, one.email) for one in people[uid]),
                units.get(providers[uid], ""), tuple(contacts_of_provider(providers[uid])),
                tuple(findings[uid]), ack, ack is not None and ack.digest != digest,
                check.state if check is not None else "", check.due if check is not None else due,
            )
        )  # fmt: skip
    return Sheet(
        logistics_of(meeting),
        tuple(lines),
        meeting.external_bridge or "",
        contact_of(meeting.host_contact or ""),
        due,
        _backdrop(meeting),
        book.told_at if book is not None else None,
        digest,
        person_names({one.ack.by for one in lines if one.ack is not None}),
    )


def _backdrop(meeting) -> str:
    """Return where the backdrop of the meeting is to be had: it names the meeting, so only readers get it."""
    if not api.user.has_permission("View", obj=meeting):
        return ""
    return f"{meeting.absolute_url()}/@@backdrop"


def served_by(meeting, uids) -> set[str]:
    """Return the user ids of those who serve these sites for *meeting*: their own people, operator, provider."""
    sites, found = sites_of(uids), set()
    for staff in staff_of_uids([IUUID(one) for one in sites]).values():
        found.update(one.user_id for one in staff)
    default = provider_unit()
    for site in sites:
        found.update(people_with(unit_of(site).getId(), "technicians"))
        provider = site.provider or (default.getId() if default is not None else "")
        found.update(people_with(provider, *SUPPLYING))
    operator = operator_unit()
    if operator is not None and sites:
        found.update(people_with(operator.getId(), *OPERATING))
    return found


def is_out(meeting) -> bool:
    """Tell whether the sheet of a meeting is out: there is one, and the meeting takes place."""
    book = book_of(meeting)
    return book is not None and not book.off and state_of(meeting) in LIVE

"""What the house keeps of sites beside the sites themselves.

One store on the site.  Staff lie by site, so that two units that change their
people do not meet; addresses lie in one book on purpose: two operators who give
out the same address at once write the same key, and the database refuses the
second one.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations


KEY = "hopso.sites"


class SitesStore(Persistent):
    """The store of the site."""

    def __init__(self):
        self.staff = OOBTree()  # site UID -> OOBTree: record id -> StaffRecord
        self.of_person = OOBTree()  # user id -> OOTreeSet of site UIDs, past ones too
        self.addresses = OOBTree()  # address or VC number, in its one form -> site UID
        self.contracts = OOBTree()  # contract id -> Contract
        self.contacts = OOBTree()  # contact id -> Contact of a provider
        self.sheets = OOBTree()  # meeting UID -> SheetBook

    def staff_of(self, site_uid: str) -> list[tuple[str, object]]:
        """Return (record id, StaffRecord) of a site, the oldest first."""
        return list(self.staff.get(site_uid, {}).items())

    def put_staff(self, site_uid: str, record_id: str, record) -> None:
        """Keep a record of staff."""
        if site_uid not in self.staff:
            self.staff[site_uid] = OOBTree()
        self.staff[site_uid][record_id] = record
        if record.user_id not in self.of_person:
            self.of_person[record.user_id] = OOTreeSet()
        self.of_person[record.user_id].insert(site_uid)


def sites_store() -> SitesStore:
    """Return the store of the present site (made by the installation)."""
    return IAnnotations(api.portal.get())[KEY]


def ensure_store(portal) -> SitesStore:
    """Make the store if it is missing (installation only: reading never writes)."""
    annotations = IAnnotations(portal)
    if KEY not in annotations:
        annotations[KEY] = SitesStore()
    return annotations[KEY]

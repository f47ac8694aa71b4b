"""``/@@site-staff``: the list of technical officers and leaders of all sites (TQ-P7/2), to print and as XLSX."""

from AccessControl import Unauthorized
from hopso import _
from hopso.audit.log import record
from hopso.core.text import day_text
from hopso.inventory.sites.api import staff_of_uids
from hopso.inventory.sites.records import days_without
from hopso.inventory.sites.store import sites_store
from hopso.inventory.sites.views.base import SitesBase
from hopso.inventory.sites.vocabularies import StaffRoles
from hopso.operations_desk import sheets
from hopso.organisation.tree import today
from hopso.organisation.views.units import term
from plone.memoize.view import memoize


def since_without(uid: str, role: str):
    """Return since which day nobody holds *role* at a site that had somebody before, None otherwise."""
    records = [one for _id, one in sites_store().staff_of(uid)]
    held = [one for one in records if one.role == role]
    if not held:
        return None
    gaps = days_without(records, role, min(one.since for one in held), today())
    return gaps[-1][0] if gaps and gaps[-1][1] == today() else None


class StaffDirectory(SitesBase):
    """The list; for those who coordinate meetings or keep them going."""

    page_title = _("Technical officers")

    def __call__(self):
        if not self.reads_people():
            raise Unauthorized(self.t(_("The list is for those who coordinate and serve meetings.")))
        return super().__call__()

    @memoize
    def rows(self) -> list[dict]:
        """Return a row for each person of each site, and one for each site without anybody."""
        points = [one for one in self.points() if one.active]
        people, found = staff_of_uids([one.uid for one in points]), []
        for one in points:
            for who in people[one.uid]:
                found.append(
                    {
                        "site": one.title, "url": one.url, "unit": one.unit_title, "name": who.name,
                        "role": term(StaffRoles, who.role), "phone": who.phone, "mail": self.mail_of(who),
                        "since": day_text(who.since), "missing": "",
                    }
                )  # fmt: skip
            roles = {who.role for who in people[one.uid]}
            for role in ("leader", "technician"):
                since = since_without(one.uid, role) if role not in roles else None
                wanted = any(finding.data.get("role") == role for finding in one.findings)
                if role in roles or not (wanted or since):
                    continue
                text = self.t(_("nobody"))
                if since is not None:
                    days = (today() - since).days + 1
                    text = self.t(
                        _(
                            "nobody since ${day} (${count} days)",
                            mapping={"day": day_text(since), "count": days},
                        )
                    )
                found.append(
                    {
                        "site": one.title, "url": one.url, "unit": one.unit_title, "name": "",
                        "role": term(StaffRoles, role), "phone": "", "mail": "", "since": "", "missing": text,
                    }
                )  # fmt: skip
        return found

    def mail_of(self, who) -> str:
        """Return the address of a person: as her unit gave it, else of the account."""
        from hopso.inventory.sites.sheets import contact_of

        return who.email or contact_of(who.user_id, {who.user_id: who.name}).mail


class StaffSheet(StaffDirectory):
    """``/@@site-staff.xlsx``: the same as a spreadsheet; that it was taken away is on record."""

    columns = (
        (_("Site"), 36), (_("Unit"), 36), (_("Full name"), 28), (_("Role"), 22), (_("Telephone"), 18),
        (_("E-mail"), 30), (_("From day"), 14),
    )  # fmt: skip

    def __call__(self):
        if not self.reads_people():
            raise Unauthorized(self.t(_("The list is for those who coordinate and serve meetings.")))
        names = ("site", "unit", "name", "role", "phone", "mail", "since")
        rows = [
            [row["missing"] if n == "name" and row["missing"] else row[n] for n in names]
            for row in self.rows()
        ]
        record("export.site_staff", self.context, details={"rows": len(rows)})
        data = sheets.sheet(self.columns, rows, self.request)
        return sheets.send(self.request.response, "can-bo-ky-thuat", data)

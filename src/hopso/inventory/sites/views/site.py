"""The page of a site: what it is, who looks after it, how it is connected, what was changed; adding one."""

from hopso import _
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.inventory.sites import network
from hopso.inventory.sites import operations
from hopso.inventory.sites import staff
from hopso.inventory.sites.api import readiness
from hopso.inventory.sites.api import staff_of
from hopso.inventory.sites.availability import availability
from hopso.inventory.sites.availability import incidents_by_site
from hopso.inventory.sites.availability import last_days
from hopso.inventory.sites.records import count_days
from hopso.inventory.sites.situation import points
from hopso.inventory.sites.views.base import prefilled
from hopso.inventory.sites.views.base import SitesBase
from hopso.inventory.sites.vocabularies import LinkTypes
from hopso.inventory.sites.vocabularies import SiteKinds
from hopso.inventory.sites.vocabularies import StaffRoles
from hopso.inventory.vocabularies import room_title
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.operations_desk.views.forms import OperationForm
from hopso.organisation.names import person_names
from hopso.organisation.place import unit_of
from hopso.organisation.views.units import term
from hopso.organisation.vocabularies import unit_title
from plone import api
from plone.memoize.view import memoize


PERIOD = 90  # days of the figures of availability
FIELDS = {
    "title": _("Name"), "kind": _("Kind of site"), "room": _("Room"), "active": _("In use"),
    "link_type": _("Type of link"), "provider": _("Provider of the line"), "capacity": _("Capacity (Mbit/s)"),
    "ipv4": _("IPv4 address and mask"), "ipv4_gateway": _("IPv4 gateway"), "ipv6": _("IPv6 address and prefix"),
    "ipv6_gateway": _("IPv6 gateway"), "vc_number": _("Video conference number"),
}  # fmt: skip
SECRET = ("ipv4", "ipv4_gateway", "ipv6", "ipv6_gateway", "vc_number")
OWN_PLACE = ("site.acknowledge", "site.relieve", "site.reach")


class SitePage(SitesBase):
    """``<site>``."""

    @property
    def page_title(self):
        return self.context.title

    @property
    @memoize
    def point(self):
        """The situation of the site now."""
        return points(self.policy, [self.context.UID()])[0]

    def tag(self) -> dict:
        """Return the tag of the state now."""
        return self.tag_of(self.point)

    @memoize
    def sees_line(self) -> bool:
        """Tell whether the present user reads the addresses: operator, and who looks after the site."""
        mine = {one.user_id for one in staff_of(self.context)}
        return self.operates() or self.user_id in mine or self.may("hopso: Serve meeting")

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        site = self.context
        rows = [
            (_("Kind of site"), term(SiteKinds, site.kind)),
            (_("Unit"), unit_of(site).title),
            (_("Room"), room_title(site.room) if site.room else ""),
            (_("Type of link"), term(LinkTypes, site.link_type) if site.link_type else ""),
            (_("Provider of the line"), unit_title(site.provider) if site.provider else ""),
            (_("Capacity (Mbit/s)"), str(site.capacity or "")),
        ]
        return [{"title": title, "text": text} for title, text in rows if text]

    def line(self) -> list[dict]:
        """Return the network parameters, to those who may read them."""
        kept = network.as_dict(network.network_of(self.context)) if self.sees_line() else {}
        return [{"title": FIELDS[name], "text": text} for name, text in kept.items() if text]

    def findings(self) -> list[dict]:
        """Return what keeps the site from being ready."""
        return self.told(readiness(self.context, self.policy))

    def lock(self) -> list[dict]:
        """Return why nothing can be changed now."""
        return self.told(operations.lock_findings(self.context))

    # ---- people ----

    def people(self) -> list[dict]:
        """Return who looks after the site now."""
        return [
            {
                "name": one.name,
                "role": term(StaffRoles, one.role),
                "phone": one.phone if self.reads_people() else "",
                "mail": one.email if self.reads_people() else "",
                "since": day_text(one.since),
                "dialogs": self.dialogs_of(one),
            }
            for one in staff_of(self.context)
        ]

    def dialogs_of(self, one) -> list[dict]:
        """Return what may be done about a person."""
        found = []
        for number, operation in enumerate((staff.relieve, staff.reach)):
            if not operation.allowed(self.context):
                continue
            dialog = button_of_quiet(operation, self.context)
            key = one.record.replace(".", "-")
            dialog["id"] = f"{dialog['id']}-{key}"
            dialog["fields"] = [field for field in dialog["fields"] if field["name"] != "record"]
            dialog["hidden"] = [("record", one.record)]
            if number:
                prefilled(dialog, phone=one.phone, email=one.email)
            found.append(dialog)
        return found

    def gaps(self) -> list[dict]:
        """Return, by role that the policy wants, on how many days nobody was there."""
        found = []
        for role in ("leader", "technician"):
            if not any(text.startswith(role) for text in self.policy.site_staffing):
                continue
            spans = staff.gaps_of(self.context, role)
            last = [f"{day_text(a)}–{day_text(b)}" if a != b else day_text(a) for a, b in spans[-3:]]
            found.append(
                {"role": term(StaffRoles, role), "days": count_days(spans), "spans": ", ".join(last)}
            )
        return found

    def former(self) -> list[dict]:
        """Return who looked after the site before."""
        records = [one for _id, one in staff.history_of(self.context) if one.until is not None]
        names = person_names({one.user_id for one in records})
        return [
            {
                "name": names[one.user_id],
                "role": term(StaffRoles, one.role),
                "span": f"{day_text(one.since)} – {day_text(one.until)}",
                "reason": one.reason,
            }
            for one in records
        ]

    # ---- what was, what may be done ----

    def figures(self) -> list[dict]:
        """Return how available the site was."""
        first, last = last_days(PERIOD)
        found = availability(incidents_by_site([self.context.UID()])[self.context.UID()], first, last)
        return [
            {"title": _("Availability"), "text": found.percent},
            {"title": _("Incidents of the line"), "text": found.line},
            {"title": _("Incidents of the power"), "text": found.power},
            {"title": _("Minutes out"), "text": found.minutes},
        ]

    def changes(self) -> list[dict]:
        """Return the changes of the site; addresses only to those who read them."""
        kept = network.changes_of(self.context) if self.reads_people() else []
        names, found = person_names({one.who for one in kept}), []
        for one in kept:
            lines = [
                f"{self.t(FIELDS[name])}: {self.said(name, one.before.get(name))} → {self.said(name, value)}"
                for name, value in one.after.items()
                if name in FIELDS and (name not in SECRET or self.sees_line())
            ]
            found.append(
                {
                    "what": "\n".join(lines) or self.t(_("Network parameters")),
                    "who": names.get(one.who, one.who),
                    "when": datetime_text(one.when),
                    "comment": one.reason,
                }
            )
        return found

    def said(self, name, value) -> str:
        """Return a value of a field for people."""
        if value in (None, ""):
            return "–"
        vocabulary = {"kind": SiteKinds, "link_type": LinkTypes}.get(name)
        if vocabulary is not None:
            return self.t(term(vocabulary, value))
        if name == "room":
            return room_title(value) or "–"
        if name == "provider":
            return unit_title(value) or value
        if name == "active":
            return self.t(_("Yes") if value else _("No"))
        return str(value)

    @memoize
    def dialogs(self) -> list[dict]:
        """Return what may be done with the site now."""
        found = []
        for one in operations_for(self.context):
            if one.name in OWN_PLACE or not one.allowed(self.context):
                continue
            dialog = prefilled(button_of_quiet(one, self.context), **self.present(one))
            dialog["style"] = "hs-btn hs-btn--danger" if one.danger else "hs-btn"
            if one.name == "site.appoint":
                dialog["style"] = "hs-btn hs-btn--primary"
                self._offer_successor(dialog)
            found.append(dialog)
        return found

    def present(self, operation) -> dict:
        """Return the values that a dialog starts with."""
        site = self.context
        if operation.name == "site.change":
            return {"title": site.title, "kind": site.kind, "room": site.room or ""}
        if operation.name == "site.connect":
            line = {name: getattr(site, name, None) for name in operations.LINE}
            return {**line, **network.as_dict(network.network_of(site))}
        return {}

    def _offer_successor(self, dialog) -> None:
        for field in dialog["fields"]:
            if field["name"] == "replaces":
                options = [{"value": one.record, "title": one.name} for one in staff_of(self.context)]
                field.update(widget="select", options=[{"value": "", "title": "–"}, *options])

    def state(self) -> str:
        """Return the state of the workflow."""
        return state_of(self.context)

    def incidents_url(self) -> str:
        """Return where an incident at this site is reported."""
        return f"{api.portal.get().absolute_url()}/@@report-incident?site={self.context.UID()}"


class AddSite(OperationForm):
    """``<unit>/@@add-site``."""

    label = _("Add a site")
    lead = _("Name, kind and room; the line and its addresses are entered by the unit that runs the system.")
    submit = _("Save")
    operation = operations.add_site

    def verb(self) -> str:
        return self.operation.name

"""``/@@providers``: who supplies lines and power, under which contracts, how they are reached, how available they were."""

from AccessControl import Unauthorized
from hopso import _
from hopso.core.text import day_text
from hopso.inventory.sites import providers
from hopso.inventory.sites.availability import availability
from hopso.inventory.sites.availability import incidents_by_site
from hopso.inventory.sites.availability import last_days
from hopso.inventory.sites.views.base import SitesBase
from hopso.inventory.sites.vocabularies import ProviderServices
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.organisation.tree import find_unit
from hopso.organisation.tree import today
from hopso.organisation.views.units import term
from hopso.policy.bodies import provider_unit
from plone.memoize.view import memoize


PERIOD = 90


class ProvidersPage(SitesBase):
    """The register of providers."""

    page_title = _("Providers and contracts")

    def __call__(self):
        if not self.reads_people():
            raise Unauthorized(self.t(_("The list is for those who coordinate and serve meetings.")))
        return super().__call__()

    @memoize
    def cards(self) -> list[dict]:
        """Return a card for each provider."""
        default = provider_unit()
        fallback, found = default.getId() if default is not None else "", []
        every = self.every()
        incidents = incidents_by_site(one.uid for one in every)
        titles = {one.uid: one.title for one in every}
        for facts in providers.providers():
            unit = find_unit(facts.id)
            sites = [one for one in every if (one.provider or fallback) == facts.id]
            first, last = last_days(PERIOD)
            told = [facts_of for one in sites for facts_of in incidents[one.uid]]
            figures = availability(told, first, last, len(sites))
            found.append(
                {
                    "id": facts.id,
                    "title": facts.title,
                    "url": unit.absolute_url(),
                    "sites": len(sites),
                    "findings": self.told(providers.provider_findings(facts)),
                    "figures": [
                        {"title": _("Sites"), "text": len(sites)},
                        {"title": _("Availability"), "text": figures.percent},
                        {"title": _("Incidents of the line"), "text": figures.line},
                        {"title": _("Incidents of the power"), "text": figures.power},
                        {"title": _("Minutes out"), "text": figures.minutes},
                    ],
                    "contacts": self.contacts(unit),
                    "contracts": self.contracts(unit, titles),
                    "dialogs": self.dialogs_of(unit),
                }
            )
        return found

    def contacts(self, unit) -> list[dict]:
        """Return how a provider is reached."""
        may = providers.remove_contact.allowed(unit)
        return [
            {
                "id": key,
                "name": one.name,
                "phone": one.phone,
                "mail": one.mail,
                "service": term(ProviderServices, one.service),
                "always": one.always,
                "action": f"{unit.absolute_url()}/@@do" if may else "",
            }
            for key, one in providers.contact_records(unit.getId())
        ]

    def contracts(self, unit, titles) -> list[dict]:
        """Return the contracts with a provider."""
        may, found = providers.end_contract.allowed(unit), []
        for key, one in providers.contracts_of(unit.getId()):
            left = (one.until - today()).days
            if not one.holds(today()):
                tag = (_("Over"), "") if left < 0 else (_("To come"), "hs-tag--acc")
            elif left <= providers.WARNED.days:
                tag = (_("Ends soon"), "hs-tag--warn")
            else:
                tag = (_("In force"), "hs-tag--good")
            covered = ", ".join(titles.get(uid, "–") for uid in one.sites) or self.t(_("All sites"))
            found.append(
                {
                    "number": one.number,
                    "span": f"{day_text(one.since)} – {day_text(one.until)}",
                    "service": term(ProviderServices, one.service),
                    "target": f"{one.target:g} %".replace(".", ",") if one.target is not None else "",
                    "sites": covered,
                    "note": one.note,
                    "ended": one.ended,
                    "tag": {"name": tag[0], "class": f"hs-tag {tag[1]}".strip()},
                    "dialog": self.end_dialog(unit, key) if may and one.holds(today()) else None,
                }
            )
        return found

    def end_dialog(self, unit, key) -> dict:
        """Return the dialog that ends a contract."""
        dialog = button_of_quiet(providers.end_contract, unit)
        dialog["id"] = f"{dialog['id']}-{key.replace('.', '-')}"
        dialog["fields"] = [field for field in dialog["fields"] if field["name"] != "contract"]
        return {**dialog, "hidden": [("contract", key)], "came_from": f"{self.portal_url}/@@providers"}

    def dialogs_of(self, unit) -> list[dict]:
        """Return what may be done about a provider."""
        found = []
        for operation in (providers.add_contract, providers.add_contact):
            if operation.allowed(unit):
                dialog = button_of_quiet(operation, unit)
                dialog["id"] = f"{dialog['id']}-{unit.getId()}"
                dialog["came_from"] = f"{self.portal_url}/@@providers"
                for field in dialog["fields"]:
                    if field["name"] == "sites":
                        options = [
                            {"value": one.uid, "title": one.title, "checked": False} for one in self.every()
                        ]
                        field.update(widget="rooms", options=options)
                found.append(dialog)
        return found

    def every_dialog(self) -> list[dict]:
        """Return all dialogs of the page."""
        found = []
        for card in self.cards():
            found += card["dialogs"]
            found += [one["dialog"] for one in card["contracts"] if one["dialog"]]
        return found

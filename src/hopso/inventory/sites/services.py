"""For other systems: ``GET @sites``, ``GET <meeting>/@meeting-sheet``."""

from dataclasses import asdict

from hopso.core.views.answers import describe_finding
from hopso.inventory.sites import situation
from hopso.inventory.sites.sheets import sheet_of
from hopso.policy.api import current_policy
from plone.restapi.interfaces import IJsonCompatible
from plone.restapi.services import Service


class SitesGet(Service):
    """``GET /@sites``: the register with the situation now; addresses are not told."""

    def reply(self):
        items = []
        for one in situation.points(current_policy()):
            facts = {name: value for name, value in asdict(one).items() if name not in ("path", "findings")}
            facts["@id"] = facts.pop("url")
            facts["findings"] = [describe_finding(found, self.request) for found in one.findings]
            items.append(facts)
        url = self.context.absolute_url()
        return {"@id": f"{url}/@sites", "items": items, "items_total": len(items)}


class SheetGet(Service):
    """``GET <meeting>/@meeting-sheet``: the sheet, without a word of what the meeting is about."""

    def reply(self):
        sheet = sheet_of(self.context)
        found = asdict(sheet)
        for line, one in zip(found["sites"], sheet.sites, strict=True):
            line["findings"] = [describe_finding(told, self.request) for told in one.findings]
        return {
            "@id": f"{self.context.absolute_url()}/@meeting-sheet",
            **{name: IJsonCompatible(value, None) for name, value in found.items()},
        }

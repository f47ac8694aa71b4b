"""What a room's page says besides its slots: warnings, inspection, rules, devices."""

from hopso import _
from hopso.core.text import name_key
from hopso.core.views.answers import describe_finding
from hopso.inventory.devices.views.labels import tag
from hopso.inventory.rooms.criteria import criteria
from hopso.inventory.rooms.records import current_rules
from hopso.inventory.rooms.records import inspections_of
from hopso.inventory.rooms.views.base import RoomCard
from hopso.inventory.rules import bookable
from hopso.inventory.vocabularies import RoomFeatures
from hopso.organisation.names import person_names
from hopso.policy.api import current_policy
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Warnings(RoomCard):
    """What keeps the room from being booked, and what is missing in it."""

    place, order = "top", 10
    template = ViewPageTemplateFile("templates/warnings.pt")

    def shown(self):
        return bool(self.findings())

    def findings(self) -> list[dict]:
        """Return what the rules say: text, article, class."""
        return [
            describe_finding(one, self.request)
            | {"class": "hs-note hs-note--bad" if one.level == "block" else "hs-note hs-note--warn"}
            for one in bookable(self.context, current_policy())
        ]


class Features(RoomCard):
    """What the room can do."""

    place, order = "aside", 10
    template = ViewPageTemplateFile("templates/features.pt")

    def shown(self):
        return bool(self.context.features)

    def features(self) -> list:
        terms = RoomFeatures(None)
        return [terms.getTerm(one).title for one in self.context.features or () if one in terms]


class Inspections(RoomCard):
    """When the room was inspected, and how it went."""

    place, order = "aside", 20
    template = ViewPageTemplateFile("templates/inspections.pt")

    def may_inspect(self) -> bool:
        return self.may("hopso: Manage inventory")

    def all(self) -> list[dict]:
        """Return the inspections, the latest first."""
        language = api.portal.get_current_language(self.context) or "vi"
        return [
            {
                "on": self.day_text(one.on),
                "inspector": one.inspector,
                "document": one.document,
                "until": self.day_text(one.valid_until),
                "note": one.note,
                "tag": {
                    "name": _("Meets the standard") if one.ok else _("Does not meet the standard"),
                    "class": "hs-tag hs-tag--good" if one.ok else "hs-tag hs-tag--bad",
                },
                "bad": [
                    criteria()[name].title(language)
                    for name, result in one.results.items()
                    if result == "bad" and name in criteria()
                ],
            }
            for one in inspections_of(self.context)
        ]


class Rules(RoomCard):
    """The rules that are posted in the room."""

    place, order = "aside", 30
    template = ViewPageTemplateFile("templates/rules_card.pt")
    verb = "post_rules"

    def current(self) -> dict | None:
        """Return version and posting of the rules that hold."""
        one = current_rules(self.context)
        if one is None:
            return None
        names = person_names([one.posted_by])
        posting = {"day": self.day_text(one.posted_on), "name": names.get(one.posted_by, one.posted_by)}
        return {"version": one.version, "posted": self.t(_("Posted on ${day} by ${name}", mapping=posting))}

    def dialog(self):
        found = super().dialog()
        one = current_rules(self.context)
        if found is not None and one is not None:
            for field in found["fields"]:
                if field["name"] == "text":
                    field["value"] = one.text
        return found


class DevicesHere(RoomCard):
    """The devices that stand in the room, as far as the reader may see them."""

    place, order = "main", 60
    template = ViewPageTemplateFile("templates/devices_here.pt")

    def shown(self):
        return bool(self.devices())

    def devices(self) -> list[dict]:
        """Return name, address, state of the devices."""
        catalog, uid = api.portal.get_tool("portal_catalog"), self.context.UID()
        unit = "/".join(self.context.getPhysicalPath()[:-2])
        found = [
            {"title": one.Title, "url": one.getURL(), "tag": tag(one.review_state)}
            for one in catalog(portal_type="Device", path=unit)
            if isinstance(one.desk_facts, dict) and one.desk_facts.get("room") == uid
        ]
        return sorted(found, key=lambda one: name_key(one["title"]))

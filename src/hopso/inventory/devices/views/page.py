"""The page of a device: what it is, who answers for it, and its whole story."""

from datetime import date
from functools import cached_property

from hopso import _
from hopso.core.findings import blocks
from hopso.core.operation import operations_for
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import local
from hopso.core.text import now
from hopso.core.views.answers import describe_finding
from hopso.inventory.devices.custody import overdue
from hopso.inventory.devices.life import inspected
from hopso.inventory.devices.story import entries_of
from hopso.inventory.devices.views import labels
from hopso.inventory.sites.vocabularies import site_title
from hopso.inventory.vocabularies import _all_rooms
from hopso.inventory.vocabularies import room_title
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.operations_desk.views.base import DeskPage
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.organisation.place import unit_of
from hopso.policy.api import current_policy
from plone import api


# What is done most often stands as buttons, the rest in the menu.
BUTTONS = ("put_to_use", "back_from_repair", "take_back", "inspect", "lend", "hand_over")
PREFILLED = {"configure": ("title", "serial", "configuration")}
PREFILLED["register_asset"] = (
    "owned_by",
    "owner_name",
    "asset_number",
    "funded_by",
    "acquired_on",
    "for_loan",
)
PEOPLE = ("custodian", "borrower", "authorised_by")


class DevicePage(DeskPage):
    """A device."""

    @property
    def page_title(self):
        return self.context.title

    def list_url(self) -> str:
        """Return the list of the unit's devices."""
        return f"{unit_of(self.context).absolute_url()}/@@devices"

    def tag(self) -> dict:
        """Return the tag of the state."""
        return labels.tag(state_of(self.context))

    def condition(self) -> dict:
        """Return the tag of the condition."""
        return labels.condition_tag(self.context.condition)

    def notices(self) -> list[dict]:
        """Return what has to be said on top: the inspection that is missing, what is late, what is forbidden."""
        found, state = [], state_of(self.context)
        if state != "withdrawn":
            for one in blocks(inspected(self.context)):
                said = describe_finding(one, self.request)
                found.append(
                    {"class": "hs-note hs-note--warn", "text": said["text"], "article": said["article"]}
                )
        if overdue(state, self.context.due_on, local(now()).date()):
            day = {"day": day_text(self.context.due_on)}
            text = self.t(_("It should have come back by ${day}.", mapping=day))
            found.append({"class": "hs-note hs-note--bad", "text": text, "article": ""})
        return found

    def reminder(self) -> str:
        """Return the standing reminder of what is forbidden with the device, under the rules in force."""
        sets = current_policy().rule_sets
        articles = [
            text
            for prefix, text in (
                ("NA", "Điều 3 khoản 4"),
                ("NT", "Điều 6 khoản 1"),
                ("BD", "Điều 12 khoản 3 điểm d"),
            )
            if prefix in sets
        ]
        said = _(
            "It is used for meetings on the system only; nobody changes, moves or lends it on their own."
        )
        return self.t(said) + (f" ({'; '.join(articles)})" if articles else "")

    def violation_url(self) -> str:
        """Return where a violation with this device is recorded, empty without the right."""
        unit = unit_of(self.context)
        if not api.user.has_permission("hopso: Record violation", obj=unit):
            return ""
        return f"{unit.absolute_url()}/@@record-violation?device={self.context.UID()}"

    @cached_property
    def dialogs(self) -> list[dict]:
        """Return what may be done now, the main thing first."""
        found = []
        for one in operations_for(self.context):
            if one.allowed(self.context):
                dialog = dict(button_of_quiet(one, self.context), primary=one.primary)
                self._fill(dialog)
                dialog["bare"] = not dialog["fields"]
                found.append(dialog)
        rank = {verb: place for place, verb in enumerate(BUTTONS)}
        found.sort(key=lambda one: rank.get(one["verb"], len(rank)))
        for number, one in enumerate(found):
            one["style"] = "hs-btn hs-btn--primary" if one["primary"] and not number else "hs-btn"
        return found

    def _fill(self, dialog):
        for field in dialog["fields"]:
            name = field["name"]
            if name in PREFILLED.get(dialog["verb"], ()):
                value = getattr(self.context, name, "") or ""
                field["value"] = day_text(value) if isinstance(value, date) else value
            elif dialog["verb"] in ("take_back", "report_condition", "hand_over") and name == "condition":
                field["value"] = self.context.condition
            elif name == "room":
                field["options"] = [
                    {"value": "", "title": "–"},
                    *({"value": uid, "title": title} for uid, title in _all_rooms()),
                ]

    def buttons(self) -> list[dict]:
        """Return the dialogs that stand as buttons."""
        return [one for one in self.dialogs if one["verb"] in BUTTONS]

    def menu(self) -> list[dict]:
        """Return the dialogs of the menu."""
        return [one for one in self.dialogs if one["verb"] not in BUTTONS]

    @cached_property
    def story(self):
        return entries_of(self.context)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the people of the page, looked up once."""
        device, wanted = self.context, set()
        wanted.update((device.custodian, device.borrower))
        for _key, one in self.story:
            wanted.add(one.who)
            for values in (one.before, one.after, one.facts):
                wanted.update(values.get(name) for name in PEOPLE)
        return person_names(one for one in wanted if one)

    @cached_property
    def units(self) -> dict[str, str]:
        """Names of the units of the page."""
        wanted = {self.context.custodian_unit}
        for _key, one in self.story:
            wanted.update(values.get("custodian_unit") for values in (one.before, one.after))
        return unit_names(wanted)

    def shown(self, name: str, value) -> str:
        """Return a value of a field for people."""
        if name in PEOPLE:
            return self.names.get(value, value) or "–"
        if name == "custodian_unit":
            return self.units.get(value, value) or "–"
        if name in labels.CHOICES:
            return self.t(labels.title_of(name, value)) or "–"
        if name == "state":
            return self.t(labels.tag(value)["name"])
        if name == "room":
            return (room_title(value) if value else "") or "–"
        if name == "site":
            return (site_title(value) if value else "") or "–"
        if isinstance(value, bool):
            return self.t(_("Yes") if value else _("No"))
        if isinstance(value, date):
            return day_text(value)
        return str(value) if value else "–"

    def facts(self) -> list[dict]:
        """Return the rows of the information card."""
        device = self.context
        names = (
            "kind", "serial", "asset_number", "owned_by", "owner_name", "funded_by", "acquired_on",
            "custodian", "custodian_unit", "room", "site", "place", "for_loan", "borrower",
        )  # fmt: skip
        rows = [(labels.FIELDS[name], self.shown(name, getattr(device, name, None))) for name in names]
        rows.append((_("Unit"), unit_of(device).title))
        if device.due_on:
            rows.append((_("Back on"), day_text(device.due_on)))
        if device.inspected_on:
            result = self.t(_("Passed") if device.inspection_passed else _("Not passed"))
            rows.append((_("Security inspection"), f"{day_text(device.inspected_on)}: {result}"))
            rows.append((_("Inspecting body"), device.inspected_by))
            rows.append((_("Number of the document"), device.inspection_document))
        no = self.t(_("No"))
        return [{"title": title, "text": text} for title, text in rows if text and text not in ("–", no)]

    def history(self) -> list[dict]:
        """Return the story, the latest first."""
        return [
            {
                "what": labels.STEPS.get(one.kind, one.kind),
                "lines": self._lines(one),
                "who": self.names.get(one.who, one.who),
                "when": datetime_text(one.when),
                "comment": one.reason,
                "print_url": f"{self.url}/@@handover?entry={key}" if one.kind == "hand_over" else "",
            }
            for key, one in self.story
        ]

    def _lines(self, one) -> list[str]:
        if one.kind == "add":
            return []
        lines = []
        for name, value in one.after.items():
            title = self.t(labels.FIELDS.get(name, name))
            before, after = self.shown(name, one.before.get(name)), self.shown(name, value)
            if before != after:
                lines.append(f"{title}: {before} → {after}")
        for name, value in one.facts.items():
            if value:
                lines.append(f"{self.t(labels.FIELDS.get(name, name))}: {self.shown(name, value)}")
        return lines

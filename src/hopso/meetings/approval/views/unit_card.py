"""Who decides on urgent meetings in the place of the holder of the role: a card of the unit's page (NA-3.1/2)."""

from functools import cached_property

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.operation import find_operation
from hopso.core.text import datetime_text
from hopso.core.text import day_text
from hopso.core.text import now
from hopso.meetings.approval import delegation
from hopso.meetings.approval.operations import DELEGATE
from hopso.meetings.views.dialogs import button_of_quiet
from hopso.organisation.names import person_names
from hopso.policy.api import current_policy
from hopso.theme.cards import Card
from plone.protect.authenticator import createToken
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


SEES = (DELEGATE, "hopso: Schedule meeting")


class DelegationsCard(Card):
    """Delegations that hold or held, with the way to make and end one."""

    place = "main"
    order = 60
    template = ViewPageTemplateFile("templates/unit_card.pt")
    dialogs_template = ViewPageTemplateFile("../../views/templates/dialog.pt")

    @property
    def dialog_macro(self):
        """The dialog of one operation."""
        return self.dialogs_template.macros["dialog"]

    @cached_property
    def token(self) -> str:
        """Token of the forms."""
        return createToken()

    @cached_property
    def found(self):
        """Delegations of the unit, the latest first."""
        return delegation.delegations_in(self.context.getId())

    def may(self) -> bool:
        """Tell whether the present user delegates here."""
        return bool(getSecurityManager().checkPermission(DELEGATE, self.context))

    def shown(self):
        if not self.found:
            return self.may() and bool(current_policy().urgent_approver_role)
        return any(getSecurityManager().checkPermission(one, self.context) for one in SEES)

    def rows(self) -> list[dict]:
        """Return the rows: who, by which document, until when, whether it holds."""
        names, moment = person_names({one.person for _key, one in self.found}), now()
        return [
            {
                "key": key,
                "name": names.get(one.person, one.person),
                "document": " · ".join(part for part in (one.document, day_text(one.dated)) if part),
                "since": datetime_text(one.since),
                "until": datetime_text(one.until) if one.until else "",
                "ends": self.may() and one.current(moment),
                "tag": {"name": _("In force"), "class": "hs-tag hs-tag--good"}
                if one.current(moment)
                else {"name": _("Ended"), "class": "hs-tag"},
            }
            for key, one in self.found
        ]

    def dialogs(self) -> list[dict]:
        """Return the dialog for a new delegation, for those who may."""
        return (
            [button_of_quiet(find_operation(self.context, "delegate_urgent"), self.context)]
            if self.may()
            else []
        )

    def action(self) -> str:
        """Address of operations on the unit."""
        return f"{self.context.absolute_url()}/@@do"

"""/@@policy-compare and /@@policy-effects: the provinces side by side; registered meetings and the policy in force."""

from hopso import _
from hopso.audit.log import record
from hopso.core import errors
from hopso.operations_desk import sheets
from hopso.policy import labels
from hopso.policy import showing
from hopso.policy.api import available_policies
from hopso.policy.api import stored_policy
from hopso.policy.api import values_of
from hopso.policy.effects import effects
from hopso.policy.effects import meetings_to_come
from hopso.policy.effects import on_its_day
from hopso.policy.following import follow_policy
from hopso.policy.pages import PolicyPage


# What is said of a policy above the table, or is too long for it.
LEFT_OUT = ("name", "title", "legal_basis", "rule_sets")


class Compare(PolicyPage):
    """Keys by rows, provinces by columns; only what a profile says at all."""

    page_title = _("Policies of the provinces")

    def columns(self) -> list[str]:
        """Return the heads of the columns: the provinces, and what is in force."""
        return [*(one.title for one in available_policies()), self.say(_("In force now"))]

    def groups(self) -> list[dict]:
        """Return groups of rows; a row has a title and a cell for each column."""
        sources = [values_of(one.name) for one in available_policies()]
        sources.append(stored_policy().to_dict())
        found = []
        for title, names in labels.GROUPS:
            rows = [
                {
                    "title": self.say(showing.title_of(name)),
                    "cells": [showing.value_text(name, values.get(name), self.say) for values in sources],
                }
                for name in names
                if name in sources[0] and name not in LEFT_OUT
            ]
            if rows:
                found.append({"title": self.say(title), "rows": rows})
        return found


class CompareSheet(Compare):
    """The same as a spreadsheet."""

    def __call__(self):
        headings = [(_("Value"), 44), *((title, 32) for title in self.columns())]
        rows = [[row["title"], *row["cells"]] for group in self.groups() for row in group["rows"]]
        record("export.chinh-sach", self.context, details={"rows": len(rows)})
        return sheets.send(self.request.response, "chinh-sach", sheets.sheet(headings, rows, self.request))


class RegisteredMeetings(PolicyPage):
    """Meetings to come whose copy differs from the policy in force on their day; applying it takes a reason."""

    page_title = _("Registered meetings and the policy")
    reason = ""

    def __call__(self):
        if self.posted():
            self.reason = str(self.request.form.get("reason", "")).strip()
            chosen = self.request.form.get("meetings") or []
            chosen = {str(one) for one in ([chosen] if isinstance(chosen, str) else chosen)}
            if self.attempt(lambda: self._follow(chosen)):
                return self.back(_("The chosen meetings follow the policy now in force."), "policy-effects")
        return super().__call__()

    def _follow(self, chosen):
        found = [brain for brain in meetings_to_come() if brain.UID in chosen]
        if not found:
            text = _("Choose at least one meeting.")
            raise errors.Invalid(_("Please check what you entered."), errors={"meetings": text})
        for brain in found:
            follow_policy(brain._unrestrictedGetObject(), reason=self.reason)

    def rows(self) -> list[dict]:
        """Return the meetings that differ."""
        return self.effect_rows(effects(on_its_day, all_of_them=True))

"""The people on a meeting's page: who is invited, who answered what, and the visitor's own answer."""

from hopso import _
from hopso.core.operation import find_operation
from hopso.core.text import datetime_text
from hopso.core.text import initials
from hopso.core.text import name_key
from hopso.meetings import answers
from hopso.meetings import facts
from hopso.meetings import participation
from hopso.meetings.views import labels
from hopso.meetings.views.dialogs import fields_of
from hopso.organisation.names import participant_names
from plone import api
from plone.memoize.view import memoize


# Whoever holds one of these may see who answered what.
SEES_ANSWERS = (
    "hopso: Prepare meeting",
    "hopso: Conduct meeting",
    "hopso: Schedule meeting",
    "hopso: Override rule",
)
SHOWN_PEOPLE = 8


class PeopleCard:
    """Part of the meeting's page, which brings ``records``, ``names``, ``policy``, ``url`` and ``may``."""

    @property
    @memoize
    def sees_answers(self) -> bool:
        return any(self.may(permission) for permission in SEES_ANSWERS)

    def people_count(self) -> int:
        return len(self.records)

    @property
    @memoize
    def tally(self) -> dict:
        return answers.tally(self.context)

    def bar(self) -> list[dict]:
        """Return the parts of the bar of answers, in percent."""
        total = sum(self.tally.values()) or 1
        styles = (("attending", "is-good"), ("substituted", ""), ("declined", "is-bad"))
        return [{"class": f"{name} hs-w-{round(100 * self.tally[key] / total)}"} for key, name in styles]

    def people(self) -> list[dict]:
        """Return the first of the invited, those without an answer first for those who may see answers."""
        names = participant_names(self.records)
        order = sorted(names, key=lambda key: name_key(names[key]))
        if self.sees_answers:
            order.sort(key=lambda key: self.records[key].answer != participation.INVITED)
        return [self._person(key, names[key]) for key in order[:SHOWN_PEOPLE]]

    def _person(self, principal: str, name: str) -> dict:
        record = self.records[principal]
        shown = labels.tag(labels.ANSWERS, record.answer) if self.sees_answers else None
        substitute = self.names.get(record.substitute, record.substitute)
        return {
            "name": name,
            "initials": initials(name) if principal.startswith("user:") else "ĐV",
            "tag": shown,
            "substitute": substitute
            if self.sees_answers and record.answer == participation.SUBSTITUTED
            else "",
        }

    def more_people(self) -> int:
        return max(0, len(self.records) - SHOWN_PEOPLE)

    def my_answers(self) -> list[dict]:
        """Return the invitations that the present user may answer, with the answer so far."""
        operation = find_operation(self.context, "answer")
        if not operation.allowed(self.context):
            return []
        user_id = api.user.get_current().getId()
        mine = answers.answerable(self.context, user_id)
        names = participant_names(mine)
        deadline = facts.answer_deadline(self.context, self.policy)
        return [
            {
                "principal": principal,
                "name": "" if principal == f"user:{user_id}" else names[principal],
                "answer": self.records[principal].answer,
                "tag": labels.tag(labels.ANSWERS, self.records[principal].answer),
                "id": f"hs-answer-{number}",
                "deadline": datetime_text(deadline) if deadline else "",
            }
            for number, principal in enumerate(mine)
        ]

    def answer_dialogs(self, mine: dict) -> list[dict]:
        """Return the dialogs for a substitute and for declining."""
        fields = {one["name"]: one for one in fields_of(find_operation(self.context, "answer"), self.context)}
        base = {
            "verb": "answer",
            "help": "",
            "danger": False,
            "action": f"{self.url}/@@do",
            "came_from": "",
            "override": False,
            "findings": [],
        }
        principal = ("principal", mine["principal"])
        return [
            dict(
                base,
                id=f"{mine['id']}-substitute",
                title=_("Send a substitute"),
                help=_("The right to read the documents goes over to the person who comes instead."),
                hidden=[principal, ("answer", "substituted")],
                fields=[dict(fields["substitute"], required=True), fields["reason"]],
            ),
            dict(
                base,
                id=f"{mine['id']}-decline",
                title=_("Decline"),
                hidden=[principal, ("answer", "declined")],
                fields=[dict(fields["reason"], required=True)],
            ),
        ]

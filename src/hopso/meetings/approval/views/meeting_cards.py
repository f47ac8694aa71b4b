"""Cards of a meeting's page: approval, checklist, decisions of the chair, protection plan, notices to the operator."""

from functools import cached_property

from AccessControl import getSecurityManager
from hopso import _
from hopso.core.operation import state_of
from hopso.core.text import datetime_text
from hopso.core.views.answers import describe_finding
from hopso.meetings import facts
from hopso.meetings import participation
from hopso.meetings import rules
from hopso.meetings.agenda import children
from hopso.meetings.approval import findings
from hopso.meetings.approval import notices
from hopso.meetings.approval import records
from hopso.meetings.approval import registrar
from hopso.meetings.approval import secrecy
from hopso.meetings.approval import steps
from hopso.meetings.preparation import paper_documents
from hopso.meetings.views.people_card import SEES_ANSWERS
from hopso.meetings.vocabularies import Classifications
from hopso.meetings.vocabularies import PlanChannels
from hopso.organisation.names import person_names
from hopso.organisation.names import unit_names
from hopso.policy.api import policy_for
from hopso.policy.api import regulates
from hopso.theme.cards import Card
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


APPROVE = "hopso: Approve meeting"
BEFORE = ("draft", "registered", "returned", "scheduled")


class FactsCard(Card):
    """Base: a title, rows of title and text, lines of findings; for those who manage or approve the meeting."""

    place = "aside"
    template = ViewPageTemplateFile("templates/facts_card.pt")
    name = ""
    title: object = ""
    empty: object = ""

    def manages(self) -> bool:
        """Tell whether the present user manages or approves the meeting."""
        may = getSecurityManager().checkPermission
        return any(may(one, self.context) for one in (*SEES_ANSWERS, APPROVE))

    def shown(self):
        return self.manages() and bool(self.lines or self.notes)

    @cached_property
    def policy(self):
        """The policy of the meeting."""
        return policy_for(self.context)

    @cached_property
    def state(self) -> str:
        """State of the meeting."""
        return state_of(self.context)

    @cached_property
    def lines(self) -> list[dict]:
        """Rows: title, text."""
        return []

    @cached_property
    def notes(self) -> list[dict]:
        """Findings that are shown below."""
        return []

    def t(self, text) -> str:
        """Return *text* in the language of the page."""
        return translate(text, context=self.request)

    def rows(self, pairs) -> list[dict]:
        """Return the rows of (title, text) that have a text."""
        return [{"title": title, "text": text} for title, text in pairs if text]

    def told(self, found) -> list[dict]:
        """Return findings for the template."""
        return [describe_finding(one, self.request, self.context) for one in found]


class ApprovalCard(FactsCard):
    """Receipt, slot, invitation, steps and urgency: who did what when."""

    order = 10
    name = "approval"
    title = _("Registration and approval")

    def shown(self):
        return self.context.registered_at is not None and super().shown()

    @cached_property
    def names(self):
        """Names of those who decided."""
        people = [one.by for one in records.approvals_of(self.context)]
        return person_names([*people, *registrar.people_of(self.context)])

    @cached_property
    def lines(self):
        meeting = self.context
        confirmed, issued = records.slot_confirmed_at(meeting), records.invitation_issued_at(meeting)
        people = [self.names.get(one, one) for one in registrar.people_of(meeting)]
        pairs = [
            (_("Received by"), ", ".join(people) or facts.role_title(self.policy.registrar_role)),
            (_("Received"), datetime_text(meeting.registered_at)),
            (_("Time confirmed"), datetime_text(confirmed) if confirmed else _("Not yet")),
            (_("Invitation issued"), datetime_text(issued) if issued else ""),
        ]
        pairs += [(self.step_title(one), self.decision_text(one)) for one in records.approvals_of(meeting)]
        step = steps.pending_step(meeting)
        if step:
            pairs.append((facts.role_title(step), _("Waits for approval")))
        if self.response:
            pairs.append(
                (_("Answers after (median)"), _("${count} minutes", mapping={"count": self.response}))
            )
        return self.rows(pairs)

    @cached_property
    def response(self) -> int | None:
        """Minutes after which the invited answered an urgent meeting, in the middle (BD-8.1/2)."""
        if not self.context.urgent:
            return None
        answers = [
            one.answered_at
            for one in participation.records(self.context).values()
            if one.answered_at is not None
        ]
        return rules.typical_response(rules.response_minutes(self.context.published_at, answers))

    def step_title(self, decision):
        """Return who had to decide, for people."""
        return _("Urgency") if decision.kind == records.URGENT else facts.role_title(decision.role)

    def decision_text(self, one) -> str:
        """Return one decision in a line."""
        what = _("Allowed") if one.kind == records.URGENT else _("Approved")
        parts = [
            self.t(what if one.approved else _("Refused")),
            self.names.get(one.by, one.by) + (f" ({self.t(_('as a delegate'))})" if one.deputy else ""),
            datetime_text(one.at),
            one.reference,
            one.note,
        ]
        return " · ".join(one for one in parts if one)

    @cached_property
    def notes(self):
        found = findings.urgency_findings(self.context) if self.state == "registered" else []
        return self.told([*found, *findings.agreed_findings(self.context)])


class ChecklistCard(FactsCard):
    """What the registering unit has still to do (NA-3.3/2), for those who prepare and those who approve."""

    place = "main"
    order = 5
    name = "checklist"
    title = _("What the host still has to do")

    def shown(self):
        wanted = self.state in BEFORE and bool(self.policy.rule_sets) and regulates(self.policy, "NA")
        return wanted and super().shown()

    @cached_property
    def notes(self):
        return self.told(findings.checklist_findings(self.context))


class ChairCard(FactsCard):
    """The decisions of the chair in one place: recording, paper; and who keeps the records."""

    order = 40
    name = "chair"
    title = _("Decisions of the chair and records")

    @cached_property
    def lines(self):
        meeting, decision = self.context, records.recording_decision_of(self.context)
        kept = secrecy.is_recorded(meeting)
        sound = self.t(_("Is recorded") if kept else _("Is not recorded"))
        if decision is not None:
            who = person_names([decision.by]).get(decision.by, decision.by)
            sound = f"{sound} · {who} · {datetime_text(decision.at)} · {decision.reason}"
        papers = [
            f"{one.Title}: {one.paper_copies}"
            for one in paper_documents(children(meeting, unrestricted=False))
        ]
        owner = meeting.archive_owner
        return self.rows(
            [
                (_("Recording"), sound),
                (_("Paper copies allowed"), "; ".join(papers)),
                (_("Records kept by"), unit_names([owner]).get(owner, owner) if owner else ""),
            ]
        )

    @cached_property
    def notes(self):
        if self.state not in (*BEFORE, "convened"):
            return []
        speaking = rules.voice(self.policy, "BD-9.1/2", "HS-RECORDING")
        decided = records.recording_decision_of(self.context) is not None
        return self.told(rules.recording_decided(self.context.classification, decided, speaking))


class PlanCard(FactsCard):
    """The plan that protects a classified session (HN-5.2)."""

    place = "main"
    order = 8
    name = "plan"
    title = _("Protection plan")

    def shown(self):
        return secrecy.wants_plan(self.context) and super().shown()

    @cached_property
    def lines(self):
        plan = records.protection_plan_of(self.context)
        if plan is None:
            return []
        pairs = [
            (
                title,
                Classifications(None).getTerm(plan.level).title if name == "level" else getattr(plan, name),
            )
            for name, title in rules.PLAN_PARTS.items()
        ]
        if plan.approved_at:
            who = person_names([plan.approved_by]).get(plan.approved_by, plan.approved_by)
            pairs.append((_("Approved"), f"{who} · {datetime_text(plan.approved_at)} · {plan.reference}"))
        return self.rows(pairs)

    @cached_property
    def notes(self):
        plan = records.protection_plan_of(self.context)
        return self.told(rules.protection_plan(self.context.classification, plan))


class NoticesCard(FactsCard):
    """How the operator was told of the plan, and whether it was acknowledged (NA-4.2)."""

    order = 30
    name = "notices"
    title = _("Notice to the operator")

    @cached_property
    def lines(self):
        terms, found = PlanChannels(None), []
        for one in records.notices_of(self.context):
            text = " · ".join(
                part for part in (datetime_text(one.told_at), one.whom, one.number, one.note) if part
            )
            found.append((terms.getTerm(one.channel).title, text))
        receipt = records.receipt_of(self.context)
        if receipt is not None:
            who = person_names([receipt.by]).get(receipt.by, receipt.by)
            found.append(
                (
                    _("Acknowledged"),
                    " · ".join(p for p in (who, datetime_text(receipt.at), receipt.note) if p),
                )
            )
        elif found and self.state in notices.TOLD:
            found.append((_("Acknowledged"), _("Not yet")))
        return self.rows(found)
